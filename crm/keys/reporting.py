"""Whoever called a service says how it took the key; people are told once that it does not."""

import logging
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from crm.keys import models_seen, own, system
from crm.keys.models import Credential, Known, ModelWatch, State, SystemKey
from crm.keys.standing import day
from crm.keys.what import EVERY
from crm.ledger import audit
from crm.notices import telling
from crm.outside import reacting
from crm.outside.errors import Refused
from crm.outside.key import Key
from crm.outside.services import SERVICES
from crm.tenants import members
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User
from crm.tenants.permissions import Permission
from crm.upward import named
from crm.work.models import State as WorkState

logger = logging.getLogger(__name__)

# A key that comes and goes is told of once in so long.
QUIET = timedelta(days=1)
BAD = (State.REFUSED, State.NO_CREDIT)
STATES = {
    "key": State.REFUSED,
    "plan": State.REFUSED,
    "address": State.REFUSED,
    "credit": State.NO_CREDIT,
}


def report(key: Key, error: Refused | None) -> None:
    """Note that the service took the key (None), or why it did not.

    It writes only what is new. That the model is gone says nothing about the key.
    """
    if error is None:
        note(key, State.WORKS, "")
    elif error.kind == "model":
        models_seen.gone(key)
        _have_told(key)
    elif error.kind in STATES:
        said = words(error)
        if key.is_system and error.said:
            # Read by whoever looks after the installation, and by no company.
            said = f"{said} {SERVICES[key.service].label} said: “{error.said}”"
        note(key, STATES[error.kind], said)


def words(error: Refused) -> str:
    """Say why it was refused, without the way to the page of keys."""
    return str(error).replace(f" Check it under {reacting.KEYS}.", "")


@dataclass(frozen=True)
class Tried:
    """Who has just tried the key out: they know, so that nobody is told."""

    knows_credit: bool


def note(
    key: Key,
    state: State | None,
    said: str,
    *,
    until: datetime | None = None,
    tried: Tried | None = None,
) -> None:
    """Have the key stand so from now on, unless it does already or is ours no longer.

    No state: the service said nothing about the key.
    """
    known = _read(key, for_update=False)
    if known is not None and tried is None and _is_so(known, state, said):
        return
    with _acting(key):
        known = _read(key, for_update=True)
        if known is None or (tried is None and _is_so(known, state, said)):
            return
        before = known.state
        known.said = said[:400]
        if state is not None and (state != known.state or state != State.WORKS):
            known.since = timezone.now()
        if state is not None:
            known.state, known.until = state, until
        tells = known.state in BAD and state is not None and tried is None and _is_quiet(known)
        if tried is not None:
            known.tested_at = timezone.now()
        if tells or (tried is not None and state in BAD):
            known.told_at = timezone.now()
        elif tried is not None and state == State.WORKS and tried.knows_credit:
            known.told_at = None
        known.save()
        _follow(key, known, before, is_tried=tried is not None, tells=tells)


def _acting(key: Key) -> AbstractContextManager[None]:
    """Act for the company that asked with the key, whoever calls."""
    if key.tenant_id is None:
        return transaction.atomic()
    return acting_for(Tenant(pk=key.tenant_id))


def changed(tenant: Tenant, service: str) -> None:
    """Have what waits because of the key be done at once."""
    for hear in named("KEY_CHANGED"):
        hear(tenant, service)


def _read(key: Key, *, for_update: bool) -> Known | None:
    """Give the row of just this key; None once another has taken its place."""
    if key.is_system:
        return _systems(key, for_update=for_update)
    if key.tenant_id is None:
        return None
    rows = Credential.of(Tenant(pk=key.tenant_id)).filter(service=key.service).exclude(sealed="")
    row = rows.select_for_update().first() if for_update else rows.first()
    try:
        return row if row is not None and own.key(row).ident == key.ident else None
    except own.CannotBeOpened:
        return None


def _systems(key: Key, *, for_update: bool) -> SystemKey | None:
    """Give the row of the installation's key, a new one where the settings hold another."""
    now = system.key(key.service)
    if now is None or now.ident != key.ident:
        return None
    if not for_update:
        return system.row(now)
    system.keep()
    return SystemKey.objects.select_for_update().get(service=key.service)


def _is_so(known: Known, state: State | None, said: str) -> bool:
    """Say whether that is known; a test has said in more words that it works."""
    return known.state == state and (state == State.WORKS or known.said == said[:400])


def _is_quiet(known: Known) -> bool:
    return known.told_at is None or known.told_at < timezone.now() - QUIET


def _follow(key: Key, known: Known, before: str, *, is_tried: bool, tells: bool) -> None:
    """Write down that a key stands otherwise, tell of it, and wake what waits."""
    if not isinstance(known, Credential):
        if tells:
            label = EVERY[key.service].label
            logger.warning("The installation's key of %s: %s", label, known.said)
        return
    if known.state != before and not is_tried:
        audit.write(
            known,
            "found the key of",
            by=None,
            before={"state": State(before).label},
            after={"state": State(known.state).label, "said": known.said},
        )
    if tells:
        tell(members.able(known.tenant, Permission.MANAGE_KEYS), known.tenant, *_news(known))
    elif known.state == State.WORKS and before in BAD:
        changed(known.tenant, known.service)


def tell(people: Iterable[User], tenant: Tenant, headline: str, text: str) -> None:
    """Tell them, and lead them to the keys."""
    url = reverse("keys:page")
    telling.tell(people, telling.Kind.KEYS, text, tenant=tenant, url=url, headline=headline)


def _have_told(key: Key) -> None:
    """Have the company's owners told by its daily check, now."""
    if key.tenant_id is not None:
        tenant = Tenant(pk=key.tenant_id)
        with acting_for(tenant):
            watches = ModelWatch.of(tenant).filter(state=WorkState.DONE)
            watches.update(next_at=timezone.now())


def _news(row: Credential) -> tuple[str, str]:
    label = EVERY[row.service].label
    if row.state == State.NO_CREDIT:
        until = f" until {day(row.until)}" if row.until else ""
        headline = f"Your {label} account is out of credit{until}"
        then = "Top it up there and press Test, or put in the key of another account."
    else:
        headline = f"{label} refuses your company’s key"
        then = (
            "Put in another key, or remove it to fall back to the installation’s. Until then "
            f"nothing is asked of {label}."
        )
    return headline, f"{headline}. {row.said} {then}"
