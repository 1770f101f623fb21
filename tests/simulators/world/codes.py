"""Domains and place ids: made from an organisation's place in the world, and back."""

import re
from base64 import urlsafe_b64encode
from hashlib import blake2b

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
WIDTH = 4  # digits of base 36


def mark(index: int) -> str:
    text = ""
    for _ in range(WIDTH):
        index, digit = divmod(index, 36)
        text = DIGITS[digit] + text
    return text


def domain(name: str, index: int) -> str:
    """The name, a mark and the reserved top level: "brookgate-it-02f9.example"."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "").replace("&", "and"))
    return f"{words.strip('-')[:40].strip('-') or 'org'}-{mark(index)}.example"


def index_of_domain(domain: str) -> int | None:
    found = re.fullmatch(r".*-([0-9a-z]{4})\.example", domain)
    return int(found[1], 36) if found else None


def place_id(name: str, index: int) -> str:
    """27 characters, as Google's ids mostly have."""
    digest = blake2b(f"{index}{name}".encode(), digest_size=15).digest()
    return f"ChIJ{mark(index)}{urlsafe_b64encode(digest).decode()[:19]}"


def index_of_place(place_id: str) -> int | None:
    found = re.fullmatch(r"ChIJ([0-9a-z]{4})[\w-]{19}", place_id)
    return int(found[1], 36) if found else None
