"""How well an organisation is known: the meter of one, from which those of many follow."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Sum

from crm.tenants.models import Tenant
from enrichment.blend import conflicts
from enrichment.told import ORGANISATION
from enrichment.waterfall import SURE_ENOUGH
from leads.enriching.dossier import Dossier
from leads.facts.proofs import RECORD
from leads.models import Quality
from leads.records.known import Status

# What a rep needs before the first call, and what each is worth of a hundred. Of several fields
# that serve for the same one is enough.
WORTH = (
    ("phone", 20, ("phone",)),
    ("e-mail", 20, ("email",)),
    ("contact", 15, ("person",)),
    ("website", 10, ("website",)),
    ("postcode", 10, ("postcode",)),
    ("size", 8, ("employees",)),
    ("what they do", 7, ("summary", "description")),
    ("company number", 5, ("company_number",)),
    ("trade", 5, ("sic_codes", "industry")),
)
# Of people these count where the organisation has none of its own.
OF_PEOPLE = {"email"}


@dataclass(frozen=True)
class Reckoned:
    """In hundredths, as in `Quality`; `missing` are the labels of what is not there."""

    completeness: int
    verified: int
    stale: int
    conflicts: int
    missing: list[str] = field(default_factory=list)


def reckon(dossier: Dossier) -> Reckoned:
    """Reckon the meter of one organisation from its dossier."""
    there = verified = 0
    missing: list[str] = []
    known = 0
    for label, worth, names in WORTH:
        sure = max((_sureness(dossier, name) for name in names), default=0.0)
        if sure <= 0.0:
            missing.append(label)
            continue
        there += worth
        known += 1
        verified += sure >= SURE_ENOUGH
    used = [fact for fact in dossier.every_fact if fact.status == Status.APPLIED]
    old = sum(fact.old_on <= dossier.today for fact in used)
    return Reckoned(
        there,
        round(100 * verified / known) if known else 0,
        round(100 * old / len(used)) if used else 0,
        sum(1 for slot in dossier.proofs if conflicts(dossier.values(slot))),
        missing,
    )


def keep(tenant: Tenant, dossiers: Sequence[Dossier]) -> dict[UUID, Reckoned]:
    """Write the meters of these organisations down; give them by the organisations' ids."""
    rows = []
    meters = {dossier.organisation.pk: reckon(dossier) for dossier in dossiers}
    for dossier in dossiers:
        found = meters[dossier.organisation.pk]
        rows.append(
            Quality(
                tenant=tenant,
                organisation=dossier.organisation,
                completeness=found.completeness,
                verified=found.verified,
                stale=found.stale,
                conflicts=found.conflicts,
                missing=found.missing,
                reckoned_on=dossier.today,
            )
        )
    Quality.of(tenant).bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organisation"],
        update_fields=[
            "completeness", "verified", "stale", "conflicts", "missing", "reckoned_on",
        ],
    )  # fmt: skip
    return meters


def figures(tenant: Tenant, organisations: Any) -> dict[str, float]:
    """Give the averages of these organisations' meters, and how many of them have one."""
    rows = Quality.of(tenant).filter(organisation__in=organisations)
    found = rows.aggregate(
        completeness=Avg("completeness"),
        verified=Avg("verified"),
        stale=Avg("stale"),
        conflicts=Sum("conflicts", default=0),
        known=Count("pk"),
    )
    return {name: round(float(value), 1) for name, value in found.items() if value is not None}


def _sureness(dossier: Dossier, name: str) -> float:
    """Say how sure a thing is known: what a source proves, or 0.5 for what only stands there."""
    if name == "person":
        return max((_known(dossier, (key, "name")) for key in dossier.people), default=0.0)
    sure = _known(dossier, (ORGANISATION, name))
    if name in OF_PEOPLE:
        sure = max([sure, *(_known(dossier, (key, name)) for key in dossier.people)])
    if name in ("sic_codes", "industry") and dossier.organisation.trade:
        sure = max(sure, 0.5)
    return sure


def _known(dossier: Dossier, slot: tuple[str, str]) -> float:
    found = dossier.values(slot)
    if not found or found[0].sureness < 0.3:
        return 0.0
    is_told = any(
        proof.source != RECORD and not proof.told.is_denied for proof in found[0].proofs
    )
    return found[0].sureness if is_told else 0.5
