"""What a statement holds that must stand in the facts that it cites: figures, names, addresses."""

import re
from collections.abc import Collection, Iterator

from leads.analysing.facts import EMAIL
from leads.analysing.words import GENERAL, OPENERS, bare

URL = re.compile(r"(?:https?://|www\.)\S{1,300}|(?<![\w@.-])(?:[\w-]{2,63}\.){1,4}[a-z]{2,12}\b")
# “Inc.Next” at the end of a sentence is none.
ADDRESS_END = ".,;:!?)”’\"'"
NUMBER = re.compile(
    r"(?P<money>[£$€]\s?)?(?P<figure>\d+(?:[.,]\d+)*)"
    r"(?P<times>\s?(?:k|m|bn|thousand|million|billion)\b)?"
    r"(?P<unit>\s?(?:%|per cent|percent|pounds?|gbp|euros?|dollars?|pence)(?!\w))?",
    re.IGNORECASE,
)
TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
# Amounts in words: nobody can tell whether they are those of a fact.
IN_WORDS = re.compile(r"\b(?:hundreds?|thousands?|millions?|billions?)\b", re.IGNORECASE)
YEARS = range(1900, 2100)
LONG = 7  # digits of a telephone number
SENTENCE = re.compile(r"(?<=[.!?:;])\s+")
WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
TITLE = re.compile(r"(?:mr|mrs|ms|miss|dr|prof|sir|dame)$", re.IGNORECASE)
LONGEST_ACRONYM = 5


def unfounded(
    text: str, cited: str, *, name: str, own: Collection[int] = (), others: str = "",
    is_claim: bool = True,
) -> bool:
    """Say whether a statement holds what is not in `cited`.

    `name` is what the lead is called, which needs no citation; `own` are the figures of an estimate
    that the statement explains; `others` are people of the lead whom it does not cite. In what is
    no claim (`is_claim`), a plain number may be one that is suggested: “a call of 20 minutes”.
    """
    return (
        any(each.casefold() not in cited.casefold() for each in _addresses(text))
        or not _figures_stand(text, cited, {*own}, is_claim=is_claim)
        or not _names_stand(text, f"{cited} {name}", others)
    )


def _addresses(text: str) -> Iterator[str]:
    yield from EMAIL.findall(text)
    for found in URL.findall(text):
        yield found.rstrip(ADDRESS_END)


def _figures_stand(text: str, cited: str, own: Collection[float], *, is_claim: bool) -> bool:
    known = {value for found in NUMBER.finditer(cited) for value in _values(found)}
    digits = re.sub(r"\D", "", cited)
    for found in NUMBER.finditer(text):
        value = _values(found)[-1]
        is_year = found["figure"].isdigit() and int(found["figure"][:9]) in YEARS
        is_amount = bool(found["money"] or found["times"] or found["unit"])
        if not (is_claim or is_amount or is_year or value >= 10**LONG):
            continue
        if value not in known and value not in own:
            return False
    for run in re.findall(r"\+?\d[\d ()-]{5,20}\d", text):
        bare = re.sub(r"\D", "", run)
        if len(bare) >= LONG and bare not in digits and " " in run:
            return False
    words = {word.casefold().rstrip("s") for word in IN_WORDS.findall(NUMBER.sub(" ", text))}
    return all(word in cited.casefold() for word in words)


def _values(found: re.Match[str]) -> list[float]:
    """Give the figure, and what it comes to where “k” or “million” stands behind it."""
    figure = found["figure"][:30].replace(",", "")
    whole, _, rest = figure.partition(".")
    plain = float(f"{whole}.{rest.replace('.', '') or '0'}")
    times = TIMES.get((found["times"] or "").strip().casefold())
    return [plain] if times is None else [plain, round(plain * times, 2)]


def _names_stand(text: str, cited: str, others: str) -> bool:
    known = {bare(word) for word in WORD.findall(cited)} | GENERAL
    people = {bare(word) for word in WORD.findall(others)} - known
    return all(bare(word) in known for word in _names(text, people))


def _names(text: str, people: Collection[str]) -> Iterator[str]:
    for sentence in SENTENCE.split(text):
        words = WORD.findall(sentence)
        for at, word in enumerate(words):
            if not word[0].isupper() or (word.isupper() and len(word) <= LONGEST_ACRONYM):
                continue
            if at == 0 and not _begins_a_name(words, people):
                continue
            if not TITLE.match(word):
                yield word


def _begins_a_name(words: list[str], people: Collection[str]) -> bool:
    """A sentence begins with a capital, whatever its word."""
    first = bare(words[0])
    if first in OPENERS:
        return False
    follows = words[1] if len(words) > 1 else ""
    is_followed = follows[:1].isupper() and not follows.isupper()
    return first in people or is_followed
