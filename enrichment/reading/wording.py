"""Words in names: which of them tell one organisation from another."""

import re
import unicodedata
from functools import lru_cache

from enrichment.reading import lists

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile("['\u2018\u2019`\u00b4\u02bc]")
LEGAL = frozenset((
    "ltd", "limited", "llp", "plc", "lp", "cic", "cio", "inc", "incorporated", "cyf",
    "cyfyngedig", "corp", "llc",
))  # fmt: skip
# What an organisation does or is, where it is, and what any page may say.
COMMON = lists.words("common_words")


def plain(text: str) -> str:
    """Give a text in small letters without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """Give the words of a name, "and" for its sign, without apostrophes."""
    said = plain(APOSTROPHES.sub("", name)).replace("&", " and ")
    return tuple(WORD.findall(said))


def telling(name: str) -> frozenset[str]:
    """Give the words that tell a name from others of its trade."""
    return frozenset(
        word
        for word in words(name)
        if word not in COMMON and word not in LEGAL and len(word) > 2 and not word.isdigit()
    )


@lru_cache(maxsize=5_000)
def initials(name: str) -> str:
    """Give the first letters of the words of a name, without its legal form."""
    return "".join(word[0] for word in words(name) if word not in LEGAL)


def key(name: str) -> str:
    """Give what two spellings of one name have in common."""
    return "".join(word for word in words(name) if word not in LEGAL and word not in ("and", "the"))


def covers(name: str, label: str) -> float:
    """Give how much of what was chosen as a domain is made of a name: 0 to 1.

    Its words count in any order, its initials where they are the whole.
    """
    plain_label = re.sub(r"[^a-z0-9]", "", label.lower())
    if not plain_label:
        return 0.0
    parts = [word for word in words(name) if word not in LEGAL]
    if not parts:
        return 0.0
    initials = "".join(word[0] for word in parts)
    if (
        len(initials) >= 3
        and plain_label.startswith(initials)
        and len(plain_label) <= len(initials) + 3
    ):
        return 0.9
    left = plain_label
    for word in sorted(set(parts), key=len, reverse=True):
        if len(word) > 2 or word == left:
            left = left.replace(word, "", 1)
    return 1 - len(left) / len(plain_label)
