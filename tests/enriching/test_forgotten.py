"""Whoever is removed, or objects, is in nothing that is kept: no answer, no proof, no run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.outside import errors
from crm.tenants.acting import acting_for
from enrichment.contract import FOR_A_DAY
from enrichment.lookups.models import Lookup, SharedAnswer
from enrichment.told import Told
from leads.contacts import contacts
from leads.models import Contact, EmailCheck, EnrichmentItem, EnrichmentRun, Fact, Lead, Unwanted
from tests.enriching.conftest import Enrich
from tests.enriching.plugs import Plug, plug
from tests.enriching.rows import fact, lookup, proof
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

JENNA, ADDRESS = "Dr Jenna Pascoe", "jenna@harbour.example"
HERS = ("jenna", "pascoe")
OTHER = {"field": "name", "value": "Jenna Trescothick", "way": "page", "about": "p2"}


def told(name: str = "Jenna Pascoe", email: str = ADDRESS, about: str = "p1") -> list[Any]:
    return [
        {"field": "name", "value": name, "way": "provider", "about": about},
        {"field": "job_title", "value": "Owner", "way": "provider", "about": about},
        {"field": "email", "value": email, "way": "provider", "about": about},
    ]


@pytest.fixture
def lead(committed_db: None, cast: Cast) -> Lead:
    organisation = OrganisationFactory(
        tenant=cast.tenant,
        name="Harbour Dental",
        company_number="07310390",
        website="https://harbour.example",
        domain="harbour.example",
    )
    found: Lead = LeadFactory(organisation=organisation, owner=cast.ben)
    return found


@pytest.fixture
def jenna(lead: Lead) -> Contact:
    found: Contact = ContactFactory(organisation=lead.organisation, name=JENNA, email=ADDRESS)
    fact(found, "name", "Jenna Pascoe", status="applied")
    return found


def said_of(cast: Cast, *words: str) -> list[str]:
    """What is still kept anywhere that speaks of any of these."""
    rows: list[Any] = [
        *Lookup.of(cast.tenant).values_list("about", "told", "kept", "passing", "trouble"),
        *SharedAnswer.objects.values_list("about", "told", "kept", "why_nothing"),
        *Fact.of(cast.tenant).values_list("value", "proofs"),
        *EnrichmentItem.of(cast.tenant).values_list("asked"),
        *EmailCheck.of(cast.tenant).values_list("address"),
        *Contact.of(cast.tenant).values_list("name", "email"),
    ]
    return [str(row) for row in rows if any(word in str(row).casefold() for word in words)]


def test_whoever_is_removed_is_taken_out_of_every_answer(
    lead: Lead, jenna: Contact, cast: Cast
) -> None:
    organisation = lead.organisation
    lookup(organisation, "hunter_search", [*told(), OTHER], about="harbour.example: owner")
    lookup(organisation, "hunter_finder", told(), about="harbour.example: jenna pascoe")
    lookup(organisation, "zerobounce", [], about=ADDRESS)
    lookup(
        organisation,
        "companies_house",
        told("Jenna Pascoe", "", "o1"),
        about="07310390",
        kept={"answers": {"officers": {"said": {"items": [
            {"name": "PASCOE, Jenna", "officer_role": "director"},
            {"name": "TRESCOTHICK, Jenna", "officer_role": "director"},
        ]}}}},
    )  # fmt: skip
    lookup(
        organisation,
        "website",
        [{"field": "phone", "value": "+441162551234", "way": "page",
          "quote": "Ask for Jenna M. Pascoe on 0116 255 1234"}],
        kept={
            "site_text": [{"url": "u", "text": f"All nice. Jenna Pascoe ({ADDRESS}) is, too."}],
            # What is packed can't be looked through.
            FOR_A_DAY: {"pages": [{"content": "eJwLyczPyQcAB4sCNg=="}]},
        },
    )  # fmt: skip
    mail = fact(organisation, "email", ADDRESS)
    phone = fact(organisation, "phone", "+441162551234", proof("website", quote="Jenna Pascoe:"))
    EmailCheck.of(cast.tenant).create(tenant=cast.tenant, address=ADDRESS, state="unsure")
    run = EnrichmentRun.of(cast.tenant).create(tenant=cast.tenant, why="lead", label="one")
    asked = {
        "website": {"outcome": "told"},
        f"zerobounce|{ADDRESS}": {"outcome": "told", "credits": 1, "person": str(jenna.pk)},
        "hunter_finder|harbour.example: jenna pascoe": {"outcome": "nothing", "why": "Not her."},
    }
    EnrichmentItem.of(cast.tenant).create(
        tenant=cast.tenant, run=run, organisation=organisation, asked=asked
    )

    contacts.remove(lead, jenna, by=cast.ben)

    assert said_of(cast, "jenna pascoe", "pascoe, jenna", "jenna m. pascoe", ADDRESS) == []
    # All others are there still, and what it took is.
    left = Lookup.of(cast.tenant).get(provider="hunter_search")
    assert left.told == [OTHER]
    officers = Lookup.of(cast.tenant).get(provider="companies_house").kept["answers"]["officers"]
    assert [each["name"] for each in officers["said"]["items"]] == ["TRESCOTHICK, Jenna"]
    site = Lookup.of(cast.tenant).get(provider="website").kept
    assert site == {"site_text": [{"url": "u", "text": "All nice. … (…) is, too."}]}
    item = EnrichmentItem.of(cast.tenant).get()
    assert sum(each.get("credits", 0) for each in item.asked.values()) == 1
    assert sorted(each.split("|")[0] for each in item.asked) == [
        "hunter_finder", "website", "zerobounce",
    ]  # fmt: skip
    assert not Fact.of(cast.tenant).filter(pk=mail.pk).exists()
    assert Fact.of(cast.tenant).get(pk=phone.pk).value == "+441162551234"


def test_people_of_the_same_name_elsewhere_stay(lead: Lead, jenna: Contact, cast: Cast) -> None:
    elsewhere = OrganisationFactory(tenant=cast.tenant, domain="seaharbour.example")
    theirs = lookup(elsewhere, "hunter_search", told(email="jp@seaharbour.example"))
    rivals = OrganisationFactory(tenant=cast.other, domain="harbour.example")
    strangers = lookup(rivals, "hunter_search", told())

    contacts.remove(lead, jenna, by=cast.ben)

    theirs.refresh_from_db()
    assert theirs.told == told(email="jp@seaharbour.example")
    assert Lookup.across_tenants.get(pk=strangers.pk).told == told()


def test_what_others_use_as_well_is_thrown_away_if_it_tells_of_them(
    lead: Lead, jenna: Contact, cast: Cast
) -> None:
    for about, rows in (("harbour.example", told()), ("07310390", [OTHER])):
        provider = "website" if rows == told() else "companies_house"
        lookup(lead.organisation, provider, rows, about=about)
        SharedAnswer.objects.create(
            provider=provider, about=about, told=rows, answered_at=timezone.now()
        )

    contacts.remove(lead, jenna, by=cast.ben)

    assert [each.provider for each in SharedAnswer.objects.all()] == ["companies_house"]


@dataclass
class Slow(Plug):
    """While it is asked, somebody does something."""

    meanwhile: Callable[[], None] = field(default=lambda: None)

    def ask(self, asked: Any) -> Any:
        self.meanwhile()
        return super().ask(asked)


def test_an_answer_that_comes_after_the_removal_is_booked_and_not_kept(
    lead: Lead, jenna: Contact, cast: Cast, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    finder = Slow(
        "finder",
        {JENNA: [Told("phone", "+447700900123", "provider", about="p1")]},
        gives_people=frozenset({"phone"}),
        by="name",
        is_of_people=True,
    )
    finder.meanwhile = lambda: _remove(lead, jenna, cast)
    search = Plug(
        "search",
        {"https://harbour.example": _told()},
        gives_people=frozenset({"name", "email"}),
    )
    plug(monkeypatch, search, finder)

    run = enrich([lead], "people", "contact", most=0)

    assert run.phase == run.Phase.COMPLETED
    assert finder.asked == [JENNA]
    assert said_of(cast, "pascoe", ADDRESS) == []


def _told() -> list[Told]:
    return [Told(each["field"], each["value"], each["way"], about="p1") for each in told()]


def _remove(lead: Lead, contact: Contact, cast: Cast) -> None:
    with acting_for(cast.tenant):
        contacts.remove(lead, contact, by=cast.ben)


def test_an_unwanted_person_is_kept_no_longer_than_the_visit(
    lead: Lead, jenna: Contact, cast: Cast, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    contacts.remove(lead, jenna, by=cast.ben)
    search = Plug(
        "search",
        {"https://harbour.example": [*_told(), Told("name", "Tom Bell", "page", about="p2")]},
        gives_people=frozenset({"name", "email"}),
        is_shared=True,
    )
    plug(monkeypatch, search)

    enrich([lead], "people", most=0)

    assert [each.name for each in Contact.of(cast.tenant)] == ["Tom Bell"]
    assert said_of(cast, "pascoe", ADDRESS) == []


# Who objects at a vendor.


OBJECTS = errors.NotAccepted("Hunter must not tell: the person has objected.", kind="suppress")


def objecting(**more: Any) -> Plug:
    return Plug(
        "finder", {}, gives_people=frozenset({"phone"}), is_of_people=True, raises=[OBJECTS], **more
    )


def test_whoever_objects_at_one_provider_is_brought_back_by_no_other(
    lead: Lead, cast: Cast, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = "https://harbour.example"
    people = frozenset({"name", "email"})
    search = Plug("search", {site: _told()}, gives_people=people)
    plug(monkeypatch, search, objecting(by="name"))

    first = enrich([lead], "people", "contact", most=0)

    assert not Contact.of(cast.tenant).exists()
    assert said_of(cast, *HERS[1:], ADDRESS) == []
    assert Unwanted.of(cast.tenant).count() == 2
    assert first.credits == 0

    another = Plug("another", {site: _told()}, gives_people=people)
    plug(monkeypatch, another)
    enrich([lead], "people", "contact", most=0)
    assert another.asked == [site]
    assert not Contact.of(cast.tenant).exists()
    assert said_of(cast, *HERS[1:], ADDRESS) == []


def test_somebody_found_earlier_who_objects_now_is_removed(
    lead: Lead, cast: Cast, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = ContactFactory(
        organisation=lead.organisation, name="Jenna Pascoe", email=ADDRESS, phone=""
    )
    for name, value in (("name", "Jenna Pascoe"), ("email", ADDRESS)):
        fact(found, name, value, "hunter_search", status="applied")
    lead.contact = found
    lead.save()
    plug(monkeypatch, objecting(by="email"))

    enrich([lead], "people", "contact", most=0)

    lead.refresh_from_db()
    assert (lead.contact, Contact.of(cast.tenant).count()) == (None, 0)
    assert said_of(cast, *HERS[1:], ADDRESS) == []


def test_whom_a_person_wrote_down_stays_and_is_asked_about_no_more(
    lead: Lead, cast: Cast, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    ContactFactory(organisation=lead.organisation, name="Jenna Pascoe", email=ADDRESS, phone="")
    finder = objecting(by="email")
    later = Plug("later", {}, gives_people=frozenset({"phone"}), by="email", is_of_people=True)
    plug(monkeypatch, finder, later)

    enrich([lead], "people", "contact", most=0)
    Lookup.of(cast.tenant).update(answered_at=timezone.now() - timedelta(days=200))
    enrich([lead], "people", "contact", most=0)

    assert [each.email for each in Contact.of(cast.tenant)] == [ADDRESS]
    # Never again, however old the answer is; and nobody else either.
    assert (finder.asked, later.asked) == ([ADDRESS], [])
    assert Unwanted.of(cast.tenant).count() == 2
