"""Trying a key out: one call that costs nothing, and its answer in words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from crm.keys import cheapest, models_seen, reporting, standing, system
from crm.keys.cheapest import Told
from crm.keys.holding import of
from crm.keys.models import Credential, State, SystemKey
from crm.keys.reporting import Tried
from crm.keys.standing import Standing, Stands
from crm.keys.what import EVERY
from crm.ledger import audit
from crm.look.formats import as_of
from crm.outside import errors
from crm.outside.key import Key
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User

# Somebody sits before the page.
DEADLINE = 12.0
BETWEEN = timedelta(seconds=5)
NO_KEY = "There is no key of {} to test. Put one in first."
MAYBE = "Whether there is credit again shows with the next question."
LACKS_OURS = "The key works, but {} is not among its models."


class NotTested(Exception):
    """No call was made; the sentence says why."""


def test(tenant: Tenant, service: str, *, by: User) -> Standing:
    """Try the key that the company asks with, and keep what comes of it; raises NotTested.

    While the service is asked nothing is locked, and no transaction may be open.
    """
    key, before = _begin(tenant, service)
    state, told = _ask(key)
    if state == State.WORKS and before == State.NO_CREDIT and not told.knows_credit:
        told = replace(told, words=f"{told.words} {MAYBE}")
    with acting_for(tenant):
        if told.models is not None:
            models_seen.keep(key, told.models)
        reporting.note(key, state, told.words, until=told.until, tried=Tried(told.knows_credit))
        now = standing.of(tenant, service)
        if key.is_system:
            now = replace(now, said=_of_the_installations(now, state, told))
        _write_down(tenant, key, now, by)
    return replace(now, went_well=state == State.WORKS and not told.lacks_ours)


def _of_the_installations(now: Standing, state: State | None, told: Told) -> str:
    """Give what a company is told of that key: nothing of what its account holds."""
    if state is None:
        return told.words
    return LACKS_OURS.format(settings.OPENAI_MODEL) if told.lacks_ours else now.said


def _write_down(tenant: Tenant, key: Key, now: Standing, by: User) -> None:
    told = {"service": EVERY[key.service].label, "answer": now.said}
    if key.is_system:
        audit.write(tenant, "tested the installation's key for", by=by, after=told)
    else:
        row = Credential.of(tenant).get(service=key.service)
        audit.write(row, "tested the key of", by=by, after=told)


def _begin(tenant: Tenant, service: str) -> tuple[Key, str]:
    """Give the key to try and how it stood; of two clicks the second comes too early."""
    label, now = EVERY[service].label, timezone.now()
    with acting_for(tenant):
        key = of(tenant, service)
        if key is None:
            before = standing.of(tenant, service)
            unreadable = before.state == Stands.UNREADABLE
            raise NotTested(before.said if unreadable else NO_KEY.format(label))
        rows: QuerySet[Any] = Credential.of(tenant).filter(service=service)
        if key.is_system:
            system.keep()
            rows = SystemKey.objects.filter(service=service)
        early = Q(tried_at__gt=now - BETWEEN, tried_at__lte=now)
        if not rows.exclude(early).update(tried_at=now):
            raise NotTested(f"{label} was asked just now. Wait a few seconds, then test again.")
        return key, rows.get().state


def _ask(key: Key) -> tuple[State | None, Told]:
    """Give what the answer says of the key, if anything, and its words."""
    try:
        told = cheapest.ask(key, deadline=DEADLINE)
    except errors.Refused as refused:
        return reporting.STATES.get(refused.kind), Told(reporting.words(refused))
    except errors.Later as later:
        return None, Told(f"Not asked: {later} It can be tried at {as_of(later.until)}.")
    except errors.Away as away:
        return None, Told(f"Not reachable: {away}")
    except errors.Outside as other:
        return None, Told(f"No answer to go by: {other}")
    return (State.NO_CREDIT if told.is_empty else State.WORKS), told
