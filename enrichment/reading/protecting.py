"""E-mail addresses that were made unreadable for robots, made readable again."""

import base64
import binascii
import codecs
import html
import re
from collections.abc import Mapping
from urllib.parse import unquote

ADDRESS = re.compile(
    r"(?<![\w.%+'-])[a-z0-9._%+'-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,24}"
    r"(?![\w-])",
    re.IGNORECASE,
)
HEX = re.compile(r"[0-9a-f]{6,600}", re.IGNORECASE)
# "info (at) fern (dot) co (dot) uk", "info [at] fern.co.uk", "info{@}fern.co.uk".
MARKED_AT = (
    r"\s?[\[({<|_*#-]{1,2}\s?(?:at|@|a|AT|At|at sign|ät|klammeraffe|arroba)\s?[\])}>|_*#-]{1,2}\s?"
)
MARKED_DOT = r"\s?[\[({<|_*-]{1,2}\s?(?:dot|d0t|punkt|\.|DOT|pt)\s?[\])}>|_*-]{1,2}\s?"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
LOCAL = r"[A-Za-z0-9](?:[A-Za-z0-9._+'-]{0,62}[A-Za-z0-9])?"
SPELT_DOT = r"\s(?:dot|DOT|Dot)\s"
DOT = rf"(?:\s?\.\s?|{MARKED_DOT}|{SPELT_DOT})"
SPELT = re.compile(
    # With a mark round "at", the rest may be plain.
    rf"(?<![\w@.])(?P<a>{LOCAL}(?:(?:{MARKED_DOT}|{SPELT_DOT}){LOCAL})*){MARKED_AT}"
    rf"(?P<b>{LABEL}(?:(?:\.|{MARKED_DOT}|{SPELT_DOT}){LABEL})+)"
    # Spelt out as a word, "dot" must be so, too.
    rf"|(?<![\w@.])(?P<c>{LOCAL}(?:{SPELT_DOT}{LOCAL})*)\s(?:at|AT|At)\s"
    rf"(?P<d>{LABEL}(?:(?:{SPELT_DOT}|{MARKED_DOT}){LABEL})+)"
    # With blanks round the sign.
    rf"|(?<![\w@.])(?P<e>{LOCAL})(?:\s[@＠]\s|[@＠]\s|＠)"
    rf"(?P<f>{LABEL}(?:(?:\.|{MARKED_DOT}|{SPELT_DOT}){LABEL})+)"
    rf"|(?<![\w@.])(?P<i>{LOCAL})\s@\s(?P<j>[a-z0-9-]{{2,63}}(?:\s\.\s[a-z]{{2,24}}){{1,3}})"
    # With a label before it, "at" may stand between plain words.
    rf"|(?<=mail: )(?P<k>{LOCAL})\sat\s(?P<l>{LABEL}(?:\.{LABEL})+)"
    rf"|(?<![\w@.])(?P<g>{LOCAL})@(?P<h>{LABEL}(?:(?:{MARKED_DOT}|{SPELT_DOT}){LABEL})+)"
)
ANY_DOT = re.compile(rf"\s?\.\s?|{MARKED_DOT}|{SPELT_DOT}")
# Of what a program joins, pieces are written in a way that hides them.
BASE64 = re.compile(r"[A-Za-z0-9+/]{2,120}={0,2}")
LOCALS = (
    "user", "mailbox", "username", "name", "local", "account", "u", "n", "part1", "first",
    "before", "left",
    "id1",
)  # fmt: skip
HOSTS = (
    "domain", "last", "host", "website", "site", "d", "part2", "second", "after", "right", "at",
    "id2",
)  # fmt: skip
ENDINGS = ("tld", "ext", "suffix", "t", "part3", "ending")
MOST_SIGNS, NEAR = 400, 120
# Without one of these there is nothing to be found.
SIGNS = (
    "(at", "[at", "{at", "<at", "( at", "[ at", "|at", "_at_", "*at*", "-at-", "#at", "(a)", "[a]",
    " dot ", "(dot", "[dot", "@ ", "\uff20", "(@", "[@", "{@", "klammeraffe", "arroba", "\u00e4t",
    "mail: ",
)  # fmt: skip
# Endings that are none, but would be if each letter were 13 on: ".co.uk", ".com", ".org", ".net".
TURNED_ENDING = re.compile(r"\.(?:pb\.hx|bet\.hx|hx|pbz|bet|arg|ova|vasb)$", re.IGNORECASE)
LABELLED = re.compile(r"(?:e-?mail|mail|write to|contact|\w:)\W{0,3}$", re.IGNORECASE)
# Words that stand before "at" in sentences: "find us at fern dot co dot uk" is a website.
NO_LOCALS = frozenset((
    "us", "me", "you", "it", "online", "here", "only", "look", "is", "are", "be", "live",
    "work", "shop", "visit",
))  # fmt: skip


