"""What a lead's page shows of all that is known: gathered in a handful of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from crm.tenants.models import Tenant
from enrichment.contract import Subject
from enrichment.lookups.models import Lookup
from enrichment.phones import screening
from enrichment.providers import google_maps
from leads.enriching import doubting, lead_people, lead_progress
from leads.enriching.lead_progress import Look
from leads.facts import grouping, reach, writing
from leads.facts.grouping import Group
from leads.facts.reach import Reach
from leads.facts.shown import Shown
from leads.models import Contact, EmailCheck, Fact, Lead, Organisation, Quality
from leads.records.known import Status

# A lead with more facts shows its surest ones.
MOST_FACTS = 600
MOST_DISMISSED = 50
MOST_POSTCODES = 5
SHOWN = (Status.APPLIED, Status.PROPOSED, Status.DISMISSED)


@dataclass
class Panel:
    """`phone` is what is known of the organisation's own number, `place` what Google shows now;
    `doubt` asks whose the website is that stands there.
    """

    groups: list[Group] = field(default_factory=list)
    dismissed: list[Shown] = field(default_factory=list)
    to_decide: int = 0
    quality: Quality | None = None
    look: Look | None = None
    phone: Reach | None = None
    place: dict[str, Any] | None = None
    doubt: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.dismissed or self.place)

    @property
    def has_stale(self) -> bool:
        return any(group.stale for group in self.groups)


def read(lead: Lead, contacts: Sequence[Contact] = ()) -> Panel:
    """Gather it; each contact has what is known of them hung on as `told`."""
    here, today = lead.organisation, timezone.localdate()
    here.tenant = lead.tenant
    for contact in contacts:
        contact.tenant, contact.organisation = lead.tenant, here
    facts = _facts(here)
    mails = _checks(lead.tenant, {*_values(facts, "email"), *(each.email for each in contacts)})
    numbers = {here.phone, *_values(facts, "phone"), *(each.phone for each in contacts)} - {""}
    screened = screening.states(lead.tenant, sorted(numbers)) if numbers else {}

    def email(text: str) -> Reach | None:
        return reach.email(mails.get(text.casefold())) if text else None

    def phone(text: str) -> Reach | None:
        return reach.phone(text, here.postcode, screened.get(text))

    lead_people.dress(contacts, facts, today, email=email, phone=phone)
    groups = grouping.groups(here, facts, today)
    for group in groups:
        for line in group.lines:
            reached = {"email": email, "phone": phone}.get(line.field.slug)
            for each in (*line.used, *line.others, *line.proposed) if reached else ():
                each.reach = reached(str(each.fact.value)) if reached else None
    return Panel(
        groups,
        grouping.dismissed(facts, today)[:MOST_DISMISSED],
        sum(each.status == Status.PROPOSED for each in facts),
        Quality.of(lead.tenant).filter(organisation=here).first(),
        lead_progress.last(here, facts),
        phone(here.phone),
        _place(here, facts),
        _doubt(here, facts),
    )


def phone_of(lead: Lead) -> Reach | None:
    """Say what is known of the organisation's own number."""
    here = lead.organisation
    if not here.phone:
        return None
    return reach.phone(here.phone, here.postcode, screening.state(lead.tenant, here.phone))


def _facts(organisation: Organisation) -> list[Fact]:
    rows = Fact.of(organisation.tenant).filter(organisation=organisation, status__in=SHOWN)
    return list(rows.select_related("decided_by").order_by("-sureness", "pk")[:MOST_FACTS])


def _doubt(organisation: Organisation, facts: Sequence[Fact]) -> str:
    fact = doubting.standing(organisation, facts)
    return doubting.words(doubting.named(fact)) if fact is not None else ""


def _values(facts: Sequence[Fact], name: str) -> set[str]:
    return {str(each.value) for each in facts if each.field == name}


def _checks(tenant: Tenant, addresses: set[str]) -> dict[str, EmailCheck]:
    wanted = {each.casefold() for each in addresses} - {""}
    rows = EmailCheck.of(tenant).filter(address__in=wanted) if wanted else []
    return {each.address: each for each in rows}


def _place(organisation: Organisation, facts: Sequence[Fact]) -> dict[str, Any] | None:
    """Give what Google shows of it, as long as that may be shown."""
    known = [organisation.postcode, *sorted(_values(facts, "postcode"))]
    ident, provider = str(organisation.pk), google_maps.PROVIDER
    abouts = set()
    for postcode in [each for each in known if each][:MOST_POSTCODES]:
        given = {"name": [organisation.name], "postcode": [postcode]}
        abouts.add(provider.about(Subject(organisation.tenant, ident, given)))
    rows = Lookup.of(organisation.tenant).filter(
        provider=provider.slug, about__in=abouts - {""}, is_current=True
    )
    row = rows.filter(passing_until__gt=timezone.now()).order_by("-pk").first()
    if row is None or not isinstance(row.passing, dict) or not row.passing.get("name"):
        return None
    shown = row.passing
    return shown | {
        "maps_url": writing.safe(shown.get("maps_url")),
        "attributions": [
            {"provider": str(each.get("provider", "")), "url": writing.safe(each.get("url"))}
            for each in shown.get("attributions") or ()
            if isinstance(each, dict)
        ],
    }
