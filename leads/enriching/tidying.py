"""Tidying up: all is reckoned anew and brought into one form, and what nobody needs goes.

Step by step, each in lots; a lot is a transaction.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from crm import ids
from crm.ledger import audit
from crm.notices import telling
from crm.tenants import members
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.lease import Lease
from leads.enriching import gathering, judging_anew, reckoning
from leads.facts import editing
from leads.facts.facts import FACTS
from leads.identity import candidate
from leads.models import Contact, Fact, Organisation, Upkeep
from leads.records.known import Status
from leads.scored import flow

LOT = 200
KEPT = timedelta(days=365)
Counts = dict[str, int]
# A step does its next lot behind this id; it gives the last id, None at its end, and what it did.
Step = Callable[[Tenant, UUID], tuple[UUID | None, Counts]]


def work(row: Upkeep, lease: Lease) -> None:
    """Do the next lot of the step that it is at."""
    if row.step == len(STEPS):
        judging_anew.work(row, lease, end=_end)
        return
    with acting_for(row.tenant):
        last, did = STEPS[row.step](row.tenant, row.last or ids.NOBODYS)
        counts = added(row.counts, did)
        if last is not None:
            lease.release(row, last=last, counts=counts)
        else:
            lease.release(row, step=row.step + 1, last=None, counts=counts)


def added(counts: Counts, did: Counts) -> Counts:
    """Give what was done together."""
    return counts | {name: counts.get(name, 0) + many for name, many in did.items()}


def _end(row: Upkeep, lease: Lease, counts: Counts) -> None:
    lease.finish(row, ended_at=timezone.now(), last=None, counts=counts)
    audit.write(row, "ended", by=None, after=counts)
    if row.by is not None:
        people = members.who_is_still_here(row.tenant, [row.by])
        said = "Your records are tidied up. See what was done."
        url = reverse("leads:quality")
        telling.tell(people, telling.Kind.BULK, said, tenant=row.tenant, url=url)


def contacts(tenant: Tenant, after: UUID) -> tuple[UUID | None, Counts]:
    """Write people's addresses and numbers in their one form."""
    rows = Contact.of(tenant).filter(~Q(email="") | ~Q(phone=""), pk__gt=after)
    lot = list(rows.order_by("pk").select_for_update(no_key=True)[:LOT])
    was = {row.pk: {"email": row.email, "phone": row.phone} for row in lot}
    changed, counts = [], {"emails": 0, "phones": 0}
    for row in lot:
        email, phone = candidate.email(row.email), candidate.phone(row.phone)
        # What is no address or number at all is for a person to see.
        row.email, row.phone = email or row.email, phone or row.phone
        counts["emails"] += row.email != was[row.pk]["email"]
        counts["phones"] += row.phone != was[row.pk]["phone"]
        if {"email": row.email, "phone": row.phone} != was[row.pk]:
            changed.append(row)
    Contact.of(tenant).bulk_update(changed, ["email", "phone"])
    audit.write_all(
        changed,
        "tidied",
        by=None,
        before=lambda row: was[row.pk],
        after=lambda row: {"email": row.email, "phone": row.phone},
    )
    return (lot[-1].pk if len(lot) == LOT else None), counts


def organisations(tenant: Tenant, after: UUID) -> tuple[UUID | None, Counts]:
    """Write organisations' numbers in their one form, and reckon how well each is known."""
    rows = Organisation.of(tenant).filter(pk__gt=after).order_by("pk")
    lot = list(rows.values_list("pk", flat=True)[:LOT])
    phones = _phones(tenant, lot)
    counts = {"phones": phones, "reckoned": reckoning.reckon(tenant, lot)}
    return (lot[-1] if len(lot) == LOT else None), counts


def _phones(tenant: Tenant, lot: list[UUID]) -> int:
    written = Organisation.of(tenant).filter(pk__in=lot).exclude(phone="")
    becoming = {
        row.pk: number
        for row in written
        if (number := candidate.phone(row.phone)) not in ("", row.phone)
    }
    wrong = sorted(becoming)
    if not wrong:
        return 0
    editing.lock_keys(tenant, [(each, FACTS["phone"], becoming[each]) for each in wrong])
    gathering.hold(tenant, wrong)
    rows = Organisation.of(tenant).filter(pk__in=wrong).order_by("pk")
    held = list(rows.select_for_update(no_key=True).select_related("tenant"))
    was = {row.pk: row.phone for row in held}
    for row in held:
        former = editing.keys_of(row)
        row.phone = candidate.phone(row.phone) or row.phone
        row.save(update_fields=["phone"])
        editing.identify(row, {"phone"}, former)
    audit.write_all(
        held,
        "tidied",
        by=None,
        before=lambda row: {"phone": was[row.pk]},
        after=lambda row: {"phone": row.phone},
    )
    flow.queue_all(lead for each in gathering.gather(tenant, wrong) for lead in each.leads)
    return len(held)


def replaced(tenant: Tenant, after: UUID) -> tuple[UUID | None, Counts]:
    """Throw away what was replaced, and that nobody has told for a year."""
    long_ago = timezone.localdate() - KEPT
    rows = Fact.of(tenant).filter(
        pk__gt=after, status=Status.SUPERSEDED, seen_on__lt=long_ago, decided_by=None
    )
    lot = list(rows.order_by("pk").values_list("pk", flat=True)[:LOT])
    Fact.of(tenant).filter(pk__in=lot).delete()
    return (lot[-1] if len(lot) == LOT else None), {"facts": len(lot)}


STEPS: tuple[Step, ...] = (contacts, replaced, organisations)
