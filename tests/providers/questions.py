"""A question to a provider, as whoever looks things up asks it, and the patience for its answer."""

import time
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils import timezone

from crm.outside.errors import Later
from crm.outside.key import Key
from crm.tenants.models import Tenant
from enrichment import fields
from enrichment.contract import Answer, Asking, NotYet, Provider, Subject
from enrichment.lookups import telling
from enrichment.told import Told

EVERYTHING = frozenset(fields.ORGANISATION)


def key(service: str, secret: str = "") -> Key:
    secret = secret or f"sim-{service}"
    ident = sha256(secret.encode()).hexdigest()[:40]
    return Key(service, secret, ident, secret[-4:], is_system=False, tenant_id=None)


def subject(**known: Any) -> Subject:
    """An organisation of which this is known; one value each, or a list."""
    values = {name: each if isinstance(each, list) else [each] for name, each in known.items()}
    return Subject(Tenant(name="Ours"), "an-organisation", values)


def asking(provider: Provider, about: Subject, **more: Any) -> Asking:
    usual = {
        "key": key(provider.service) if provider.service else None,
        "wants": provider.gives,
        "today": timezone.localdate(),
        # All who are found, however many credits that would take.
        "most": 25,
    }
    return Asking(about, **{**usual, **more})


def answered(provider: Provider, about: Subject, **more: Any) -> Answer:
    """Ask, and come back as often as the provider wants; all that it keeps is kept as text."""
    tickets: list[str] = []
    question = asking(provider, about, keep=tickets.append, **more)
    for _ in range(400):
        with suppress(Later):
            answer = provider.ask(question)
            if isinstance(answer, Answer):
                # It is written down before anybody sees it.
                return replace(answer, told=telling.read(telling.write(answer.told)))
            assert isinstance(answer, NotYet)
            assert tickets
        time.sleep(0.02)
        if tickets:
            question = replace(question, ticket=tickets[-1][:200])
    raise AssertionError("There was never an answer.")


def of(answer: Answer, field: str) -> list[Any]:
    """The values of a field of the organisation."""
    return [each.value for each in answer.told if (each.field, each.about) == (field, "")]


def one(answer: Answer, field: str) -> Told:
    (found,) = (each for each in answer.told if (each.field, each.about) == (field, ""))
    return found


def are_well_formed(answer: Answer, today: date) -> None:
    """Everything that is told is of a known field, in its form, and of no day to come."""
    for each in answer.told:
        known = (fields.CONTACT if each.about else fields.ORGANISATION)[each.field]
        is_list = isinstance(each.value, list)
        assert is_list is (known.form == fields.Form.WORDS)
        assert each.as_of is None or each.as_of <= today
