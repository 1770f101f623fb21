"""The words of a search, in the form in which the database keeps those of leads."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from crm.registers import sic, trades

# The two halves of a postcode belong together; everything else is a word of its own.
WORD = re.compile(r"[a-z]{1,2}\d[a-z\d]?\s+\d[a-z]{0,2}(?!\S)|\S+", re.IGNORECASE)
# A phone number is one, however its digits are grouped: (0116) 496 0777, +44 116-496-0777. What
# stands together is left as it is.
GROUPED = re.compile(r"(?<!\S)\+?\(?\d+(?:[\s()-]+\d+)+(?!\S)")
TRUNK = re.compile(r"^((?:\+|00)[\d\s]+)\(0\)")
NUMBER = re.compile(r"(?:0|\+)\d{5,14}")
JOINT = "-"
# What the database takes apart when it reads a text.
APART = re.compile(r"[^\w]+")
MOST_WORDS = 12
# What begins the names of more codes of SIC, or has fewer letters, is looked for by itself alone.
MOST_CODES, LEAST_OF_CODES = 60, 4
QUOTES = str.maketrans("‘’", "''")


def plain(text: str) -> str:
    """Give it in small letters without accents, one space between words."""
    spread = unicodedata.normalize("NFKD", text.casefold().translate(QUOTES))
    return " ".join("".join(each for each in spread if not unicodedata.combining(each)).split())


def words(text: str) -> list[str]:
    """Give the words in small letters without accents, a postcode or phone number as one."""
    joined = GROUPED.sub(_joined, plain(text))
    found = ("".join(word.split()) for word in WORD.findall(joined))
    return [word for word in found if APART.sub("", word)][:MOST_WORDS]


def query(asked: list[str], weights: str = "", *, whole: bool = False) -> str:
    """Write the words as the database's query: each begins a word of the lead, or is `whole`.

    `weights` are those that count: A to D, all if there are none.
    """
    return " & ".join(_written(word, weights if whole else f"*{weights}") for word in asked)


def digits(word: str) -> str:
    """Give the phone number that the word looks like, without its gaps; "" if it is none."""
    bare = re.sub("^00", "+", word.replace(JOINT, ""))
    return bare if JOINT in word and NUMBER.fullmatch(bare) else ""


def _joined(found: re.Match[str]) -> str:
    """Write groups of digits as one word, if together they look like a phone number."""
    groups = re.findall(r"\+?\d+", TRUNK.sub(r"\1 ", found[0]))
    word = JOINT.join(groups)
    return word if digits(word) else found[0]


def typed(asked: list[str]) -> str:
    """Write the words as they were typed so far: all whole but the last, which begins one."""
    whole = [query(asked[:-1], whole=True)] if len(asked) > 1 else []
    return " & ".join([*whole, query(asked[-1:])])


def begins(word: str) -> str:
    """Write a word that begins one, and is nothing else besides."""
    return _lexeme(word, "*")


def _written(word: str, behind: str) -> str:
    """Write a word as it is, in its parts, or as a trade."""
    ways = [_lexeme(word, behind)]
    parts = [part for part in APART.split(word) if part]
    if parts != [word]:
        ways.append(_all(parts, behind))
    if number := digits(word):
        ways.append(_lexeme(number, behind))
    ways += [_all(slug.split("_"), behind) for slug in _trades(word)]
    # A code is whole, or it is none: its digits may begin those of a phone.
    ways += [_lexeme(code, behind.replace("*", "")) for code in _codes(word)]
    return f"({' | '.join(ways)})"


def _all(parts: list[str], behind: str) -> str:
    """Write parts of one word: only where it ends can more follow."""
    whole = [_lexeme(part, behind.replace("*", "")) for part in parts[:-1]]
    return f"({' & '.join([*whole, _lexeme(parts[-1], behind)])})"


def _lexeme(word: str, behind: str) -> str:
    quoted = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':{behind}" if behind else f"'{quoted}'"


def _trades(word: str) -> Iterator[str]:
    """Give the trades in whose name a word starts like this, where the slug does not say it."""
    for slug, trade in trades.TRADES.items():
        named = (each.startswith(word) for each in trade.one.casefold().split())
        if any(named) and not any(part.startswith(word) for part in slug.split("_")):
            yield slug


@cache
def _beginnings() -> list[tuple[str, frozenset[str]]]:
    """Give each code of SIC with the words of what it says, as leads show them."""
    return [(code, frozenset(APART.split(plain(says)))) for code, says in sic.codes().items()]


def _codes(word: str) -> list[str]:
    """Give the codes in whose name a word starts like this, unless it says too little."""
    if len(word) < LEAST_OF_CODES:
        return []
    found = [code for code, said in _beginnings() if any(each.startswith(word) for each in said)]
    return found if len(found) <= MOST_CODES else []
