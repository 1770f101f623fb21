"""Writes down what members are refused: forged ids, forbidden pages, forms of other sites."""

import logging
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views import defaults

from crm.ledger import author, kinds, refused
from crm.ledger.models import AuditEntry, AuditPayload, Kind
from crm.tenants.models import Membership, User

logger = logging.getLogger(__name__)

REFUSALS = (403, 404, 410)
# The same again is written once in it, and no more than so many of a person: no loop fills a disk.
WHILE = timedelta(minutes=1)
MOST_PER_PERSON = 30
# Arguments of addresses that open a door.
SECRETS = {"token", "uid"}
NOTHING_THERE = "There is nothing behind this address that they may see."
NOT_ALLOWED = "They may not do this."


class Refusals:
    """Looks at the answer when the view's transaction is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if why := _why(request, response):
            try:
                note(request, why)
            except Error as error:
                logger.warning("A refusal could not be written down: %s", error)
        return response


def _why(request: HttpRequest, response: HttpResponse) -> str:
    if said := refused.said(request):
        return said
    if response.status_code not in REFUSALS:
        return ""
    if response.status_code == 403:
        return NOT_ALLOWED
    # An address that is none of ours was mistyped; one with an id in it was meant.
    found = request.resolver_match
    return NOTHING_THERE if found is not None and found.kwargs else ""


def note(request: HttpRequest, why: str) -> None:
    """Write the refusal down, in a transaction of its own."""
    person = _person(request)
    if person is None:
        return
    membership: Membership | None = getattr(request, "membership", None)
    tenant_id = membership.tenant_id if membership else None
    target = f"{request.method} {_address(request)}"[:400]
    mark = sha256(target.encode()).hexdigest()
    now = author.now()
    with transaction.atomic():
        if _is_too_much(tenant_id, person, mark):
            return
        entry = AuditEntry(
            tenant_id=tenant_id,
            actor_id=person.pk,
            actor=author.labelled(str(person), now.via)[:200],
            address=now.address,
            via=now.via,
            kind=Kind.REFUSED,
            verb=kinds.WAS_REFUSED,
            target_type="address",
            target_id=mark,
            target=target,
            fields=["why"],
        )
        entry.save(force_insert=True)
        AuditPayload(entry_id=entry.pk, at=entry.at, after={"why": why[:500]}).save(
            force_insert=True
        )


def _address(request: HttpRequest) -> str:
    """Give the path; what lets its reader in is no business of whoever reads the trail."""
    found = request.resolver_match
    path = str(request.path)
    for name in SECRETS & (found.kwargs.keys() if found is not None else set()):
        path = path.replace(str(found.kwargs[name]), "…")  # type: ignore[union-attr]
    return path


def _person(request: HttpRequest) -> User | None:
    """Whoever is signed in; a request without a session asks nothing."""
    session = getattr(request, "session", None)
    if session is None or "_auth_user_id" not in session or not request.user.is_authenticated:
        return None
    return request.user


def _is_too_much(tenant_id: Any, person: User, mark: str) -> bool:
    """Say whether it was written down just now; nobody else writes the person's meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(person.pk)])
    lately = AuditEntry.objects.filter(
        tenant_id=tenant_id, actor_id=person.pk, at__gt=timezone.now() - WHILE
    )
    marks = lately.filter(verb=kinds.WAS_REFUSED).values_list("target_id", flat=True)
    known = list(marks[:MOST_PER_PERSON])
    return mark in known or len(known) >= MOST_PER_PERSON


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 403 (`handler403`) and remember why."""
    refused.say(request, str(exception) or NOT_ALLOWED)
    return defaults.permission_denied(request, exception)