def cloudflare(written: str) -> str:
    """Give the address that Cloudflare hid: each byte is mixed with the first."""
    if not HEX.fullmatch(written) or len(written) % 2:
        return ""
    key, *rest = bytes.fromhex(written)
    return bytes(each ^ key for each in rest).decode("utf-8", "ignore").partition("?")[0]


def turned(words: str) -> str:
    """Give words as they are seen when they are set from right to left."""
    return words[::-1]


def spelt(text: str) -> list[tuple[int, int, str]]:
    """Find addresses that are spelt out in words: where they stand, and what they are."""
    found: list[tuple[int, int, str]] = []
    for match in (
        match for start, end in _signed(text) for match in SPELT.finditer(text, start, end)
    ):
        local = match["a"] or match["c"] or match["e"] or match["g"] or match["i"] or match["k"]
        host = match["b"] or match["d"] or match["f"] or match["h"] or match["j"] or match["l"]
        if match["c"] and local.lower() in NO_LOCALS and not _is_labelled(text, match.start()):
            continue
        address = f"{ANY_DOT.sub('.', local)}@{ANY_DOT.sub('.', host)}".lower()
        if ADDRESS.fullmatch(address):
            found.append((match.start(), match.end(), address))
    return found


def _is_labelled(text: str, at: int) -> bool:
    """Whether an address is announced there: "orders: shop at fern dot co dot uk"."""
    return LABELLED.search(text, max(0, at - NEAR), at) is not None


def _signed(text: str) -> list[tuple[int, int]]:
    """Give the parts of a text in which an address may be spelt out."""
    small = text.lower()
    places: list[int] = []
    for sign in SIGNS:
        at = small.find(sign)
        while at >= 0 and len(places) < MOST_SIGNS:
            places.append(at)
            at = small.find(sign, at + 1)
    parts: list[tuple[int, int]] = []
    for at in sorted(places):
        if parts and at - NEAR < parts[-1][1]:
            parts[-1] = (parts[-1][0], at + NEAR)
        else:
            parts.append((max(0, at - NEAR), at + NEAR))
    return parts


def unlocked(value: str) -> str:
    """Give the address that an attribute hides by a simple trick, "" if it hides none."""
    said = html.unescape(unquote(value.strip()))
    for way in (_as_it_is, _backwards, _rot13, _base64):
        shown = way(said)
        if shown and ADDRESS.fullmatch(shown) and not TURNED_ENDING.search(shown):
            return shown.lower()
    return ""


def paired(attributes: Mapping[str, str | None]) -> str:
    """Give the address whose pieces an element holds in attributes for a script to join, "" if
    there is none."""
    said = {
        name.removeprefix("data-").rpartition("-")[2]: value
        for name, value in attributes.items()
        if value
    }
    local = next((said[name] for name in LOCALS if said.get(name)), "")
    host = next((said[name] for name in HOSTS if said.get(name)), "")
    ending = next((said[name] for name in ENDINGS if said.get(name)), "")
    if not local or not host:
        return ""
    if "." not in host and not ending:
        # As Joomla does.
        local, host = _base64(local), _base64(host)
    joined = f"{local}@{host}" + (f".{ending.lstrip('.')}" if ending and "." not in host else "")
    return joined.lower() if ADDRESS.fullmatch(joined) else ""


def _as_it_is(said: str) -> str:
    return said.removeprefix("mailto:")


def _backwards(said: str) -> str:
    return said[::-1].removeprefix("mailto:")


def _rot13(said: str) -> str:
    # What is an address both ways is one as it is.
    shown = codecs.decode(said, "rot13")
    return shown.removeprefix("mailto:")


def _base64(said: str) -> str:
    if len(said) % 4 or not BASE64.fullmatch(said):
        return ""
    try:
        return base64.b64decode(said).decode("ascii").removeprefix("mailto:")
    except (binascii.Error, UnicodeDecodeError):
        return ""
