"""The proposed values that a member may decide about: narrowed, page by page, by organisation."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from crm import ids
from crm.tenants.models import Membership, Tenant
from enrichment.fields import CONTACT, ORGANISATION
from enrichment.providers.all import label as source_label
from leads.facts import columns, proofs, replaced, writing
from leads.facts.shown import Shown
from leads.facts.writing import Written
from leads.models import Contact, Fact, Lead, Organisation
from leads.records import cursors
from leads.records.known import Status
from leads.sight import sight

# Organisations on a page, and what of each is shown there; the rest is on its lead's page.
PAGE = 15
MOST_EACH = 12
MOST_COUNTED = 1_000
MOST_CHOICES = 300
ANY = ("", "Any")
# Bounds of the words in which `shown` says how sure something is.
SURE = (("0.95", "Proven: 95 % or more"), ("0.8", "Sure: 80 % or more"), ("0.5", "50 % or more"))


class WaitingForm(forms.Form):
    """What makes no sense is left out rather than refused."""

    field = forms.ChoiceField(label="Field", required=False)
    source = forms.ChoiceField(label="From", required=False)
    sure = forms.ChoiceField(label="How sure", choices=[ANY, *SURE], required=False)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = proposed(membership).order_by().values_list("field", "source").distinct()
        pairs = list(found[:MOST_CHOICES])
        offered = {
            "field": {field: _label(field) for field, _ in pairs},
            "source": {source: source_label(source) for _, source in pairs},
        }
        for name, offers in offered.items():
            control: Any = self.fields[name]
            control.choices = [ANY, *sorted(offers.items(), key=lambda each: each[1].casefold())]

    @property
    def wanted(self) -> dict[str, str]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@dataclass(frozen=True)
class Row:
    """One proposed value; `now` is what stands there, None where nothing does.

    `behind` is the fact that proves it, None where no source has told it.
    """

    shown: Shown
    label: str
    now: Written | None
    behind: Shown | None = None

    @property
    def fact(self) -> Fact:
        return self.shown.fact

    @property
    def whose(self) -> str:
        """Name the person whom it is about, "" of the organisation itself."""
        return str(self.fact.contact) if self.fact.contact else ""


@dataclass(frozen=True)
class Group:
    """What is proposed of one organisation; `more` are not shown."""

    organisation: Organisation
    lead: Lead | None
    rows: Sequence[Row]
    more: int = 0


def of_seen(membership: Membership) -> QuerySet[Fact]:
    """Give the facts of organisations of which the member sees a lead."""
    leads = sight.leads(membership).filter(organisation=OuterRef("organisation"))
    return Fact.of(membership.tenant).filter(Exists(leads.order_by()))


def proposed(membership: Membership) -> QuerySet[Fact]:
    """Give those of them that wait for somebody to decide."""
    return of_seen(membership).filter(status=Status.PROPOSED)


def asked(membership: Membership, wanted: dict[str, str]) -> QuerySet[Fact]:
    """Give those that the filters mean, in no order."""
    rows = proposed(membership)
    if "field" in wanted:
        rows = rows.filter(field=wanted["field"])
    if "source" in wanted:
        rows = rows.filter(source=wanted["source"])
    if "sure" in wanted:
        rows = rows.filter(sureness__gte=float(wanted["sure"]))
    return rows


def page(
    membership: Membership, rows: QuerySet[Fact], *, after: str, before: str
) -> tuple[list[Group], str, str]:
    """Give a page of them, the newest organisations first, and the cursors behind and before it."""

    def read(start: UUID | None, back: bool) -> list[UUID]:
        found = rows
        if start is not None:
            beyond = {"organisation__gt": start} if back else {"organisation__lt": start}
            found = rows.filter(**beyond)
        found_ids = found.order_by("organisation" if back else "-organisation")
        return list(found_ids.values_list("organisation", flat=True).distinct()[: PAGE + 1])

    places = {"after": ids.read(after), "before": ids.read(before)}
    homes, later, earlier = cursors.turn(read, str, PAGE, **places)
    return _groups(membership, rows, homes), later, earlier


def row(fact: Fact) -> Row:
    """Give one of them as it stands now."""
    return _rows(fact.tenant, [fact])[0]


def _groups(
    membership: Membership, rows: QuerySet[Fact], homes: Sequence[UUID]
) -> list[Group]:
    if not homes:
        return []
    tenant = membership.tenant
    found = rows.filter(organisation__in=homes).select_related("organisation", "contact")
    facts: dict[UUID, list[Fact]] = {ident: [] for ident in homes}
    for fact in found.order_by("contact", "field", "-sureness", "pk"):
        facts[fact.organisation_id].append(fact)
    kept = [fact for those in facts.values() for fact in those[:MOST_EACH]]
    shown = {each.fact.pk: each for each in _rows(tenant, kept)}
    leads = sight.leads(membership).filter(organisation__in=homes)
    # An open one, where there is one.
    newest = leads.select_related("stage", "owner").order_by("-closed_at", "pk")
    of = {lead.organisation_id: lead for lead in newest}
    return [
        Group(
            those[0].organisation,
            of.get(ident),
            [shown[fact.pk] for fact in those[:MOST_EACH] if fact.pk in shown],
            len(those[MOST_EACH:]),
        )
        for ident, those in facts.items()
        if those
    ]


def _rows(tenant: Tenant, facts: Sequence[Fact]) -> list[Row]:
    used = _used(tenant, facts)
    found = []
    for fact in facts:
        field = proofs.field(fact.field, is_person=fact.contact_id is not None)
        if field is None:
            continue
        about: Organisation | Contact = fact.contact or fact.organisation
        those = used.get((fact.organisation_id, fact.contact_id, fact.field), {})
        if columns.has(about, fact.field):
            now = columns.of(about, fact.field)
            behind = those.get(replaced.stands(about, fact.field))
        else:
            behind = next(iter(those.values()), None)
            now = behind.value if behind else ""
        written = writing.write(field, now) if now not in ("", None) else None
        sure = Shown(behind, field) if behind else None
        found.append(Row(Shown(fact, field), field.label, written, sure))
    return found


def _used(
    tenant: Tenant, facts: Sequence[Fact]
) -> dict[tuple[UUID, UUID | None, str], dict[str, Fact]]:
    """Give the facts in use of the same fields by their key, the surest first."""
    people = {fact.contact_id for fact in facts if fact.contact_id}
    rows = Fact.of(tenant).filter(
        Q(contact=None) | Q(contact__in=people),
        organisation__in={fact.organisation_id for fact in facts},
        field__in={fact.field for fact in facts},
        status=Status.APPLIED,
    )
    found: dict[tuple[UUID, UUID | None, str], dict[str, Fact]] = defaultdict(dict)
    for row in rows.select_related("decided_by").order_by("-sureness", "-pk"):
        found[row.organisation_id, row.contact_id, row.field][row.key] = row
    return found


def _label(name: str) -> str:
    field = ORGANISATION.get(name) or CONTACT.get(name)
    return field.label if field else name
