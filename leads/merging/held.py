"""The locks under which two are made one: keys, then leads, then the two, each in one order."""

import json
from collections.abc import Collection
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from crm.tenants.models import Tenant
from leads.identity import identity
from leads.merging import rows
from leads.merging.kinds import FOLLOWS
from leads.merging.refused import GoneMeanwhile
from leads.models import Contact, IdentityKey, Lead, Merge, Organisation

Either = Organisation | Contact
LEAD_FIELDS = ("id", "organisation_id", "contact_id", "owner_id", "value_pence", "stage_id")


def hold(model: type[Either], idents: Collection[UUID], *, tenant: Tenant) -> dict[UUID, Either]:
    """Hold the rows and their leads until the transaction ends; give those that are there."""
    if model is Organisation:
        keys = IdentityKey.of(tenant).filter(organisation__in=idents)
        places = Organisation.of(tenant).filter(pk__in=idents).values_list("postcode", flat=True)
        held: set[tuple[str, str]] = set()
        # Until no other came while we waited: an intake adds keys to what it meets by one of them.
        while missing := set(keys.values_list("kind", "value")) - held:
            identity.lock(tenant, list(missing), places)
            held |= missing
    leads = _leads(model, idents, tenant)
    # As strong as deleting one of them needs, from the beginning; and leads before organisations,
    # as whoever moves a lead takes them.
    list(leads.select_for_update().order_by("id").values_list("id"))
    found = model.of(tenant).filter(pk__in=idents)
    list(found.select_for_update().order_by("id").values_list("id"))
    # Whatever came before these were held is held as well; nothing comes after.
    list(leads.select_for_update().order_by("id").values_list("id"))
    return {each.pk: each for each in found}


def _leads(model: type[Either], idents: Collection[UUID], tenant: Tenant) -> QuerySet[Lead]:
    which = Q(organisation__in=idents) if model is Organisation else Q(contact__in=idents)
    return Lead.of(tenant).filter(which)


def both(kept: Either, gone: Either) -> tuple[Either, Either]:
    """Hold the two and give them as they are now; raises GoneMeanwhile."""
    there = hold(type(kept), {kept.pk, gone.pk}, tenant=kept.tenant)
    for each in (kept, gone):
        if each.pk not in there:
            raise _missing(each)
    return there[kept.pk], there[gone.pk]


def _missing(row: Either) -> GoneMeanwhile:
    merge = standing(row.tenant).filter(gone=row.pk).select_related("by").first()
    if merge is None:
        return GoneMeanwhile(f"{row} was deleted meanwhile, so there is nothing to merge.")
    return said(merge)


def said(merge: Merge) -> GoneMeanwhile:
    """Say what became of what is gone."""
    who = str(merge.by) if merge.by else "Somebody"
    into = merge.kept_was.get("name") or "another"
    return GoneMeanwhile(
        f"{who} merged {merge.name} into {into} meanwhile. Look at that one, or undo that merge.",
        merge,
    )


def standing(tenant: Tenant) -> QuerySet[Merge]:
    """Give the merges that nobody has undone."""
    return Merge.of(tenant).filter(undone_at=None)


def fingerprint(one: Model, other: Model) -> str:
    """Write down how two stand, for a form to bring along: another one means that they changed."""
    model: type[Either] = type(one)  # type: ignore[assignment]
    told: dict[str, Any] = {}
    for each in (one, other):
        told[str(each.pk)] = {
            name: value
            for name, value in rows.image(each).items()
            if name not in FOLLOWS[type(each)]
        }
    leads = _leads(model, {one.pk, other.pk}, one.tenant)  # type: ignore[attr-defined]
    told["leads"] = [list(map(str, row)) for row in leads.order_by("id").values_list(*LEAD_FIELDS)]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]
