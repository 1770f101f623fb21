"""Secrets at rest: sealed with a key that is made from SECRET_KEY, and bound to their purpose."""

import binascii
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

FORM = "s1"
NONCE_BYTES = 12
KEY_BYTES = 32


class CannotBeOpened(ValueError):
    """It was sealed with another SECRET_KEY or for another purpose, or somebody changed it."""


def seal(text: str, *, purpose: str) -> str:
    """Give a text that only this installation can read, and only for this purpose."""
    name, key = _key(settings.SECRET_KEY)
    nonce = os.urandom(NONCE_BYTES)
    closed = AESGCM(key).encrypt(nonce, text.encode(), purpose.encode())
    return f"{FORM}:{name}:{urlsafe_b64encode(nonce + closed).decode()}"


def open_(sealed: str, *, purpose: str) -> str:
    """Give the text back; raises CannotBeOpened.

    The sealed text names its key, so that SECRET_KEY can change while SECRET_KEY_FALLBACKS holds
    the one before.
    """
    form, _, rest = sealed.partition(":")
    name, _, body = rest.partition(":")
    keys = dict(_key(each) for each in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
    if form != FORM or name not in keys:
        raise CannotBeOpened("It was sealed with a SECRET_KEY that is not known here.")
    try:
        raw = urlsafe_b64decode(body.encode())
        opened = AESGCM(keys[name]).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode())
    except (binascii.Error, ValueError, InvalidTag):
        raise CannotBeOpened("It was changed, or sealed for another purpose.") from None
    return opened.decode()


@lru_cache(maxsize=16)
def _key(secret: str) -> tuple[str, bytes]:
    """Make the key and the short name by which sealed texts refer to it."""
    key = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"crm.sealed").derive(secret.encode())
    return sha256(b"crm.sealed name" + key).hexdigest()[:8], key
