"""Where the words of a search stand on a page of leads: in what is shown, or in a line below."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm.look.formats import phone
from crm.tenants.models import Tenant
from leads.models import Contact, Lead
from leads.records.history import TimelineEntry
from leads.search.marking import Marker
from leads.search.search import Found, Plain

# Of all contacts and notes on a page, so many at most are looked into.
MOST = 400
# What is said in front of what was found there.
SAID = {
    "name": "Contact",
    "email": "Contact",
    "phone": "Phone",
    "job_title": "Contact",
    "note": "In a note",
    "call": "In a call",
    "task": "In a task",
}
# What must be loaded of each lead besides its organisation's name.
NEEDS = tuple(
    f"organisation__{name}"
    for name in (
        "address", "company_number", "domain", "has_generic_name", "name", "phone", "postcode",
        "town", "trade",
    )
)  # fmt: skip
NOTED = (TimelineEntry.Kind.NOTE, TimelineEntry.Kind.CALL, TimelineEntry.Kind.TASK)


@dataclass(frozen=True)
class Marks:
    """What is shown of a lead with the words marked; `line` says where else they stand, or ""."""

    title: SafeString
    town: SafeString
    postcode: SafeString
    trade: SafeString
    line: SafeString


def show(leads: Sequence[Lead], found: Found, *, tenant: Tenant) -> None:
    """Hang its marks on each; asks once, where what is shown does not hold all words."""
    marker = Marker(found.asked, is_loose=found.is_loose)
    missing = {lead.pk: set(found.asked) - marker.met(_shown(lead)) for lead in leads}
    told = _told([lead for lead in leads if missing[lead.pk]], found, tenant)
    for lead in leads:
        of = lead.organisation
        line = SafeString("")
        if missing[lead.pk]:
            line = _line(marker, missing[lead.pk], [*told[lead.organisation_id], *told[lead.pk]])
        lead.marks = Marks(
            marker.marked(lead.title),
            marker.marked(of.town),
            marker.marked(of.postcode),
            marker.marked(of.trade_label),
            line,
        )


def _shown(lead: Lead) -> str:
    of = lead.organisation
    return f"{lead.title} {of.town} {of.postcode} {of.trade_label} {of.trade.replace('_', ' ')}"


def _told(
    leads: list[Lead], found: Found, tenant: Tenant
) -> defaultdict[UUID, list[tuple[str, str]]]:
    """Give what else is known of them, by lead or organisation: what it is, and its text."""
    told: defaultdict[UUID, list[tuple[str, str]]] = defaultdict(list)
    if not leads:
        return told
    for lead in leads:
        of = lead.organisation
        told[of.pk] += [
            ("Website", of.domain),
            ("Phone", phone(of.phone)),
            ("Company number", of.company_number),
            ("Address", of.address),
        ]
    for ident, kind, *texts in _people(leads, tenant).union(_notes(leads, found, tenant), all=True):
        if kind == "person":
            told[ident] = _person(*texts) + told[ident]
        else:
            told[ident].append((SAID[kind], texts[0]))
    return told


def _person(name: str, email: str, number: str, job_title: str) -> list[tuple[str, str]]:
    whole = ", ".join(filter(None, (name, job_title)))
    return [("Contact", whole), ("E-mail", email), ("Phone", phone(number))]


def _people(leads: list[Lead], tenant: Tenant) -> QuerySet[Contact, Any]:
    of = Contact.of(tenant).filter(organisation__in=[lead.organisation_id for lead in leads])
    texts = [Cast(F(name), TextField()) for name in ("name", "email", "phone", "job_title")]
    kind = Value("person", output_field=CharField())
    return of.order_by().values_list("organisation_id", kind, *texts)[:MOST]


def _notes(leads: list[Lead], found: Found, tenant: Tenant) -> QuerySet[TimelineEntry, Any]:
    """Give the notes that hold one of the words, as far as the database can tell."""
    entries = TimelineEntry.of(tenant).filter(lead__in=leads, kind__in=NOTED)
    if not found.is_loose:
        entries = entries.alias(plain=Plain("text"))
        holds = Q()
        for word in found.asked:
            holds |= Q(plain__contains=word.split("'")[0])
        entries = entries.filter(holds)
    none = [Value("", output_field=TextField())] * 3
    kind = Cast(F("kind"), CharField())
    return entries.order_by().values_list("lead_id", kind, "text", *none)[:MOST]


def _line(marker: Marker, missing: set[str], told: list[tuple[str, str]]) -> SafeString:
    """Write the text that holds most of the words, the first of those that hold as many."""
    met = [(len(marker.met(text) & missing), said, text) for said, text in told if text]
    many, said, text = max(met, key=lambda each: each[0], default=(0, "", ""))
    return format_html("{}: {}", said, marker.line(text)) if many else SafeString("")
