"""What leads, their contacts and their history look like in a file.

Chunk by chunk, each with a few queries however many rows it has.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from crm.exporting import supply
from crm.exporting.columns import Cell, Column
from crm.look import formats
from crm.tenants.models import Membership
from leads.models import Contact, Lead, Organisation, StageMove, TimelineEntry
from leads.own import fields, tags
from leads.own.values import Kind, Value
from leads.records.custom import CustomField
from leads.sight import sight
from leads.timeline import origins, timeline

Source = tuple[list[Column[Any]], supply.Rows[Any]]
# Gives the leads that are meant, as far as the person sees them at that moment.
Meant = Callable[[], QuerySet[Lead]]
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class LeadRow:
    """A lead with what was looked up for its whole chunk."""

    lead: Lead
    tags: str
    origins: str
    own: dict[UUID, Value]


def leads(membership: Membership, meant: Meant, order: supply.Order | None = None) -> Source:
    """Everything that stands on a lead's page in one line, in `order` if that is given."""
    own = fields.of(membership.tenant)

    def ask() -> QuerySet[Lead]:
        return meant().select_related("organisation", "contact", "stage", "owner")

    def chunks() -> Iterator[Sequence[LeadRow]]:
        for chunk in supply.by_id(ask, order=order):
            yield _with_more(chunk, own, membership)

    return [*LEAD, *(_column(field) for field in own), *LEAD_END], chunks


def contacts(membership: Membership, meant: Meant) -> Source:
    """The people of these leads, and those of their organisations who are no other lead's."""

    def ask() -> QuerySet[Contact]:
        theirs = Exists(meant().filter(contact=OuterRef("pk")))
        pursued = Exists(meant().filter(organisation=OuterRef("organisation")))
        others = Q(pursued) & ~Q(sight.is_named(membership))
        people = Contact.of(membership.tenant).filter(Q(theirs) | others)
        return people.select_related("organisation")

    return CONTACT, lambda: supply.by_id(ask)


def activities(membership: Membership, meant: Meant) -> Source:
    """The timeline of these leads, in the order in which it was written."""

    def ask() -> QuerySet[TimelineEntry]:
        entries = _of_leads(TimelineEntry, membership, meant)
        return entries.select_related("lead__organisation", "by")

    def chunks() -> Iterator[Sequence[TimelineEntry]]:
        for chunk in supply.by_id(ask):
            hidden = _hidden(chunk, membership)
            for entry in chunk:
                if entry.lead_id in hidden:
                    timeline.veil(entry)
            yield chunk

    return ACTIVITY, chunks


def moves(membership: Membership, meant: Meant) -> Source:
    """From stage to stage, and how long a lead stood in the one before."""

    def ask() -> QuerySet[StageMove]:
        made = _of_leads(StageMove, membership, meant)
        return made.select_related("lead__organisation", "by", "from_stage", "to_stage")

    return MOVE, lambda: supply.by_id(ask)


def _of_leads(model: Any, membership: Membership, meant: Meant) -> QuerySet[Any]:
    return model.of(membership.tenant).filter(Exists(meant().filter(pk=OuterRef("lead"))))


WHAT: dict[str, Callable[[Membership, Meant], Source]] = {
    "leads": leads,
    "contacts": contacts,
    "activities": activities,
    "moves": moves,
}


def _with_more(
    chunk: Sequence[Lead], own: list[CustomField], membership: Membership
) -> list[LeadRow]:
    tenant = membership.tenant
    theirs = tags.on(chunk, tenant=tenant)
    found = _origins(chunk, membership)
    values = fields.held(chunk, own, tenant=tenant)
    return [
        LeadRow(
            lead,
            ", ".join(tag.name for tag in theirs.get(lead.pk, [])),
            "; ".join(found.get(lead.pk, [])),
            values.get(lead.pk, {}),
        )
        for lead in chunk
    ]


def _origins(chunk: Sequence[Lead], membership: Membership) -> dict[UUID, list[str]]:
    rows = sight.origins(membership).filter(lead__in=[lead.pk for lead in chunk]).order_by("id")
    found: dict[UUID, list[str]] = {}
    for origin in rows:
        said = timeline.ELSEWHERE if origins.is_hidden(origin) else origin.label
        found.setdefault(origin.lead_id, []).append(said)
    return found


def _hidden(chunk: Sequence[TimelineEntry], membership: Membership) -> set[UUID]:
    """The leads of which the member does not see every origin."""
    rows = sight.origins(membership).filter(lead__in={entry.lead_id for entry in chunk})
    return {origin.lead_id for origin in rows if origins.is_hidden(origin)}


