"""Companies House's opaque ids: made from a company number and a place in a list, and back."""

import base64
import binascii
import hashlib
import re


def etag(*parts: object) -> str:
    return hashlib.sha1("|".join(map(str, parts)).encode()).hexdigest()


def opaque(number: str, at: int, length: int) -> str:
    """An id of so many characters (a multiple of 4, or one less) for the nth of a company."""
    size = length * 3 // 4
    text = f"{number}{at:03d}"
    text += etag("id", text)[: size - len(text)]
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def opened(code: str) -> tuple[str, int] | None:
    """The company number and the place in the list; None for an id that was never given out."""
    try:
        text = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode()
    except (binascii.Error, ValueError):
        return None
    found = re.match(r"([A-Z0-9]{8})(\d{3})", text)
    if not found or opaque(found[1], int(found[2]), len(code)) != code:
        return None
    return found[1], int(found[2])
