"""What becomes of what a provider tells: filled in, proposed, left alone, never offered twice."""

from typing import Any

import pytest

from crm.tenants.acting import acting_for
from enrichment.told import Told
from leads.contacts.persons import digests
from leads.models import (
    Contact,
    Fact,
    IdentityKey,
    Lead,
    Organisation,
    Proposal,
    TimelineEntry,
    Unwanted,
)
from tests.enriching.conftest import Enrich
from tests.enriching.plugs import Plug, plug
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

SITE = "https://harbour.example"


@pytest.fixture
def lead(committed_db: None, cast: Cast) -> Lead:
    """A lead of whom the website alone is known."""
    organisation = OrganisationFactory(tenant=cast.tenant, website=SITE, domain="harbour.example")
    made: Lead = LeadFactory(organisation=organisation)
    return made


def told(*said: tuple[str, Any], way: str = "provider_checked", about: str = "") -> list[Told]:
    return [Told(name, value, way, about=about) for name, value in said]


def site(*said: Told, slug: str = "guide") -> Plug:
    fields = frozenset(each.field for each in said if not each.about)
    people = frozenset(each.field for each in said if each.about)
    return Plug(slug, {SITE: said}, fields, people)


def of(lead: Lead, field: str) -> dict[Any, str]:
    rows = Fact.across_tenants.filter(organisation=lead.organisation_id, field=field)
    return {fact.value: fact.status for fact in rows}


def now(lead: Lead) -> Organisation:
    return Organisation.across_tenants.get(pk=lead.organisation_id)


