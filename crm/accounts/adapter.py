"""What the library of second factors asks us: how secrets are kept, and what we are called."""

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter

from crm import sealed

NAME = "Fieldfare"
PURPOSE = "second factor"


class Adapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return sealed.seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.open_(encrypted_text, purpose=PURPOSE)

    def get_totp_issuer(self) -> str:
        return NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the name under which the product is reached."""
        return {"id": context.request.get_host().partition(":")[0], "name": NAME}
