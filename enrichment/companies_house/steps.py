"""The calls by which a company is looked up, in the order that saves most of them.

Whoever looks up asks `following` for the next step, has it asked, keeps what it gave, and goes on;
what was kept before an interruption is not asked again. All that is kept by a lookup is told by
`told`, without another call.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crm.outside.key import Key
from crm.registers.numbers import company_number
from enrichment import fields
from enrichment.companies_house import (
    accounts,
    charges,
    control,
    filings,
    fitting,
    insolvency,
    officers,
    profile,
)
from enrichment.companies_house.fitting import Judge, Subject
from enrichment.companies_house.kept import Answers, Kept
from enrichment.told import ORGANISATION, Told

NUMBER = re.compile(r"(?=.*\d{4})[A-Z0-9]{8}")


@dataclass(frozen=True)
class Step:
    """One call. `gives` are the fields that it is for, `leads_to` those of the steps behind it.

    `ask` gives what is to be kept, JSON, and raises what `crm.outside.errors` holds; `read` tells
    what was kept, and raises nothing. Both are handed what all steps before have given.
    """

    slug: str
    gives: frozenset[str]
    ask: Callable[[Key, str, Answers], Kept]
    read: Callable[[str, Answers], Iterator[Told]]
    needs: Callable[[Answers], bool]
    leads_to: frozenset[str] = frozenset()


def _always(_: Answers) -> bool:
    return True


FIGURES = accounts.GIVES
STEPS = (
    Step(profile.SLUG, profile.GIVES, profile.ask, profile.read, _always),
    Step(officers.SLUG, officers.GIVES, officers.ask, officers.read, _always),
    Step(officers.MORE, officers.GIVES, officers.ask_more, officers.read_more, officers.are_more),
    Step(control.SLUG, control.GIVES, control.ask, control.read, control.is_known),
    Step(
        control.STATEMENTS,
        control.GIVES,
        control.ask_statements,
        control.read_statements,
        control.is_stated,
    ),
    Step(charges.SLUG, charges.GIVES, charges.ask, charges.read, charges.are_any),
    Step(insolvency.SLUG, insolvency.GIVES, insolvency.ask, insolvency.read, insolvency.is_flagged),
    Step(filings.SLUG, filings.GIVES, filings.ask, filings.read, filings.are_any, FIGURES),
    Step(
        accounts.DOCUMENT,
        frozenset(),
        accounts.ask_document,
        accounts.read_document,
        accounts.is_filed,
        FIGURES,
    ),
    Step(accounts.SLUG, FIGURES, accounts.ask, accounts.read, accounts.is_readable),
)
# Of people the names are told, too; by themselves they are no reason to ask.
GIVES_PEOPLE = officers.GIVES | {"name"}
EVERY = frozenset().union(*(step.gives for step in STEPS))
GIVES = EVERY - GIVES_PEOPLE


@dataclass(frozen=True)
class Outcome:
    """`untold` says in sentences what is not told, and why."""

    told: list[Told]
    untold: list[str]


def subject(number: str, name: str = "", postcode: str = "") -> Subject:
    """Put together who is meant; the number in the form in which it is published."""
    return Subject(company_number(number), name, postcode)


def following(
    who: Subject, wants: set[str], answers: Answers, judge: Judge = fitting.by_name
) -> Step | None:
    """Give the next step for these fields, None when all is asked that is worth it."""
    if not NUMBER.fullmatch(who.number) or not wants & EVERY:
        return None
    if profile.SLUG not in answers:
        return STEPS[0]
    if fitting.why_not(who, answers, judge):
        return None
    for step in STEPS:
        is_wanted = bool(wants & (step.gives | step.leads_to))
        if step.slug not in answers and is_wanted and step.needs(answers):
            return step
    return None


def told(who: Subject, answers: Answers, judge: Judge = fitting.by_name) -> Outcome:
    """Tell all that was answered, if the company is the one that is meant."""
    if not NUMBER.fullmatch(who.number):
        return Outcome([], [f"“{who.number[:20]}” is no company number."])
    if profile.SLUG not in answers:
        return Outcome([], [])
    if why := fitting.why_not(who, answers, judge):
        return Outcome([], [why])
    asked = (step for step in STEPS if step.slug in answers)
    found = [each for step in asked for each in step.read(who.number, answers)]
    return Outcome([each for each in found if _is_field(each)], accounts.untold(answers))


def _is_field(each: Told) -> bool:
    known = fields.ORGANISATION if each.about == ORGANISATION else fields.CONTACT
    return each.field in known