def test_what_is_missing_is_filled_in_and_the_lead_says_so(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = site(*told(("phone", "+441326211222"), ("employees", 12), ("company_status", "Active")))
    plug(monkeypatch, guide)

    run = enrich([lead], "contact", "company", "accounts", most=0)

    assert run.phase == run.Phase.COMPLETED
    assert (now(lead).phone, now(lead).employees) == ("+441326211222", 12)
    assert of(lead, "company_status") == {"Active": "applied"}
    said = TimelineEntry.across_tenants.filter(lead=lead).values_list("text", flat=True)
    assert any("phone" in text and "Guide" in text for text in said), list(said)
    assert run.after["completeness"] > run.before["completeness"]


def test_a_persons_value_is_never_overwritten_but_another_is_proposed(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    Organisation.across_tenants.filter(pk=lead.organisation_id).update(employees=40)
    guide = site(*told(("employees", 12)))
    plug(monkeypatch, guide)

    enrich([lead], "accounts", most=0)
    # A person's word is sure: nobody is asked about it.
    assert (now(lead).employees, guide.asked) == (40, [])

    other = site(*told(("employees", 12), ("turnover", 900_000)))
    plug(monkeypatch, other)
    enrich([lead], "accounts", most=0)
    assert now(lead).employees == 40
    assert of(lead, "employees") == {12: "proposed"}


def test_what_was_dismissed_is_never_offered_again(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    Organisation.across_tenants.filter(pk=lead.organisation_id).update(employees=40)
    plug(monkeypatch, site(*told(("employees", 12), ("turnover", 1))))
    enrich([lead], "accounts", most=0)
    Fact.across_tenants.filter(field="employees").update(status="dismissed")

    plug(monkeypatch, site(*told(("employees", 12), ("net_assets", 5)), slug="other"))
    enrich([lead], "accounts", most=0)

    assert of(lead, "employees") == {12: "dismissed"}
    assert of(lead, "net_assets") == {5: "applied"}


def test_a_surer_source_replaces_what_a_machine_has_filled_in(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug(monkeypatch, site(*told(("employees", 12), way="provider")))
    enrich([lead], "accounts", most=0)
    assert now(lead).employees == 12

    register = site(*told(("employees", 15), way="register"), slug="register")
    plug(monkeypatch, register)
    enrich([lead], "accounts", most=0)

    assert now(lead).employees == 15
    assert of(lead, "employees") == {15: "applied", 12: "superseded"}


def test_two_sources_that_agree_make_one_fact_that_is_surer_than_each(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = site(*told(("employees", 12), way="provider"))
    second = site(*told(("employees", 12), way="provider"), slug="second")
    plug(monkeypatch, first, second)

    enrich([lead], "accounts", most=0)

    [fact] = Fact.across_tenants.filter(field="employees")
    assert {proof["source"] for proof in fact.proofs} == {"guide", "second"}
    assert 0.9 < fact.sureness < 0.95


def test_people_become_contacts_once_however_their_names_are_written(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(("name", "Elaine Daniel Shaw"), ("officer_role", "Director"), about="1")
    second = told(
        ("name", "E. Shaw"), ("email", "e.shaw@harbour.example"), ("job_title", "Owner"), about="x"
    )
    plug(monkeypatch, site(*first), site(*second, slug="second"))

    enrich([lead], "people", most=0)

    [contact] = Contact.across_tenants.filter(organisation=lead.organisation_id)
    assert contact.email == "e.shaw@harbour.example"
    assert contact.job_title == "Owner"
    lead.refresh_from_db()
    assert lead.contact_id == contact.pk


def test_a_known_contact_is_completed_and_keeps_what_a_person_wrote(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = ContactFactory(
        organisation=lead.organisation, name="Jenna Pascoe", job_title="Boss", email=""
    )
    said = told(
        ("name", "Jenna Pascoe"), ("job_title", "Director"), ("email", "j@harbour.example"),
        about="1",
    )  # fmt: skip
    plug(monkeypatch, site(*said))

    enrich([lead], "people", most=0)

    contact.refresh_from_db()
    assert (contact.job_title, contact.email) == ("Boss", "j@harbour.example")
    assert of(lead, "job_title") == {"Director": "proposed"}


def test_whoever_is_unwanted_does_not_come_back(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    for digest in digests("Jenna Pascoe", "j@harbour.example"):
        Unwanted.across_tenants.create(
            tenant=cast.tenant, organisation=lead.organisation, digest=digest
        )
    said = told(("name", "Jenna Pascoe"), ("email", "other@x.example"), about="1")
    plug(monkeypatch, site(*said))

    enrich([lead], "people", most=0)

    assert not Contact.across_tenants.exists()


def test_a_new_identity_is_compared_with_all_who_are_known(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    other = OrganisationFactory(tenant=cast.tenant, name="Harbour Dental Practice Ltd")
    with acting_for(cast.tenant):
        IdentityKey.of(cast.tenant).create(
            tenant=cast.tenant, organisation=other, kind="company_number", value="01234567"
        )
        Organisation.of(cast.tenant).filter(pk=other.pk).update(company_number="01234567")
    plug(monkeypatch, site(*told(("company_number", "01234567"), way="register")))

    enrich([lead], "company", most=0)

    assert now(lead).company_number == "01234567"
    assert Proposal.across_tenants.filter(state="open").exists()


def test_a_value_of_no_sound_form_fills_nothing(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug(monkeypatch, site(*told(("phone", "ring the office"), ("employees", -4))))

    run = enrich([lead], "contact", "accounts", most=0)

    assert run.phase == run.Phase.COMPLETED
    assert (now(lead).phone, now(lead).employees) == ("", None)


def test_a_guess_is_proposed_and_never_used_by_itself(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    ContactFactory(organisation=lead.organisation, name="Jenna Pascoe", email="")
    guess = Plug(
        "patterns",
        {"Jenna Pascoe": told(("email", "jenna@harbour.example"), way="guess")},
        gives_people=frozenset({"email"}),
        by="name",
        is_of_people=True,
    )
    plug(monkeypatch, guess)

    enrich([lead], "people", most=0)

    assert Contact.across_tenants.get().email == ""
    assert of(lead, "email") == {"jenna@harbour.example": "proposed"}


def test_what_a_source_has_confirmed_stays_a_persons_word(
    lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    Organisation.across_tenants.filter(pk=lead.organisation_id).update(employees=40)
    plug(monkeypatch, site(*told(("employees", 40), ("turnover", 1), way="provider")))
    enrich([lead], "accounts", most=0)
    assert of(lead, "employees") == {40: "applied"}

    surer = site(*told(("employees", 12), ("net_assets", 5), way="register"), slug="register")
    plug(monkeypatch, surer)
    enrich([lead], "accounts", most=0)

    assert now(lead).employees == 40
    assert of(lead, "employees") == {40: "applied", 12: "proposed"}
