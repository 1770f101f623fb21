"""How a person's name may be spelt before the @: "Siân O'Brien-Hughes" is "sian", "obrienhughes"…

A name of several parts has several spellings, each of a manner; which manner a domain prefers can
be learned (`enrichment.emails.habits`).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from enrichment.emails import lists

LONGEST = 120
MOST_WORDS = 8
TITLES = frozenset(
    (
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady",
        "rev", "revd", "reverend", "cllr", "councillor", "capt", "captain", "major", "col", "hon",
        "baroness", "baron", "the",
    )
)  # fmt: skip
BEHIND_NAME = frozenset(
    (
        "mbe", "obe", "cbe", "kbe", "bsc", "ba", "bds", "beng", "meng", "msc", "ma", "mba", "phd",
        "llb", "llm", "fca", "aca", "acca", "fcca", "cima", "mrics", "frics", "riba", "mciob",
        "fciob", "ceng", "cpa", "mrcgp", "mrcvs", "qc", "kc", "jp", "jr", "jnr", "snr", "sr", "ii",
        "iii", "iv", "esq", "mcipd", "fcipd", "mcim", "dipfs", "ifa", "gdc",
    )
)  # fmt: skip
# What stands before a surname and belongs to it.
PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "di", "da", "du", "la", "le", "del", "dos", "ter", "ten",
     "al", "el", "bin", "ibn", "st", "saint", "mc", "mac", "o", "ap", "ab", "zu"),
)  # fmt: skip
# Letters that do not fall apart into a plain one and an accent.
PLAIN = str.maketrans(
    {
        "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ı": "i", "’": "'", "‘": "'", "`": "'", "ʼ": "'", "´": "'", "‐": "-", "‑": "-", "–": "-",
    }
)  # fmt: skip
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
BRACKETED = re.compile(r"[(\"“][^)\"”]{0,40}[)\"”]")
WORD = re.compile(r"[a-z]+(?:['\-][a-z]+)*")
WITHIN = re.compile(r"['\-\s]")
BETWEEN = re.compile(r"[\-\s]")

# The manners of spelling a name of several parts; the first that fits is the usual one.
TOGETHER, WRITTEN, HYPHENED, DOTTED, LAST, FIRST = (
    "together", "written", "hyphened", "dotted", "last", "first",
)  # fmt: skip
SHORT, LONG = "short", "long"


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way of spelling a part of a name; `manner` is "" where there is but one."""

    text: str
    manner: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """`firsts` and `lasts` begin with the usual spelling, and may be empty, though not both.

    `middle` is an initial or "".
    """

    firsts: tuple[Spelling, ...]
    lasts: tuple[Spelling, ...] = ()
    middle: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells this person from others, whatever the signs between the parts."""
        first = self.firsts[0].text if self.firsts else ""
        last = self.lasts[0].text if self.lasts else ""
        return first, WITHIN.sub("", last)


def read(name: str) -> Person | None:
    """Take a name apart: "Dr Jo Smith MBE", "SMITH, Jo"; None for what is none in our letters."""
    text = BRACKETED.sub(" ", name[:LONGEST].casefold())
    person = _read(text.translate(PLAIN))
    if person is None or text.isascii():
        return person
    # "Müller" may be "mueller" as well.
    other = _read(text.translate(GERMAN).translate(PLAIN))
    if other is None or other == person:
        return person
    return Person(
        _merged(person.firsts, other.firsts), _merged(person.lasts, other.lasts), person.middle
    )


def _merged(usual: tuple[Spelling, ...], german: tuple[Spelling, ...]) -> tuple[Spelling, ...]:
    known = {each.text for each in usual}
    more = (Spelling(each.text, "german") for each in german[:2] if each.text not in known)
    return (*usual, *more)


def _read(text: str) -> Person | None:
    words, is_titled = _words(text)
    if not words:
        return None
    if is_titled and len(words) == 1:
        # "Mr Smith"
        return Person((), _lasts(words))
    first, *rest = words
    at = next((n for n, word in enumerate(rest) if word in PARTICLES), len(rest) - 1)
    middle = rest[0][0] if at > 0 else ""
    return Person(_firsts(first), _lasts(rest[at:]) if rest else (), middle)


def _words(text: str) -> tuple[list[str], bool]:
    """List the words of a name, the first name first, and say whether a title stood before them.

    None are left of what is no name in our letters: not of half of it either.
    """
    before, _, behind = text.partition(",")
    more = _plain(behind)
    words = _plain(before)
    if words is None or more is None:
        return [], False
    # "Smith, Jo", as registers write it; not "Jo Smith, MBE".
    words = [word for word in more if word not in BEHIND_NAME] + words
    untitled = words
    while untitled and untitled[0] in TITLES:
        untitled = untitled[1:]
    while len(untitled) > 2 and untitled[-1] in BEHIND_NAME:
        untitled = untitled[:-1]
    return untitled[:MOST_WORDS], len(untitled) < len(words)


def _plain(text: str) -> list[str] | None:
    apart = unicodedata.normalize("NFKD", text.replace(".", " "))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    words = [word.strip("-'") for word in plain.split()]
    words = [word for word in words if word]
    return words if all(WORD.fullmatch(word) for word in words) else None


def _firsts(first: str) -> tuple[Spelling, ...]:
    parts = WITHIN.split(first)
    if len(parts) > 1:
        return _unlike(
            Spelling("".join(parts), TOGETHER),
            Spelling("-".join(parts), HYPHENED),
            Spelling(".".join(parts), DOTTED),
            *([Spelling(parts[0], FIRST)] if "-" in first else []),
        )
    shorter, longer = _other_names()
    return _unlike(
        Spelling(first),
        *(Spelling(other, SHORT) for other in shorter.get(first, ())),
        *(Spelling(other, LONG) for other in longer.get(first, ())[:3]),
    )


def _lasts(words: list[str]) -> tuple[Spelling, ...]:
    """Spell a surname; apostrophes are left out mostly, hyphens mostly kept."""
    written = "".join(words)
    parts = BETWEEN.split(" ".join(words).replace("'", ""))
    together = Spelling("".join(parts), TOGETHER)
    hyphened = Spelling("-".join(parts), HYPHENED)
    others = [Spelling(".".join(parts), DOTTED), Spelling(parts[-1], LAST)]
    if "'" in written:
        others = [Spelling(written, WRITTEN), *others]
    if "-" in written:
        return _unlike(hyphened, together, *others, Spelling(parts[0], FIRST))
    if len(parts) > 1:
        return _unlike(together, hyphened, *others)
    if "'" not in written:
        return (Spelling(written),)
    apart = WITHIN.split(written)
    return _unlike(
        together,
        Spelling(written, WRITTEN),
        Spelling("-".join(apart), HYPHENED),
        Spelling(".".join(apart), DOTTED),
        Spelling(apart[-1], LAST),
    )


def _unlike(*spellings: Spelling) -> tuple[Spelling, ...]:
    """Leave out what is spelt like one before."""
    found: dict[str, Spelling] = {}
    for each in spellings:
        found.setdefault(each.text, each)
    return tuple(found.values())


@cache
def _other_names() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Give the short forms of first names, and what short forms may stand for."""
    shorter: dict[str, list[str]] = {}
    longer: dict[str, list[str]] = {}
    for line in lists.lines("nicknames"):
        long, *shorts = line.split()
        shorter[long] = shorts
        for short in shorts:
            longer.setdefault(short, []).append(long)
    return shorter, longer
