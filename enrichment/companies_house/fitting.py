"""Whether the company of a number is the one that is meant: numbers are mistyped, and misread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from crm.places.postcode import NotAPostcode, parse
from crm.registers import names
from crm.registers.words import humane
from enrichment import given
from enrichment.companies_house import kept, profile
from enrichment.companies_house.kept import Answers

# Said by so many that they tell nobody from another.
USUAL = frozenset({
    "and", "the", "of", "in", "at", "for", "uk", "gb", "british", "group", "holdings", "holding",
    "company", "co", "services", "service", "solutions", "international", "trading", "enterprises",
    "associates", "partners", "partnership", "sons", "bros", "brothers", "limited", "ltd", "plc",
    "llp", "cic", "management",
})  # fmt: skip
# One slip of the pen in a name of some length.
ALIKE = 90.0
LONGEST = 200
# A single word says who it is only from some length on.
TELLING = 4


@dataclass(frozen=True)
class Subject:
    """Who is meant, by what is known; an empty text is compared with nothing."""

    number: str
    name: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class Company:
    """Whom the register has under the number, with the names it had before."""

    names: Sequence[str]
    postcode: str


# Says in a sentence why a company is not the one that is meant, "" where it is.
Judge = Callable[[Subject, Company], str]


def why_not(subject: Subject, answers: Answers, judge: Judge) -> str:
    """Say why nothing is told of this number, "" where it is the right one."""
    said = kept.said(answers, profile.SLUG)
    if given.part(answers, profile.SLUG).get("said") is None:
        return f"Companies House has no company {subject.number}."
    called, number = profile.name(answers), str(said.get("company_number", ""))
    if not called or number != subject.number:
        return f"Companies House answered, but not with company {subject.number}."
    company = Company([called, *profile.former_names(said)], profile.postcode(said))
    return judge(subject, company)


def by_name(subject: Subject, company: Company) -> str:
    """Judge by names, and where those don't agree, or say nothing, by the postcode."""
    if not subject.name:
        return ""
    is_same_place = bool(company.postcode) and _postcode(subject.postcode) == company.postcode
    agree = any(are_alike(subject.name, each) for each in company.names)
    if is_same_place or (agree and not names.is_generic(names.name_key(subject.name))):
        return ""
    called = humane(company.names[0])
    at = f" at {company.postcode}" if company.postcode else ""
    return f"{subject.number} is {called}{at}, which is not “{subject.name[:LONGEST]}”."


def are_alike(one: str, other: str) -> bool:
    """Whether two names may be one company's: with words that say little left out, or a slip."""
    ours, theirs = names.name_key(one[:LONGEST]), names.name_key(other[:LONGEST])
    if not ours or not theirs:
        return False
    if ours.replace(" ", "") == theirs.replace(" ", ""):
        return True
    fewer, more = sorted((_telling(ours), _telling(theirs)), key=len)
    if fewer and set(fewer) <= set(more):
        # A single word is a name where the other begins with it, and else may be a town.
        return len(fewer) > 1 or (fewer[0] == more[0] and len(fewer[0]) >= TELLING)
    return fuzz.token_sort_ratio(ours, theirs) >= ALIKE


def _telling(key: str) -> list[str]:
    return [word for word in key.split() if word not in USUAL]


def _postcode(text: str) -> str:
    try:
        return parse(text).text
    except NotAPostcode:
        return ""
