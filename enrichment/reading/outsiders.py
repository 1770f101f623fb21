"""Names in the words that lead to a value, by which nothing of the maker is called.

"Meter out of order? SSEN on 0800 ..." gives the way to somebody else, whoever that is. Who is named
is not looked up: what is no word of a label, no town, no person and no part of the own name is
taken for another organisation.
"""

import re
from collections.abc import Sequence

from enrichment.reading import codes, placing, relations, towns, wording
from enrichment.reading.document import Document, Region
from enrichment.reading.identity import Identity
from enrichment.reading.strangers import (
    GIVEN,
    LABELS,
    LINKED,
    NUMBER,
    PARTS,
    POSSESSIVE,
    TITLES,
    VERBS,
)
from enrichment.reading.titles import JOBS

REACH = 240
MOST_WORDS = 60
LONGEST_TOWN, LONGEST_PERSON = 4, 3
MAIL = re.compile(r"\[?(?:mailto:)?[\w.+%-]{1,64}@[\w.-]{3,200}\]?")
CODE = re.compile(rf"\b{codes.WRITTEN}\b")
# What stands between two ways to reach the same.
JOINING = re.compile(
    r"(?:[\W\d_]|\b(?:or|and|also|tel|telephone|phone|t|e|m|f|call|mob|mobile|fax|email|e-mail|on|"
    r"ext|open|free)\b)*",
    re.IGNORECASE,
)
LABEL = re.compile(r"\W*(?:t|tel|telephone|phone|e|email|e-mail)\W*(?:\[\w+:)?", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_][\w'’]*(?:-[\w'’]+)*\.?")
STREET = re.compile(
    r"\b(?:street|st|road|rd|lane|ln|avenue|ave|way|drive|close|court|place|square|terrace|"
    r"crescent|row|walk|gate|hill|grove|parade|mews|gardens|wharf|quay|estate|park|buildings?|"
    r"yard|house)\W*$",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"[\s.]*(?:(?:and|of|the|for|&)\s+){0,2}|\s*[&+]\s*")
# "Our Wigtoft branch", "the Wigtoft shop".
BRANCH = re.compile(
    r"\b(?:our|the|my)\s+(?:[\w'’-]+\s+){1,3}(?:office|branch|shop|store|depot|showroom|surgery|"
    r"clinic|practice|salon|studio|workshop|yard|team|number|line|school|site|centre)\b",
    re.IGNORECASE,
)
KNOWN = PARTS | JOBS | TITLES | VERBS | LABELS | wording.COMMON | wording.LEGAL
MOBILE = "+447"


def before(document: Document, identity: Identity, at: int, number: str = "") -> str:
    """Give the name that leads to a value in its sentence, "" if nobody is named but the maker,
    its people and its places. `number` is the value if it is a phone, in E.164."""
    line = document.line_at(at)
    if line.region not in (Region.MAIN, Region.ASIDE):
        return ""
    said, is_near = _lead(document, line.start, at)
    if not said or not re.search(
        r"[a-z]{3}", document.text[max(line.start, at - REACH) : min(line.end, at + REACH)]
    ):
        # Where all is in capitals, they tell nothing.
        return ""
    if BRANCH.search(said):
        return ""
    is_mobile = number.startswith(MOBILE)
    for name, end, is_first in _names(said):
        is_strange = _is_outside(name, identity, is_first=is_first, is_mobile=is_mobile)
        may_go_on = is_near or ((len(name) > 1 or _is_odd(name[0])) and not _is_place(name))
        if is_strange and may_go_on and not relations.ONESELF.search(said, end):
            return " ".join(name)
    return ""


def _lead(document: Document, first: int, at: int) -> tuple[str, bool]:
    """Give the words that lead to a value, and whether they stand in its sentence: those behind
    the last other value, or before several that follow each other.

    Behind an address nothing leads to it but the place.
    """
    start, _ = document.sentence(at)
    said = _last_words(document.text[max(start, at - REACH) : at])
    is_joined = document.text[max(first, start - REACH) : start].rstrip().endswith(
        ";"
    ) and not relations.ONESELF.search(said)
    if start <= first or not (
        (not said and LABEL.fullmatch(document.text, start, at))
        or (is_joined and said and not re.search(r"[A-Z]", said))
    ):
        return said, True
    # "Toft Tyres. Tel. 0113 ..." goes on with whom the sentence before named.
    before, _ = document.sentence(start - 1)
    return _last_words(document.text[max(before, start - REACH) : start]), is_joined


