"""Looking a company up as a caller does: one step after the other, and nothing is asked twice."""

import json
import time
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from typing import Any

from crm.outside.errors import Later
from crm.outside.key import Key
from enrichment.companies_house import steps
from enrichment.companies_house.fitting import Judge, Subject
from enrichment.companies_house.steps import Outcome, Step
from enrichment.told import ORGANISATION, Told

EVERYTHING = set(steps.GIVES | steps.GIVES_PEOPLE)


def key(secret: str = "sim-ch") -> Key:
    ident = sha256(secret.encode()).hexdigest()[:40]
    return Key("companies_house", secret, ident, secret[-4:], is_system=False, tenant_id=None)


def anybody(*_: Any) -> str:
    """Takes every company for the one that is meant."""
    return ""


def asked(
    who: Subject, wants: Iterable[str] = (), judge: Judge = anybody, secret: str = "sim-ch"
) -> dict[str, Any]:
    """What is kept of all the steps, by their slugs in the order of asking."""
    answers: dict[str, Any] = {}
    while step := steps.following(who, set(wants) or EVERYTHING, answers, judge):
        assert step.slug not in answers
        # Whoever keeps it keeps it as JSON.
        answers[step.slug] = json.loads(json.dumps(patiently(step, who, answers, secret)))
    return answers


def patiently(step: Step, who: Subject, answers: dict[str, Any], secret: str = "sim-ch") -> Any:
    """Ask, and come back when it is not yet time: this machine may be busy with other tests."""
    for _ in range(500):
        with suppress(Later):
            return step.ask(key(secret), who.number, answers)
        time.sleep(0.02)
    raise AssertionError(f"Nothing came of {step.slug}.")


def of(outcome: Outcome, field: str) -> list[Any]:
    """The values of a field of the organisation."""
    return [each.value for each in outcome.told if (each.field, each.about) == (field, "")]


def one(outcome: Outcome, field: str) -> Told:
    """The one that is told of a field of the organisation."""
    (found,) = (each for each in outcome.told if (each.field, each.about) == (field, ""))
    return found


def people(outcome: Outcome) -> dict[str, dict[str, Any]]:
    """What is told of each person, by their name."""
    found: dict[str, dict[str, Any]] = {}
    for each in outcome.told:
        if each.about != ORGANISATION:
            found.setdefault(each.about, {})[each.field] = each.value
    return {who["name"]: who for who in found.values()}
