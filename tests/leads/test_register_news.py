"""What a newer file of a register says of an organisation that is known: told once, shown, used."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.registers.models import Change, Link, Load, RegisterEntry, Spot
from crm.work.drain import drain
from leads.intake import closures
from leads.models import Lead, Listing, Organisation, RegisterNews, TimelineEntry
from leads.registers import changes, watch
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.registers import RegisterEntryFactory, RegisterFactory
from tests.people import Cast, as_person

FILE = "dentists of November"
LONG_AGO = datetime(2016, 1, 1, tzinfo=UTC)


@pytest.fixture
def lead(cast: Cast) -> Iterator[Lead]:
    """A practice that has been known for long, in one register."""
    organisation: Organisation = OrganisationFactory(tenant=cast.tenant, proof="listed")
    Organisation.of(cast.tenant).filter(pk=organisation.pk).update(created_at=LONG_AGO)
    entry = RegisterEntryFactory(number="V1")
    Listing.of(cast.tenant).create(tenant=cast.tenant, organisation=organisation, entry=entry)
    yield LeadFactory(organisation=organisation, owner=cast.ben)
    # Registers outlive a test.
    RegisterNews.of(cast.tenant).delete()
    Listing.of(cast.tenant).delete()
    Change.objects.all().delete()
    Link.objects.filter(one=entry).delete()
    Spot.objects.filter(entry=entry).delete()
    entry.delete()
    Load.objects.filter(file=FILE).delete()


def changed(lead: Lead, kind: str, **before: str) -> Change:
    entry = Listing.of(lead.tenant).get(organisation=lead.organisation).entry
    on = date(2026, 11, 1)
    Load.objects.create(
        register="dentists", file=FILE, as_of=on, state="done", ended_at=timezone.now()
    )
    if kind in ("closed", "reopened"):
        status = "closed" if kind == "closed" else "active"
        RegisterEntry.objects.filter(pk=entry.pk).update(status=status)
    return Change.objects.create(
        register=entry.register, entry=entry, kind=kind, on=on, before=before
    )


def told(lead: Lead) -> list[str]:
    kind = TimelineEntry.Kind.ORIGIN
    rows = TimelineEntry.of(lead.tenant).filter(lead=lead, kind=kind)
    return list(rows.order_by("id").values_list("text", flat=True))


def read_news() -> None:
    watch.begin_due()
    assert drain(30) is False


@pytest.mark.usefixtures("committed_db")
def test_a_lead_is_told_once_that_its_organisation_moved(lead: Lead, cast: Cast) -> None:
    changed(lead, "moved", address="3 High Street", town="Leicester", postcode="LE2 2BB")
    read_news()
    said = "General dental practices: Moved, as of 1 November 2026, from 3 High Street"
    assert [text[: len(said)] for text in told(lead)] == [said]
    read_news()
    changed(lead, "renamed", name="Old Name")
    read_news()
    assert len(told(lead)) == RegisterNews.of(cast.tenant).count() == 2
    assert not RegisterNews.of(cast.other).exists()


@pytest.mark.usefixtures("committed_db")
def test_an_organisation_that_was_dissolved_is_marked_and_one_that_opens_again_is_not(
    lead: Lead, cast: Cast
) -> None:
    changed(lead, "closed")
    read_news()
    organisation = lead.organisation
    organisation.refresh_from_db()
    assert (organisation.proof, organisation.proof_date) == ("closed", date(2026, 11, 1))
    changed(lead, "reopened")
    read_news()
    organisation.refresh_from_db()
    assert organisation.proof != "closed"


@pytest.mark.usefixtures("committed_db")
def test_who_is_known_since_after_the_load_is_not_told_of_it(lead: Lead) -> None:
    change = changed(lead, "moved")
    rows = Organisation.of(lead.tenant).filter(pk=lead.organisation_id)
    rows.update(created_at=timezone.now() + timedelta(hours=1))
    read_news()
    assert told(lead) == []
    assert change.pk


@pytest.mark.django_db
def test_the_page_lists_it_for_who_sees_the_lead_and_filters_it(lead: Lead, cast: Cast) -> None:
    change = changed(lead, "moved", address="3 High Street")
    RegisterNews.of(cast.tenant).create(
        tenant=cast.tenant, organisation=lead.organisation, change=change
    )

    def shown(person: Any, **asked: str) -> bool:
        answer = as_person(person).get("/leads/registers/", asked)
        assert answer.status_code == 200
        return f"/leads/{lead.pk}/" in answer.content.decode()

    assert shown(cast.ada)
    assert not shown(cast.charlie)
    assert shown(cast.ada, kind="moved", register="dentists", days="366")
    assert not shown(cast.ada, kind="closed")
    Change.objects.update(on=timezone.localdate() - timedelta(days=8))
    assert shown(cast.ada, days="31")
    assert not shown(cast.ada, days="7")
    assert shown(cast.ada, kind="<b>", days="never", before="nonsense")
    assert not shown(cast.ada, before=str(RegisterNews.of(cast.tenant).get().pk))


@pytest.mark.django_db
def test_the_page_leads_to_the_lead_that_is_open(lead: Lead, cast: Cast) -> None:
    Lead.of(cast.tenant).filter(pk=lead.pk).update(closed_at=LONG_AGO)
    pursued = LeadFactory(organisation=lead.organisation, owner=cast.ben)
    change = changed(lead, "moved", address="3 High Street")
    RegisterNews.of(cast.tenant).create(
        tenant=cast.tenant, organisation=lead.organisation, change=change
    )
    shown = as_person(cast.ada).get("/leads/registers/").content.decode()
    assert f"/leads/{pursued.pk}/" in shown
    assert f"/leads/{lead.pk}/" not in shown


@pytest.mark.django_db
def test_a_walk_and_the_news_tell_of_one_closing_once(lead: Lead, cast: Cast) -> None:
    """Closed in one register is not closed while another lists it as open."""
    other = RegisterEntryFactory(number="V2")
    change = changed(lead, "closed")
    listing = Listing.of(cast.tenant).create(
        tenant=cast.tenant, organisation=lead.organisation, entry=other
    )
    closures.note(change.entry, tenant=cast.tenant)
    lead.organisation.refresh_from_db()
    assert lead.organisation.proof == "listed"
    assert ["as of 1 November 2026" in text for text in told(lead)] == [True]
    changes.tell(cast.tenant, [change])
    listing.delete()
    closures.note(change.entry, tenant=cast.tenant)
    closures.note(change.entry, tenant=cast.tenant)
    lead.organisation.refresh_from_db()
    assert lead.organisation.proof == "closed"
    assert len(told(lead)) == 1


@pytest.mark.django_db
def test_what_two_registers_say_of_one_is_taken_together(
    lead: Lead, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    """It was marked as closed; one says so again, the other has reopened it, in one piece."""
    entry = RegisterEntryFactory(number="V2")
    first = changed(lead, "closed")
    Organisation.of(cast.tenant).filter(pk=lead.organisation_id).update(proof="closed")
    Listing.of(cast.tenant).create(tenant=cast.tenant, organisation=lead.organisation, entry=entry)
    made = {"register": first.register, "before": {}, "on": date(2026, 11, 2)}
    again = Change.objects.create(entry=entry, kind="reopened", **made)
    more = [
        Change.objects.create(entry=entry, kind="moved", **made | {"before": {"town": str(n)}})
        for n in range(20)
    ]
    with django_assert_max_num_queries(20):
        changes.tell(cast.tenant, [first, again, *more])
    lead.organisation.refresh_from_db()
    assert lead.organisation.proof != "closed"
    assert RegisterNews.of(cast.tenant).count() == 22


@pytest.mark.django_db
def test_the_leads_page_shows_all_registers_with_their_dates_and_what_changed(
    lead: Lead, cast: Cast
) -> None:
    changed(lead, "moved", address="3 High Street")
    house = RegisterFactory(slug="companies_house", label="Companies", as_of=date(2026, 11, 2))
    company = RegisterEntryFactory(
        register=house,
        number="09876543",
        name="Brookview Dental Limited",
        trade="86230",
        facts={
            "status": "Liquidation",
            "legal_form": "Private Limited Company",
            "accounts_made_up": "2025-03-31",
            "former_names": [{"name": "Oldview Ltd", "until": "2020-01-05"}],
        },
    )
    listed = Listing.of(cast.tenant).get().entry
    Link.objects.create(one=listed, other=company, because="place")
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
    section = page[page.index("In the registers") :]
    for said in (
        "Moved, as of 1 November 2026, from 3 High Street.",
        "Linked: the same name and place.",
        "Brookview Dental Limited",
        "Dental practice activities",
        "Liquidation",
        "Private Limited Company",
        "31 March 2025",
        "Oldview Ltd (until 5 January 2020)",
        "company-information.service.gov.uk/company/09876543",
    ):
        assert said in section, said