def _last_words(said: str) -> str:
    parts = NUMBER.split(MAIL.sub(" 01234567890 ", LINKED.sub("", said)))
    while len(parts) > 1 and JOINING.fullmatch(parts[-1]):
        parts.pop()
    last = CODE.split(parts[-1])[-1]
    return "" if JOINING.fullmatch(last) else last


def _names(said: str) -> list[tuple[list[str], int, bool]]:
    """Give the runs of words with capitals, where each ends, and whether it begins the words."""
    runs: list[tuple[list[str], int, bool]] = []
    end = -1
    is_opening = True
    for count, match in enumerate(WORD.finditer(said)):
        if count >= MOST_WORDS:
            break
        word = match.group().rstrip(".")
        if not word[0].isupper():
            is_opening = False
            continue
        if runs and end >= 0 and BETWEEN.fullmatch(said, end, match.start()):
            runs[-1] = ([*runs[-1][0], word], match.end(), runs[-1][2])
        else:
            before = said[: match.start()].rstrip()
            is_alone = before.endswith(":") and not said[match.end() :].strip(" [(:+–-")
            is_first = is_opening or is_alone or before.endswith((".", "?", "!"))
            runs.append(([word], match.end(), is_first))
        end = match.end()
        is_opening = False
    return [run for run in runs if not _is_of_address(said, run[1], run[0])]


def _is_of_address(said: str, end: int, run: Sequence[str]) -> bool:
    """Whether a run of names is a street or stands behind the number of a house."""
    start = max(said.rfind(",", 0, end), said.rfind(":", 0, end), said.rfind("(", 0, end)) + 1
    part = said[start:end].strip()
    return STREET.search(part) is not None or re.match(r"\d+[a-z]?\b", part) is not None


def _is_outside(run: Sequence[str], identity: Identity, *, is_first: bool, is_mobile: bool) -> bool:
    if any(POSSESSIVE.sub(_bare, word).lower() in identity.words for word in run):
        return False
    while len(run) > 1 and (wording.plain(run[0]) in VERBS or wording.plain(run[0]) in JOBS):
        run, is_first = run[1:], False
        if len(run) == 1:
            return _is_odd(run[0]) and not _is_known(wording.plain(run[0]), identity)
    if len(run) == 1 and is_first and (is_mobile or not _is_odd(run[0])):
        # It may be any word that begins a sentence.
        return False
    plain = [wording.plain(POSSESSIVE.sub(_bare, word)) for word in run]
    known = [_is_known(word, identity) for word in plain]
    if _is_person(run, plain, known):
        # "Mary Toft" is a person; "Mary Toft Hospice" is none.
        return len(run) > LONGEST_PERSON and not all(known[LONGEST_PERSON:])
    _know_towns(plain, known)
    unknown = [word for word, is_known in zip(run, known, strict=True) if not is_known]
    if is_first and unknown == [run[0]] and not _is_odd(run[0]):
        return len(run) > 2
    if is_mobile and len(unknown) == len(run) == 1:
        # "Text Baz on 07700 ...": somebody there.
        return unknown[0].isupper() or _is_odd(POSSESSIVE.sub(_bare, unknown[0]))
    return bool(unknown)


def _bare(possessive: re.Match[str]) -> str:
    return possessive.group()[0]


def _is_person(run: Sequence[str], plain: Sequence[str], known: Sequence[bool]) -> bool:
    first = next((place for place, is_known in enumerate(known) if not is_known), len(plain))
    is_short = len(run) > 1 and len(run[0]) == 1
    return bool(is_short or GIVEN.intersection(plain[: first + 1]) or TITLES.intersection(plain))


def _know_towns(plain: Sequence[str], known: list[bool]) -> None:
    """Mark the words that make the name of a town."""
    for first in range(len(plain)):
        for last in range(min(len(plain), first + LONGEST_TOWN), first, -1):
            if towns.is_one(" ".join(plain[first:last])):
                known[first:last] = [True] * (last - first)
                break


def _is_place(run: Sequence[str]) -> bool:
    return placing.STREET.search(" ".join(run)) is not None or run[0] == "Co"


def _is_known(word: str, identity: Identity) -> bool:
    every = [part for part in re.split(r"[^\w&]+", word) if part]
    return all(
        len(part) == 1
        or part[-1].isdigit()
        or part in KNOWN
        or part.removesuffix("s") in KNOWN
        or part in identity.trade
        or part in GIVEN
        for part in every
    )


def _is_odd(word: str) -> bool:
    """Whether a word is written as names are: "SSEN", "DentalWebs"."""
    is_somebodys = POSSESSIVE.search(word) and wording.plain(word)[:-2] not in GIVEN
    return len(word) > 1 and (word[1:] != word[1:].lower() or bool(is_somebodys))
