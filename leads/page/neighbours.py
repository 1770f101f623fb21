"""Leads near another one: other sites of its group, the same postcode, the same campaign."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, QuerySet

from crm.registers import names
from crm.tenants.models import Membership
from leads.models import Lead
from leads.page import gathering
from leads.records.organisations import Organisation
from leads.sight import sight

SHOWN = 6
# So many are looked at, as the database gives them: of thousands nobody wants the very best.
LOOKED_AT = 30
COLUMNS = ("id", "score", "tier")


@dataclass(frozen=True)
class Neighbour:
    """A lead in one line; `place` tells it apart."""

    id: UUID
    title: str
    place: str
    score: int
    tier: str
    stage: str
    stage_kind: str


def asked(lead: Lead, membership: Membership) -> dict[str, ArraySubquery]:
    """Give what is to be gathered: lists of leads by what they have in common."""
    others = sight.leads(membership).exclude(pk=lead.pk).order_by()
    here = lead.organisation
    found = {}
    if here.group_id is not None:
        found["sites"] = others.filter(organisation__group=here.group_id)
    if here.postcode:
        found["near"] = others.filter(organisation__postcode=here.postcode)
    if lead.found_by is not None:
        origins = sight.origins(membership).filter(
            lead=lead, ref=lead.found_by, **{sight.IS_SEEN: True}
        )
        found["together"] = others.filter(Exists(origins), found_by=lead.found_by)
    return {name: _gathered(leads) for name, leads in found.items()}


def _gathered(leads: QuerySet[Lead]) -> ArraySubquery:
    return gathering.rows(
        leads[:LOOKED_AT],
        *COLUMNS,
        name=F("organisation__name"),
        has_generic_name=F("organisation__has_generic_name"),
        address=F("organisation__address"),
        town=F("organisation__town"),
        postcode=F("organisation__postcode"),
        stage=F("stage__name"),
        stage_kind=F("stage__kind"),
    )


def read(lead: Lead, found: dict[str, Any]) -> dict[str, list[Neighbour]]:
    """Give each list: of neighbours those of the same building alone, and the rest beside it."""
    here = lead.organisation
    door = names.premise(here.address)
    near = found.get("near") or []
    building = [row for row in near if door and names.premise(row["address"]) == door]
    beside = [row for row in near if row not in building]
    lists = {
        "sites": found.get("sites") or [],
        "building": building,
        "near": beside,
        "together": found.get("together") or [],
    }
    told: set[str] = set()
    shown = {}
    for name, rows in lists.items():
        fresh = sorted((row for row in rows if row["id"] not in told), key=_best_first)[:SHOWN]
        told |= {row["id"] for row in fresh}
        shown[name] = [_neighbour(row) for row in fresh]
    return shown


def _best_first(row: dict[str, Any]) -> tuple[int, str]:
    return -row["score"], row["name"]


def _neighbour(row: dict[str, Any]) -> Neighbour:
    one = Organisation(
        name=row["name"], has_generic_name=row["has_generic_name"], address=row["address"]
    )
    return Neighbour(
        id=UUID(row["id"]),
        title=one.title,
        place=", ".join(part for part in (row["town"], row["postcode"]) if part),
        score=row["score"],
        tier=row["tier"],
        stage=row["stage"],
        stage_kind=row["stage_kind"],
    )
