"""Addresses and numbers that turn out to be wrong: taken out of use, and paid back.

Locks are taken in the order of whoever files what was told: keys, leads, organisation, facts, then
questions, records of providers and the account.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from crm.credits import account, credits, prices, words
from crm.credits.purpose import Purpose
from crm.ledger import audit
from crm.look.formats import phone
from crm.tenants.models import Tenant, User
from enrichment.emails.verdict import State
from enrichment.fields import CONTACT
from enrichment.lookups import asking, paying
from enrichment.lookups.models import Lookup
from enrichment.providers.all import BY_SLUG
from enrichment.told import ORGANISATION
from leads.enriching import gathering, quality
from leads.enriching.dossier import Dossier
from leads.facts import columns, editing, proofs, replaced
from leads.identity import candidate, identity
from leads.models import Contact, EmailCheck, Fact, Organisation, TimelineEntry
from leads.records.known import Status
from leads.scored import flow
from leads.timeline import timeline

# Whoever told it answers for it for so long.
ANSWERS_FOR = timedelta(days=30)
FIELDS = {"email": "E-mail", "phone": "Phone"}
# In what a question keeps: which of its values were paid back.
REFUNDED = "refunded"
MOST_LOOKUPS = 100


@dataclass(frozen=True)
class Wronged:
    """How many credits were given back."""

    refunded: int = 0


class CannotMark(ValueError):
    """It can't be marked as wrong; the sentence says why."""


@transaction.atomic
def mark(fact: Fact, *, by: User | None, is_bounce: bool = False) -> Wronged:
    """Take what somebody told out of use, and have whoever was paid for it pay it back.

    `is_bounce` says that mail to it came back. The second time changes nothing. Raises CannotMark.
    """
    if fact.field not in FIELDS:
        raise CannotMark("Only an e-mail address or a phone number can be marked as wrong.")
    tenant = fact.tenant
    _lock_keys(fact)
    gathering.hold(tenant, [fact.organisation_id])
    dossier = next(iter(gathering.gather(tenant, [fact.organisation_id], locks=True)), None)
    rows = Fact.of(tenant).filter(pk=fact.pk).select_for_update(of=("self",), no_key=True)
    held = rows.first()
    if dossier is None or held is None:
        raise CannotMark("A colleague has deleted or merged it meanwhile, so nothing was changed.")
    refunded = sum(_pay_back(lookup, held, dossier, by) for lookup in _told_by(held, dossier))
    was = _take_out(held, dossier, by)
    if was and (row := _row(held, dossier)) is not None:
        replaced.release(row, held.field)
    if held.field == "email":
        _condemn(tenant, str(held.value), is_bounce)
    if held.status != Status.DISMISSED:
        held.status, held.decided_by, held.decided_at = Status.DISMISSED, by, timezone.now()
        held.save(update_fields=["status", "decided_by", "decided_at"])
        was = True
    if was or refunded:
        _tell(held, dossier, refunded, by, is_bounce)
        quality.keep(tenant, gathering.gather(tenant, [held.organisation_id]))
    return Wronged(refunded)


def returned(tenant: Tenant, address: str) -> Wronged:
    """Mark an address as wrong to which mail came back, wherever it was told."""
    written = candidate.email(address) or address.strip().casefold()
    key = proofs.digest(CONTACT["email"], written)
    facts = Fact.of(tenant).filter(field="email", key=key).select_related("tenant")
    refunded = sum(
        mark(fact, by=None, is_bounce=True).refunded
        for fact in facts.order_by("organisation", "pk")
    )
    if written:
        _condemn(tenant, written, is_bounce=True)
    return Wronged(refunded)


def _lock_keys(fact: Fact) -> None:
    """Let nobody admit what the organisation becomes meanwhile: before any row."""
    if fact.contact_id is not None or not columns.has(Organisation(), fact.field):
        return
    organisation = Organisation.of(fact.tenant).filter(pk=fact.organisation_id).first()
    if organisation is not None:
        setattr(organisation, fact.field, "")
        keys = editing.keys_of(organisation)
        identity.lock(fact.tenant, keys, [organisation.postcode])


def _take_out(fact: Fact, dossier: Dossier, by: User | None) -> bool:
    """Empty the column that holds the value; say whether it did."""
    row = _row(fact, dossier)
    field = proofs.field(fact.field, is_person=fact.contact_id is not None)
    if row is None or field is None:
        return False
    value = columns.of(row, fact.field)
    if value == "" or proofs.digest(field, value) != fact.key:
        return False
    former = editing.keys_of(row) if isinstance(row, Organisation) else []
    setattr(row, fact.field, "")
    row.save(update_fields=[fact.field])
    if isinstance(row, Organisation):
        editing.identify(row, {fact.field}, former)
    audit.write(
        row, "marked as wrong", by=by, before={fact.field: value}, after={fact.field: ""}
    )
    flow.queue_all(dossier.leads)
    return True


def _row(fact: Fact, dossier: Dossier) -> Organisation | Contact | None:
    if fact.contact_id is None:
        return dossier.organisation
    return dossier.people.get(str(fact.contact_id))


