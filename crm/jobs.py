"""Titles of jobs: who decides, and whether somebody has the job that is looked for.

The same post has many names: the head of IT is IT manager or CTO elsewhere, and who owns a small
firm is its director, founder or managing partner. Two titles fit if one holds the words of the
other, or if they are of one field and of one height.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple, TypeVar

Person = TypeVar("Person")
LONGEST = 120
MOST_TITLES = 20
# How many people are told of: with titles, and where whoever decides will do.
MOST, MOST_OF_ALL = 25, 10
# Of the titles in the name of a question, behind the domain.
LONGEST_NAMED = 160
WORD = re.compile(r"[a-z]+")
# "PA to the directors" directs nothing, and "Head of IT at Acme" is head of no Acme.
BEHIND = re.compile(r"\b(?:to|at|for)\b.*", re.DOTALL)
PAST = frozenset({"former", "formerly", "ex", "retired", "previously", "late", "emeritus"})
BELOW = frozenset({"assistant", "deputy", "junior", "trainee", "apprentice", "intern", "pa", "ea"})
LITTLE = frozenset({"of", "the", "and", "in", "a", "an", "uk", "group", "senior", "co", "our"})
# What letters stand for.
SHORT = {
    "md": "managing director", "ceo": "chief executive officer", "gm": "general manager",
    "cfo": "chief finance officer", "fd": "finance director", "cto": "chief technology officer",
    "cio": "chief it officer", "coo": "chief operations officer", "ops": "operations",
    "cmo": "chief marketing officer", "cco": "chief commercial officer", "vp": "vice president",
    "chro": "chief hr officer", "cpo": "chief people officer", "ciso": "chief it officer",
    "mgr": "manager", "dir": "director", "exec": "executive", "dr": "doctor",
}  # fmt: skip
# Words that name one field.
FIELDS = {
    "it": "it", "technology": "it", "technical": "it", "information": "it", "infrastructure": "it",
    "systems": "it", "digital": "it", "cyber": "it", "computing": "it", "ict": "it",
    "finance": "finance", "financial": "finance", "accounts": "finance", "accounting": "finance",
    "accountant": "finance", "bookkeeper": "finance", "controller": "finance",
    "payroll": "finance", "treasurer": "finance",
    "sales": "sales", "commercial": "sales", "revenue": "sales", "account": "sales",
    "development": "sales", "marketing": "marketing", "brand": "marketing",
    "communications": "marketing", "communication": "marketing", "pr": "marketing",
    "hr": "people", "people": "people", "personnel": "people", "recruitment": "people",
    "talent": "people", "human": "people", "operations": "operations", "operating": "operations",
    "operational": "operations", "production": "operations", "logistics": "operations",
    "works": "operations", "office": "office", "practice": "office", "business": "office",
    "administrator": "office", "administration": "office", "admin": "office", "bursar": "office",
    "purchasing": "buying", "procurement": "buying", "buyer": "buying", "supply": "buying",
    "facilities": "facilities", "estates": "facilities", "maintenance": "facilities",
    "premises": "facilities", "compliance": "compliance", "quality": "compliance",
    "safety": "compliance", "legal": "legal", "solicitor": "legal", "counsel": "legal",
    "service": "service", "customer": "service", "support": "service", "client": "service",
    "project": "projects", "projects": "projects", "site": "projects", "contracts": "projects",
    "clinical": "clinical", "nurse": "clinical", "nursing": "clinical", "matron": "clinical",
    "school": "school", "headteacher": "school", "headmaster": "school", "teacher": "school",
}  # fmt: skip
# "Business Development Manager" sells: two words that are one.
TWO = {
    "business development": "sales", "human resources": "hr", "managing partner": "owner",
    "head teacher": "headteacher",
}  # fmt: skip
OWNING = frozenset({
    "owner", "founder", "cofounder", "proprietor", "chairman", "chair", "chairwoman",
    "chairperson", "chief", "headteacher", "headmaster",
})  # fmt: skip
# Of the whole firm, unless a field is named: an HR business partner owns nothing.
GENERAL = frozenset({"managing", "partner", "principal", "president"})
LEADING = frozenset({
    "director", "head", "manager", "lead", "leader", "supervisor", "bursar", "controller",
})  # fmt: skip
DIRECTING = frozenset({"director", "head", "vice", "managing", "president"})


class Height(IntEnum):
    """How far up somebody is; the smaller, the more they decide."""

    TOP = 0
    DIRECTS = 1
    MANAGES = 2
    OTHER = 3


class Job(NamedTuple):
    """A title as it is compared: `words` are those that tell it from others."""

    words: frozenset[str]
    fields: frozenset[str]
    height: Height


@lru_cache(maxsize=5_000)
def read(title: str) -> Job:
    """Take a title apart."""
    said = BEHIND.sub("", title[:LONGEST].casefold().replace("co-", "co"))
    plain = " ".join(SHORT.get(word) or _one(word) for word in WORD.findall(said))
    for two, one in TWO.items():
        plain = plain.replace(two, one)
    words = plain.split()
    fields = {FIELDS[word] for word in words if word in FIELDS}
    return Job(frozenset(words) - LITTLE, frozenset(fields), _height(words, bool(fields)))


def is_past(title: str) -> bool:
    """Say whether the title is of somebody who has left it."""
    return not PAST.isdisjoint(WORD.findall(title[:LONGEST].casefold())[:1])


def fit(wanted: str, title: str) -> int:
    """Say how well a title fits the one that is looked for: 0 not at all, 3 is the same."""
    ours, theirs = read(wanted), read(title)
    if not ours.words or not theirs.words:
        return 0
    if ours.words == theirs.words:
        return 3
    if ours.words <= theirs.words and theirs.words.isdisjoint(BELOW):
        return 2
    is_one_field = ours.fields == theirs.fields or bool(ours.fields & theirs.fields)
    both_lead = max(ours.height, theirs.height) <= Height.MANAGES
    if ours.fields or theirs.fields:
        return 1 if is_one_field and both_lead else 0
    # Of the whole firm: its owner, its managing director, or a director without any field.
    return 1 if max(ours.height, theirs.height) <= Height.DIRECTS else 0


def fits(title: str, titles: Sequence[str]) -> bool:
    """Say whether somebody has one of these jobs, and has it still."""
    return not is_past(title) and any(fit(one, title) for one in sought(titles))


def choose(
    people: Iterable[Person], titles: Sequence[str], title: Callable[[Person], str]
) -> list[Person]:
    """Choose who has one of the jobs, the best fit first, or of all those who decide most."""
    wanted = sought(titles)
    ranked = []
    for each in people:
        has = title(each)
        best = max((fit(one, has) for one in wanted), default=0)
        if not is_past(has) and (best or not wanted):
            ranked.append((-best, read(has).height, each))
    ranked.sort(key=lambda row: row[:2])
    return [each for _, _, each in ranked[: MOST if wanted else MOST_OF_ALL]]


def named(domain: str, titles: Sequence[str]) -> str:
    """Name the question for people with these jobs; "" where there is no domain to ask about.

    A name that would be too long ends in a digest, so that no two questions have the same.
    """
    whole = ", ".join(sought(titles))
    if len(whole) > LONGEST_NAMED:
        whole = f"{whole[:LONGEST_NAMED]}… {sha256(whole.encode()).hexdigest()[:16]}"
    return f"{domain}: {whole}" if domain and whole else domain


def sought(titles: Sequence[str]) -> list[str]:
    """Give the titles that are looked for in one order and writing, each once."""
    plain = (" ".join(title[:LONGEST].casefold().split()) for title in titles)
    return sorted({each for each in plain if each})[:MOST_TITLES]


def _one(word: str) -> str:
    """Give one of many: "directors" are looked for as well."""
    one = word.removesuffix("s")
    return one if one in OWNING or one in GENERAL or one in LEADING else word


def _height(words: Sequence[str], has_field: bool) -> Height:
    known = set(words)
    is_executive = "executive" in known and not known & {"chief", "director"}
    if known & BELOW or "non" in known or is_executive:
        return Height.OTHER
    if known & OWNING or (known & GENERAL and not has_field and "vice" not in known):
        return Height.TOP
    if known & DIRECTING:
        return Height.DIRECTS
    return Height.MANAGES if known & LEADING else Height.OTHER
