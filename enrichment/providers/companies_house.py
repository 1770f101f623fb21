"""Companies House, asked with a key: all that it has of a company's number, step by step."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

from django.utils import timezone

from crm.credits.prices import Action
from crm.outside import clock, pace
from crm.outside.errors import Later
from crm.outside.key import Key
from enrichment import given
from enrichment.companies_house import meant, steps
from enrichment.companies_house.kept import Answers, Kept
from enrichment.companies_house.steps import Step
from enrichment.contract import Answer, Asking, Provider, Subject, Unanswerable
from enrichment.storable import storable
from enrichment.waterfall import PERSON

# What was answered so lately is not asked again.
A_DAY = timedelta(days=1)
# A question is several calls, and all who ask share the pace. So many threads of a process wait for
# their turns here, enough that no slot stays empty; the others have better things to do meanwhile.
PLACES = BoundedSemaphore(3)
# Of the vendor's seconds; longer waits are the caller's.
PATIENCE, LONGEST_WAIT = 45.0, 30.0
# Our side gets no faster with the vendor's clock.
LEAST_PATIENCE, LEAST_WAIT = 5.0, 0.25

NOTHING = "Companies House says nothing of what is wanted."


@dataclass(frozen=True)
class CompaniesHouse(Provider):
    """One question is as many calls as are worth it for what is wanted, ten at the most."""

    slug = "companies_house"
    label = "Companies House"
    service = "companies_house"
    needs = (frozenset({"company_number"}),)
    gives = steps.GIVES
    gives_people = steps.GIVES_PEOPLE
    action = Action.COMPANIES_HOUSE
    good_for = 30
    is_shared = True
    is_of_people = False
    checks = ""

    def about(self, subject: Subject) -> str:
        return meant.about(subject)

    def charge(self) -> int:
        return 0

    def ask(self, asking: Asking) -> Answer:
        if asking.key is None:
            raise Unanswerable("Companies House is asked with a key, and there is none.")
        who, judge = meant.fitted(asking.subject), meant.judge(asking.subject)
        answers = _recent(asking, who.number)
        ends = time.monotonic() + clock.real(PATIENCE, least=LEAST_PATIENCE)
        wants = {name.removeprefix(PERSON) for name in asking.wants}
        calls = 0
        with _place() as has_place:
            while step := steps.following(who, wants, answers, judge):
                if calls and time.monotonic() >= ends:
                    raise Later(timezone.now(), "Companies House takes its time.")
                found = _asked(step, asking.key, who.number, answers, ends if has_place else 0)
                answers[step.slug] = storable(found)
                calls += 1
                asking.save({"number": who.number, "answers": answers})
        outcome = steps.told(who, answers, judge)
        kept = {"number": who.number, "answers": answers, "untold": outcome.untold}
        why = "" if outcome.told else " ".join(outcome.untold) or NOTHING
        return Answer(outcome.told, quantity=calls, kept=kept, why_nothing=why)


@contextmanager
def _place() -> Iterator[bool]:
    """Say whether one may wait for turns here while the block lasts."""
    if not PLACES.acquire(blocking=False):
        yield False
        return
    try:
        with pace.staying():
            yield True
    finally:
        PLACES.release()


def _asked(step: Step, key: Key, number: str, answers: Answers, ends: float) -> Kept:
    """Ask one step, and wait for its turn as long as that is short, till `ends`."""
    while True:
        try:
            return step.ask(key, number, answers)
        except Later as later:
            wait = max((later.until - timezone.now()).total_seconds(), 0.02)
            longest = clock.real(LONGEST_WAIT, least=LEAST_WAIT)
            if wait > longest or time.monotonic() + wait > ends:
                raise
            time.sleep(wait)


def _recent(asking: Asking, number: str) -> dict[str, Kept]:
    """Give what was answered within a day of this number, by the slug of its step."""
    kept: Mapping[str, Any] = asking.kept
    if given.text(kept, "number") != number:
        return {}
    found = given.part(kept, "answers")
    slugs = {step.slug for step in steps.STEPS}
    return {
        slug: each
        for slug, each in found.items()
        if slug in slugs
        and (on := given.day(each, "on")) is not None
        and timedelta() <= asking.today - on <= A_DAY
    }


PROVIDER = CompaniesHouse()
