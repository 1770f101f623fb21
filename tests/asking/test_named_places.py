"""A place that only Google names: shown once as it is now, and a lead once a person names it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from campaigns.models import Finding
from crm.credits import credits
from crm.credits.models import CreditEntry, Kind
from crm.ledger.models import AuditEntry
from crm.tenants.acting import acting_for
from leads.models import Lead, Organisation
from tests.factories.campaigns import FindingFactory, RunFactory
from tests.people import Cast, as_person
from tests.simulators import Running

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")
TYPED = {"name": "Söhne & Töchter IT", "postcode": "le1 5wq"}


@pytest.fixture
def place(cast: Cast, vendors: Running) -> Finding:
    """A real place of the simulated world, of which only its id was kept."""
    asked = vendors.google_places.url
    ident = _some_place(asked)
    run = RunFactory(campaign__tenant=cast.tenant, campaign__created_by=cast.ben)
    with acting_for(cast.tenant):
        credits.grant(cast.tenant, 10, cast.ada)
    return FindingFactory(
        run=run, source="google_places", key=ident, place_id=ident, name="", postcode="",
        verdict="rejected", ground="nameless", reason="No independent identity yet.",
        checked="unverified", miles=3.2, candidate={"source": "google_places"},
        evidence={"checks": [], "pages": [], "reason": "No independent identity yet."},
    )  # fmt: skip


def _some_place(url: str) -> str:
    import requests  # noqa: PLC0415

    found = requests.post(
        f"{url}/v1/places:searchText",
        json={"textQuery": "it support in Leicester"},
        headers={"X-Goog-Api-Key": "sim-places", "X-Goog-FieldMask": "places.id"},
        timeout=20,
    ).json()
    return str(found["places"][0]["id"])


def address(place: Finding, what: str) -> str:
    return f"/campaigns/{place.run.campaign_id}/findings/{place.pk}/{what}/"


def name_it(browser: Client, place: Finding, **typed: str) -> Any:
    return browser.post(address(place, "name"), TYPED | typed)


def test_it_is_shown_once_costs_its_credits_and_nothing_of_it_is_kept(
    cast: Cast, place: Finding
) -> None:
    ben = as_person(cast.ben)
    listed = ben.get(f"/campaigns/{place.run.campaign_id}/findings/").content.decode()
    assert "A place on Google Maps" in listed
    assert "3.2 miles away" in listed
    assert "Show it live (2 credits)" in listed
    page = ben.post(address(place, "look"))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    shown = page.context["glimpse"]
    text = page.content.decode()
    assert 'translate="no">Google Maps</span>' in text
    assert shown.maps_url in text.replace("&amp;", "&")
    balance = credits.balance(cast.tenant)
    assert (balance.available, balance.held) == (8, 0)
    spent = CreditEntry.of(cast.tenant).get(kind=Kind.SPEND)
    assert (spent.action, spent.credits, spent.person_id) == ("places_look", 2, cast.ben.pk)
    assert spent.cost_micros > 0
    place.refresh_from_db()
    assert place.name == ""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS kept WHERE kept::text LIKE %s',
                [f"%{shown.address}%"],
            )
            assert cursor.fetchone() == (0,), table


def test_without_credits_or_an_answer_it_says_so_and_takes_none(
    cast: Cast, place: Finding, vendors: Running, settings: Any
) -> None:
    ben = as_person(cast.ben)
    gone = place.place_id[:-1] + ("A" if place.place_id[-1] != "A" else "E")
    Finding.of(cast.tenant).filter(pk=place.pk).update(place_id=gone)
    page = ben.post(address(place, "look"), headers={"HX-Request": "true"})
    assert page.status_code == 409
    assert "Google knows this place no more." in page.content.decode()
    assert credits.balance(cast.tenant).available == 10
    credits.spend(cast.tenant, None, service="x", action="x", credits=9, cost_micros=0)
    assert "available" in ben.post(address(place, "look")).content.decode()
    settings.GOOGLE_PLACES_KEY = ""
    listed = ben.get(f"/campaigns/{place.run.campaign_id}/findings/").content.decode()
    assert "Show it live" not in listed


def test_a_person_names_it_and_it_is_a_lead_of_the_campaign(cast: Cast, place: Finding) -> None:
    ben = as_person(cast.ben)
    page = name_it(ben, place, website="www.soehne.example", phone="0116 255 1234")
    assert page.status_code == 302
    [lead] = Lead.of(cast.tenant)
    organisation = lead.organisation
    assert (organisation.name, organisation.postcode) == ("Söhne & Töchter IT", "LE1 5WQ")
    assert (organisation.website, organisation.phone) == (
        "https://www.soehne.example", "+441162551234",
    )  # fmt: skip
    assert lead.found_by == place.run.campaign_id
    place.refresh_from_db()
    assert (place.overruled_by, place.lead, place.verdict) == (cast.ben, lead, "rejected")
    verbs = set(AuditEntry.objects.filter(actor_id=cast.ben.pk).values_list("verb", flat=True))
    assert {"named", "overruled", "admitted"} <= verbs
    listed = ben.get(page["Location"].partition("#")[0]).content.decode()
    assert "Taken by Ben" in listed
    name_it(ben, place, name="Another")
    assert Lead.of(cast.tenant).count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "–"}, "A name has letters"),
        ({"postcode": ""}, "This field is required"),
        ({"postcode": "ZZ1 1AA"}, "no postcode that begins with ZZ1"),
        ({"postcode": "JE2 3AA"}, "is in Jersey"),
        ({"website": "not one"}, "no address of a website"),
        ({"phone": "12"}, "no British phone number"),
    ],
)
def test_what_makes_no_lead_is_said(
    cast: Cast, place: Finding, typed: dict[str, str], said: str
) -> None:
    page = name_it(as_person(cast.ben), place, **typed)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Lead.of(cast.tenant).exists()


def test_two_people_who_name_it_at_once_make_one_lead(cast: Cast, place: Finding) -> None:
    start = Barrier(2)

    def one(browser: Client, name: str) -> int:
        start.wait(timeout=10)
        try:
            status: int = name_it(browser, place, name=name).status_code
            return status
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        both = pool.map(one, (as_person(cast.ada), as_person(cast.ben)), ("Quay IT", "Harbour IT"))
        assert list(both) == [302, 302]
    assert Lead.of(cast.tenant).count() == Organisation.of(cast.tenant).count() == 1


def test_who_runs_no_campaigns_sees_no_buttons_and_strangers_nothing(
    cast: Cast, place: Finding
) -> None:
    vera = as_person(cast.vera)
    listed = vera.get(f"/campaigns/{place.run.campaign_id}/findings/").content.decode()
    assert "A place on Google Maps" in listed
    assert "Show it live" not in listed
    assert "Make it a lead" not in listed
    for what in ("look", "name"):
        assert vera.post(address(place, what), TYPED).status_code == 403
        assert as_person(cast.charlie).post(address(place, what), TYPED).status_code == 404
    assert not Lead.of(cast.tenant).exists()