def _column(field: CustomField) -> Column[LeadRow]:
    label = f"{field.label} (£)" if field.kind == Kind.MONEY else field.label
    places = Decimal("0.01") if field.kind == Kind.MONEY else None

    def value(row: LeadRow) -> Cell:
        found = row.own.get(field.pk)
        if isinstance(found, Decimal):
            return found.quantize(places) if places else found.normalize()
        return found

    return Column(label, value)


def _pounds(pence: int | None) -> Decimal | None:
    return None if pence is None else Decimal(pence).scaleb(-2)


def _phone(number: str) -> str:
    return formats.phone(number) if number else ""


def _of(get: Callable[[Organisation], Cell]) -> Callable[[LeadRow], Cell]:
    return lambda row: get(row.lead.organisation)


def _person(get: Callable[[Contact], Cell]) -> Callable[[LeadRow], Cell]:
    return lambda row: get(row.lead.contact) if row.lead.contact else None


def _percent(per_mille: int | None) -> Decimal | None:
    return None if per_mille is None else Decimal(per_mille).scaleb(-1)


def _name(person: Any) -> str:
    return str(person) if person else ""


LEAD: list[Column[LeadRow]] = [
    Column("Organisation", _of(lambda each: each.title)),
    Column("Trade", _of(lambda each: each.trade_label)),
    Column("Address", _of(lambda each: each.address)),
    Column("Town", _of(lambda each: each.town)),
    Column("Postcode", _of(lambda each: each.postcode)),
    Column("Phone", _of(lambda each: _phone(each.phone))),
    Column("Website", _of(lambda each: each.website)),
    Column("Company number", _of(lambda each: each.company_number)),
    Column("People", _of(lambda each: each.employees)),
    Column("Register", _of(lambda each: each.proof_label)),
    Column("Stage", lambda row: row.lead.stage.name),
    Column("Score", lambda row: row.lead.score),
    Column("Tier", lambda row: row.lead.get_tier_display()),
    Column("Grade", lambda row: row.lead.grade),
    Column("Chance (%)", lambda row: _percent(row.lead.chance)),
    Column("Closeness", lambda row: row.lead.closeness),
    Column("Owner", lambda row: _name(row.lead.owner)),
    Column("Value (£)", lambda row: _pounds(row.lead.value_pence)),
    Column("Tags", lambda row: row.tags),
    Column("Contact", _person(lambda each: each.name)),
    Column("Job title", _person(lambda each: each.job_title)),
    Column("E-mail", _person(lambda each: each.email)),
    Column("Contact's phone", _person(lambda each: _phone(each.phone))),
    Column("Source", lambda row: row.lead.source.replace("_", " ")),
    Column("Found by", lambda row: row.origins),
]
LEAD_END: list[Column[LeadRow]] = [
    Column("Added", lambda row: row.lead.created_at),
    Column("In this stage since", lambda row: row.lead.stage_since),
    Column("Page", lambda row: settings.BASE_URL + reverse("leads:detail", args=[row.lead.pk])),
]
CONTACT: list[Column[Contact]] = [
    Column("Name", lambda each: each.name),
    Column("Job title", lambda each: each.job_title),
    Column("E-mail", lambda each: each.email),
    Column("Phone", lambda each: _phone(each.phone)),
    Column("Organisation", lambda each: _name(each.organisation)),
    Column("Town", lambda each: each.organisation.town if each.organisation else ""),
    Column("Postcode", lambda each: each.organisation.postcode if each.organisation else ""),
    Column("Added", lambda each: each.created_at),
]
ACTIVITY: list[Column[TimelineEntry]] = [
    Column("When", lambda each: each.at),
    Column("Organisation", lambda each: each.lead.title),
    Column("Postcode", lambda each: each.lead.organisation.postcode),
    Column("What", lambda each: each.get_kind_display()),
    Column("Text", lambda each: each.text),
    Column("Who", lambda each: each.by_label),
]
MOVE: list[Column[StageMove]] = [
    Column("When", lambda each: each.at),
    Column("Organisation", lambda each: each.lead.title),
    Column("Postcode", lambda each: each.lead.organisation.postcode),
    Column("From", lambda each: _name(each.from_stage)),
    Column("To", lambda each: _name(each.to_stage)),
    Column(
        "Days in the stage before",
        lambda each: (
            round(Decimal(each.seconds_before) / DAY_SECONDS, 1) if each.from_stage else None
        ),
    ),
    Column("Who", lambda each: _name(each.by)),
]
