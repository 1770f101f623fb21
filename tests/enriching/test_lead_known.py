"""What a lead's page shows of all that is known, and what may be done with it there."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.tenants.models import Reach, Tenant
from enrichment.lookups.models import Lookup
from enrichment.phones.models import ScreeningList
from enrichment.providers import google_maps
from leads.models import (
    EmailCheck,
    EnrichmentItem,
    EnrichmentRun,
    Fact,
    Lead,
    Organisation,
)
from tests.enriching.rows import fact, proof, quality
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PAGE = "https://find-and-update.company-information.service.gov.uk/company/01234567"
OURS, THEIRS = "+441162551234", "+441618344567"


@pytest.fixture
def lead(cast: Cast) -> Lead:
    organisation = OrganisationFactory(
        tenant=cast.tenant, name="Harbour Dental", phone=OURS, postcode="LE1 1AA"
    )
    made: Lead = LeadFactory(organisation=organisation, owner=cast.ben)
    return made


def page(person: Any, lead: Lead) -> str:
    return as_person(person).get(f"/leads/{lead.pk}/").content.decode()


def known(person: Any, lead: Lead) -> str:
    """The panel alone."""
    return page(person, lead).partition('id="known"')[2].partition("</section>")[0]


def post(person: Any, lead: Lead, row: Fact, verb: str) -> str:
    answer = as_person(person).post(f"/leads/{lead.pk}/known/{row.pk}/{verb}/", follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_each_value_is_written_for_people_and_says_who_proves_it(cast: Cast, lead: Lead) -> None:
    here, today = lead.organisation, timezone.localdate()
    told = proof(
        "companies_house", "register", url=PAGE, quote="SIC 62020", as_of="2026-03-31"
    )
    fact(here, "sic_codes", ["62020"], told, status="applied")
    fact(here, "turnover", 1_250_000, "companies_house", way="accounts", status="applied")
    fact(here, "incorporated_on", "1998-04-02", status="applied")
    fact(here, "linkedin", "https://www.linkedin.com/company/harbour", status="applied")
    fact(here, "site_is_https", False, status="applied", old_on=today - timedelta(days=3))
    fact(here, "vacancies", ["IT technician"], status="applied", old_on=today + timedelta(21))
    evil = proof("website", url="javascript:alert(1)", quote="<script>x</script>")
    fact(here, "facebook", "javascript:alert(2)", evil, status="applied")

    text = known(cast.ben, lead)

    for said in (
        "62020 Information technology consultancy activities",
        "£1,250,000",
        "2 April 1998",
        "Companies House",
        "An official register",
        "SIC 62020",
        f'href="{PAGE}" rel="noopener nofollow noreferrer"',
        "31 March 2026",
        "Stale since",
        "Grows old in 3 weeks",
        "IT technician",
        'href="https://www.linkedin.com/company/harbour" rel="noopener nofollow',
        "&lt;script&gt;",
    ):
        assert said in text, said
    assert "href=\"javascript" not in text
    assert "<script>x" not in text
    # The most useful first.
    assert text.index("Company record") < text.index("Accounts") < text.index("Signals of growth")


def test_of_what_the_record_held_before_nobody_is_said_to_have_written_it(
    cast: Cast, lead: Lead
) -> None:
    both = (proof("record", "person"), proof("companies_house", "register"))
    fact(lead.organisation, "company_number", "01234567", *both, status="applied")

    text = known(cast.ben, lead)

    assert "It stood there before any source told it" in text
    assert "A person wrote it" not in text


def test_a_proposal_is_taken_or_dismissed_and_that_taken_back(cast: Cast, lead: Lead) -> None:
    offered = fact(lead.organisation, "employees", 24, "hunter_company")
    Organisation.of(cast.tenant).filter(pk=lead.organisation_id).update(employees=10)
    text = known(cast.ben, lead)
    assert "You have <bdi>10</bdi>" in text
    assert "1 to decide" in text

    assert "is dismissed and not offered again" in post(cast.ben, lead, offered, "dismiss")
    assert "dismissed by Ben" in known(cast.ada, lead)
    assert "Ben dismissed it" in post(cast.ada, lead, offered, "accept")
    assert "is offered again" in post(cast.ada, lead, offered, "take-back")
    said = post(cast.ada, lead, offered, "accept")
    assert "People who work there “24” is in use now" in said
    assert Organisation.of(cast.tenant).get(pk=lead.organisation_id).employees == 24
    assert "nothing has changed" in post(cast.ben, lead, offered, "accept")
    assert "Accepted by Ada" in known(cast.ben, lead)


def test_another_number_is_used_instead_and_one_that_is_wrong_is_marked(
    cast: Cast, lead: Lead
) -> None:
    fact(lead.organisation, "phone", OURS, status="applied")
    other = fact(lead.organisation, "phone", THEIRS, "hunter_search", status="applied")
    text = known(cast.ben, lead)
    assert "Use this instead" in text
    assert "0161 834 4567" in text
    assert "Another area" in text
    post(cast.ben, lead, other, "accept")
    assert Organisation.of(cast.tenant).get(pk=lead.organisation_id).phone == THEIRS
    assert "is marked as wrong and no longer used" in post(cast.ben, lead, other, "wrong")
    assert Organisation.of(cast.tenant).get(pk=lead.organisation_id).phone == ""


def test_people_show_who_told_of_them_and_how_they_are_reached(cast: Cast, lead: Lead) -> None:
    jenna = ContactFactory(
        organisation=lead.organisation, email="jenna@harbour.co.uk", phone=THEIRS
    )
    tom = ContactFactory(organisation=lead.organisation, name="Tom Tate", email="")
    fact(jenna, "email", "jenna@harbour.co.uk", "hunter_search", status="applied")
    fact(jenna, "linkedin", "https://www.linkedin.com/in/jenna", status="applied")
    guess = fact(tom, "email", "tom@harbour.co.uk", proof("patterns", "guess"), sureness=0.3)
    for address, state, why in (
        ("jenna@harbour.co.uk", "risky", "A desk’s address."),
        ("tom@harbour.co.uk", "unknown", "Nobody has asked."),
    ):
        EmailCheck.of(cast.tenant).create(
            tenant=cast.tenant, address=address, state=state, reasons=[why]
        )
    text = page(cast.ben, lead)
    people = text.partition('id="contacts"')[2].partition("</section>")[0]
    for said in (
        "Risky", "A desk’s address.", "linkedin.com/in/jenna", "A guess by pattern", "Use it",
        "Delivery unknown",
        "Landline, Manchester", "Another area", "Not screened", "This is wrong", "Told by ",
    ):  # fmt: skip
        assert said in people, said

    post(cast.ben, lead, guess, "accept")
    tom.refresh_from_db()
    assert tom.email == "tom@harbour.co.uk"


def test_who_stands_on_the_tps_is_not_to_be_called(cast: Cast, lead: Lead) -> None:
    for register in ("tps", "ctps"):
        row = ScreeningList.of(cast.tenant).create(
            tenant=cast.tenant, register=register, as_of=timezone.localdate(), file="t.txt"
        )
        if register == "ctps":
            row.parts.model.of(cast.tenant).create(
                tenant=cast.tenant, list=row, first=int(OURS[1:]), numbers=[int(OURS[1:])]
            )
    assert "On the CTPS: don’t call" in page(cast.ben, lead)
    # Also at once where somebody writes such a number.
    Organisation.of(cast.tenant).filter(pk=lead.organisation_id).update(phone="")
    sent = {"value": "0116 255 1234", "seen": ""}
    saved = as_person(cast.ben).post(
        f"/leads/{lead.pk}/edit/phone/", sent, headers={"HX-Request": "true"}
    )
    assert "On the CTPS: don’t call" in saved.content.decode()


def test_the_meter_says_what_is_missing(cast: Cast, lead: Lead) -> None:
    assert "Nobody has been asked about it yet" in known(cast.ben, lead)
    quality(lead.organisation, 62, verified=40, stale=10, conflicts=1, missing=["e-mail", "size"])
    text = known(cast.ben, lead)
    for said in ("62 %", "40 % of it proven", "10 % stale", "1 conflict", "Missing: e-mail, size"):
        assert said in text, said


def test_what_google_shows_is_there_for_a_day_alone(cast: Cast, lead: Lead) -> None:
    row = Lookup.of(cast.tenant).create(
        tenant=cast.tenant,
        provider=google_maps.PROVIDER.slug,
        about="harbour dental, LE1 1AA",
        state="told",
        passing={
            "name": "Harbour Dental", "rating": 4.6, "ratings": 128, "state": "open",
            "state_label": "In business", "maps_url": "https://maps.google.com/?cid=1",
            "attribution": "Google Maps", "attributions": [{"provider": "X", "url": "data:x"}],
        },
        passing_until=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    text = known(cast.ben, lead)
    for said in ("4.6 of 5", "128 reviews", "In business", "Google Maps", "maps.google.com/?cid=1"):
        assert said in text, said
    assert "data:x" not in text
    Lookup.of(cast.tenant).filter(pk=row.pk).update(passing_until=timezone.now())
    assert "128 reviews" not in known(cast.ben, lead)


def test_a_viewer_looks_on_and_a_stranger_sees_nothing(cast: Cast, lead: Lead) -> None:
    offered = fact(lead.organisation, "employees", 24)
    text = known(cast.vera, lead)
    assert "24" in text
    assert "<form" not in text
    assert "Find out more" not in text
    for verb in ("accept", "dismiss", "take-back", "wrong"):
        path = f"/leads/{lead.pk}/known/{offered.pk}/{verb}/"
        assert as_person(cast.vera).post(path).status_code == 403
        assert as_person(cast.charlie).post(path).status_code == 404
    # Nor does a rep reach it by a lead of another organisation, or one that they don't see.
    other = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    path = f"/leads/{other.pk}/known/{offered.pk}/accept/"
    assert as_person(cast.ben).post(path).status_code == 404
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN, shows_unowned=False)
    Lead.of(cast.tenant).filter(pk=lead.pk).update(owner=cast.ada)
    path = f"/leads/{lead.pk}/known/{offered.pk}/accept/"
    assert as_person(cast.ben).post(path).status_code == 404
    assert Fact.of(cast.tenant).get(pk=offered.pk).status == "proposed"


def test_values_of_any_kind_are_written_without_falling_over(cast: Cast, lead: Lead) -> None:
    for name, value in (
        ("turnover", "a lot"),
        ("incorporated_on", "when?"),
        ("site_seconds", "fast"),
        ("services", "one text"),
        ("news", [{"a": 1}, None]),
        ("employees", True),
        ("website", "http://["),
        ("company_status", ["x"]),
        ("founded", 1e9),
        ("summary", "long " * 1_000),
    ):
        row = fact(lead.organisation, name, value, status="applied", old_on=date.max)
        Fact.of(cast.tenant).filter(pk=row.pk).update(proofs=[{"way": "gone"}, 3, {"url": 5}])
    assert "What is known" in page(cast.ben, lead)


def test_the_last_look_says_who_was_asked_and_what_came_of_it(cast: Cast, lead: Lead) -> None:
    run = EnrichmentRun.of(cast.tenant).create(
        tenant=cast.tenant, why="lead", by=cast.ben, phase="completed", ended_at=timezone.now()
    )
    EnrichmentItem.of(cast.tenant).create(
        tenant=cast.tenant,
        run=run,
        organisation=lead.organisation,
        state="done",
        credits=3,
        gained={"applied": 12, "proposed": 2},
        asked={
            "companies_house": {"outcome": "told"},
            "hunter_search": {"outcome": "left", "why": "there is no key that works"},
            "zerobounce|1": {"outcome": "nothing"},
        },
    )
    fact(lead.organisation, "turnover", 9, "companies_house", status="applied", run=run.pk)
    text = known(cast.ben, lead)
    for said in (
        "by Ben: 12 facts new, 2 to decide, 3 credits", "1 fact new",
        "Not asked: there is no key that works", "Knew nothing",
    ):  # fmt: skip
        assert said in text, said
