"""Second factors: an authenticator app and recovery codes. Passkeys have a file of their own."""

import hmac
import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.db import transaction

from crm import sealed
from crm.ledger.audited import Audited
from crm.tenants.models import User

Type = Authenticator.Type
# Recovery codes alone are no second factor: they stand in for one that was lost.
REAL = (Type.TOTP, Type.WEBAUTHN)
FEW_CODES = 3
# How the trail calls what was typed.
APP, RECOVERY_CODE = "authenticator app", "recovery code"
CALLED = {Type.TOTP: APP, Type.RECOVERY_CODES: RECOVERY_CODE}
# The library's model can't say it itself.
AUDITED = (
    Authenticator,
    Audited(name="type", apart_from=("last_used_at",), secret=("data",), told_by=("user",)),
)


@dataclass(frozen=True)
class Held:
    """What a person has; `codes` counts the recovery codes that were not used."""

    app: Any
    passkeys: list[Any]
    codes: int

    @property
    def any(self) -> bool:
        return bool(self.app or self.passkeys)

    @property
    def few_codes(self) -> bool:
        return self.any and self.codes <= FEW_CODES


def has(person: User) -> bool:
    """Say whether the password alone does not let this person in."""
    return Authenticator.objects.filter(user=person, type__in=REAL).exists()


def held(person: User) -> Held:
    """Give what the person has."""
    rows = list(Authenticator.objects.filter(user=person).order_by("pk"))
    app = next((row for row in rows if row.type == Type.TOTP), None)
    codes = next((row for row in rows if row.type == Type.RECOVERY_CODES), None)
    return Held(
        app=app,
        passkeys=[row for row in rows if row.type == Type.WEBAUTHN],
        codes=len(_unused(codes)) if codes else 0,
    )


def new_secret() -> str:
    return str(totp.generate_totp_secret())


def picture(person: User, secret: str) -> str:
    """Draw the secret as a QR code, as an address that an image can have."""
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(person, secret))
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"


def fits(secret: str, code: str) -> bool:
    """Say whether an app that knows the secret shows this code now."""
    return _counter(secret, code) is not None


def add_app(person: User, secret: str, code: str) -> None:
    """Make the app a factor; the code that shows it was set up lets nobody in any more."""
    made = totp.TOTP.activate(person, secret).instance
    made.data["counter"] = _counter(secret, code)
    made.save(update_fields=["data"])


@transaction.atomic
def accepts(person: User, code: str) -> str:
    """Try a code of the app, then a recovery code; either works once. Say which it was, else ""."""
    digits = re.sub(r"[\s-]", "", code)
    rows = Authenticator.objects.select_for_update().filter(user=person)
    for row in rows.filter(type__in=TYPED).order_by("-type"):
        try:
            is_right = TYPED[row.type](row, digits)
        except sealed.CannotBeOpened:
            # SECRET_KEY was changed without a fallback: a passkey, or a reset, still helps.
            continue
        if is_right:
            row.record_usage()
            return CALLED[row.type]
    return ""


def renew_codes(person: User) -> list[str]:
    """Give new recovery codes; the ones before work no longer."""
    Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(person).get_unused_codes())


def remove(row: Any) -> None:
    """Take a factor away, and the recovery codes with the last one."""
    person = row.user
    row.delete()
    if not has(person):
        Authenticator.objects.filter(user=person).delete()


def remove_all(person: User) -> bool:
    """Take away everything beside the password; say whether there was a factor."""
    had = has(person)
    Authenticator.objects.filter(user=person).delete()
    return had


def _counter(secret: str, code: str) -> int | None:
    """Find for which moment (counted in half minutes) the app shows this code."""
    for counter in totp.yield_hotp_counters_from_time():
        shown = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if hmac.compare_digest(shown.encode(), code.encode()):
            return int(counter)
    return None


def _app_accepts(row: Any, code: str) -> bool:
    counter = _counter(get_adapter().decrypt(row.data["secret"]), code)
    # A code that somebody looked at over a shoulder was used already.
    if counter is None or counter <= row.data.get("counter", 0):
        return False
    row.data["counter"] = counter
    row.save(update_fields=["data"])
    return True


def _is_spare(row: Any, code: str) -> bool:
    wrapped = RecoveryCodes(row)
    is_right = bool(wrapped.validate_code(code))
    row.data = wrapped.instance.data
    return is_right


def _unused(row: Any) -> list[str]:
    try:
        return list(RecoveryCodes(row).get_unused_codes())
    except sealed.CannotBeOpened:
        return []


# What is typed, by how each is looked at.
TYPED = {Type.TOTP: _app_accepts, Type.RECOVERY_CODES: _is_spare}