def _condemn(tenant: Tenant, address: str, is_bounce: bool) -> None:
    """Have nobody write there any more."""
    why = "Mail to it came back." if is_bounce else "Somebody here says that it is wrong."
    EmailCheck.of(tenant).update_or_create(
        tenant=tenant,
        address=address[:254],
        defaults={"is_wrong": True},
        create_defaults={
            "is_wrong": True, "state": str(State.UNDELIVERABLE), "reasons": [why],
        },
    )  # fmt: skip


def _told_by(fact: Fact, dossier: Dossier) -> list[Lookup]:
    """Give the questions whose answers brought the value, held: of each provider its last one.

    Who takes nothing is not to blame: a website says what it says. Nor is who denied it.
    """
    seen = {
        row["source"]: row["seen_on"]
        for row in fact.proofs
        if not row.get("is_denied") and _is_paid(row["source"])
    }
    if not seen:
        return []
    rows = Lookup.of(fact.tenant).filter(
        provider__in=seen,
        state=Lookup.State.TOLD,
        answered_at__gt=timezone.now() - ANSWERS_FOR,
        told__contains=[{"field": fact.field, "value": fact.value}],
    )
    found: dict[str, tuple[tuple[bool, bool, Any], Lookup]] = {}
    for row in rows.order_by("pk").select_for_update(no_key=True)[:MOST_LOOKUPS]:
        # The same may have been told of others: those must not pay for this one.
        is_about = row.about in _abouts(row.provider, fact, dossier)
        at = row.answered_at or row.created_at
        is_day = at.date().isoformat() == seen[row.provider]
        rank = (is_about, is_day, at)
        if (is_about or is_day) and _says(row, fact):
            best = found.get(row.provider)
            found[row.provider] = max(best, (rank, row), key=lambda each: each[0]) if best else (
                rank, row,
            )  # fmt: skip
    return [found[slug][1] for slug in sorted(found)]


def _is_paid(source: str) -> bool:
    return source in BY_SLUG and BY_SLUG[source].action is not None


def _says(lookup: Lookup, fact: Fact) -> bool:
    return any(
        row.get("field") == fact.field
        and row.get("value") == fact.value
        and not row.get("is_denied")
        for row in lookup.told
    )


def _abouts(slug: str, fact: Fact, dossier: Dossier) -> set[str]:
    """Name the questions that the provider may have been asked about it."""
    provider = BY_SLUG[slug]
    whom: Iterable[str] = {ORGANISATION, str(fact.contact_id or ORGANISATION)}
    named = {provider.about(dossier.subject(person)) for person in whom}
    # Who checks a value is asked about that itself.
    named |= {str(fact.value)} if provider.checks else set()
    return {each[: asking.LONGEST] for each in named if each}


def _pay_back(lookup: Lookup, fact: Fact, dossier: Dossier, by: User | None) -> int:
    """Give back what the value took, once, and count it against the provider; say how much."""
    before = [row for row in lookup.kept.get(REFUNDED, ()) if isinstance(row, dict)]
    if any(row.get("key") == fact.key for row in before):
        return 0
    provider = BY_SLUG[lookup.provider]
    back = min(_price(lookup), lookup.credits - sum(row.get("credits", 0) for row in before))
    back = max(0, back)
    lookup.kept = lookup.kept | {REFUNDED: [*before, {"key": fact.key, "credits": back}]}
    lookup.save(update_fields=["kept"])
    answered = lookup.answered_at or lookup.created_at
    month = timezone.localdate(answered).replace(day=1)
    segment = lookup.segment or dossier.organisation.trade
    paying.rows_of(fact.tenant, lookup.provider, segment, month).update(wrong=F("wrong") + 1)
    if back:
        credits.refund(
            fact.tenant,
            back,
            service=provider.service,
            action=str(provider.action),
            by=by,
            for_=_purpose(lookup),
            note=f"{FIELDS[fact.field]} from {provider.label} was wrong",
        )
    return back


def _price(lookup: Lookup) -> int:
    """Give what one value takes."""
    action = BY_SLUG[lookup.provider].action
    if action is None or not lookup.credits:
        return 0
    try:
        return prices.of(action)
    except prices.NoPrice:
        return lookup.credits


def _purpose(lookup: Lookup) -> Purpose | None:
    """Give what it was used for, so that this use is lessened."""
    if lookup.reservation is None:
        return None
    try:
        entry = account.last_of(lookup.tenant, lookup.reservation)
    except credits.NoReservation:
        return None
    return Purpose(entry.for_ref, entry.for_label, entry.for_url)


def _tell(fact: Fact, dossier: Dossier, refunded: int, by: User | None, is_bounce: bool) -> None:
    value = phone(str(fact.value)) if fact.field == "phone" else str(fact.value)
    said = f"Mail to {value} came back." if is_bounce else f"{FIELDS[fact.field]} {value} is wrong."
    if refunded:
        said += f" {words.many(refunded)} given back."
    for lead in dossier.leads:
        timeline.write(lead, TimelineEntry.Kind.FIELD, said, by=by)
