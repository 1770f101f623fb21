"""The page of proposed values: who sees which, how one or many are decided, and taken back."""

from typing import Any

import pytest
from django.test import Client

from crm.tenants.models import Reach
from leads.models import Contact, Fact, Lead, Organisation
from tests.enriching.rows import fact, proof
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

PAGE = "/enrichment/proposals/"
NUMBER, OTHER = "+441326312345", "+441326999888"


@pytest.fixture
def lead(db: None, cast: Cast) -> Lead:
    organisation: Organisation = OrganisationFactory(
        tenant=cast.tenant, name="Quay Smiles", phone=NUMBER
    )
    contact = ContactFactory(organisation=organisation, name="Jenna Pascoe")
    return LeadFactory(organisation=organisation, contact=contact, owner=cast.ben)


@pytest.fixture
def phone(lead: Lead) -> Fact:
    told = proof(
        "website", "page", url="https://quay.example/contact", quote="Call us on 01326 999888"
    )
    return fact(lead.organisation, "phone", OTHER, told, sureness=0.85)


def text(browser: Client, query: str = "") -> str:
    answer = browser.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def post(browser: Client, path: str, **given: Any) -> str:
    answer = browser.post(f"{PAGE}{path}/", given, HTTP_HX_REQUEST="true")
    assert answer.status_code in (200, 409), answer.content.decode()
    return answer.content.decode()


def test_what_stands_is_shown_beside_what_is_proposed_with_its_proof(
    lead: Lead, phone: Fact, cast: Cast
) -> None:
    assert lead.contact is not None
    fact(lead.contact, "job_title", "Owner", "apollo_people")

    page = text(as_person(cast.ben))

    for said in (
        "Quay Smiles", "01326 312345", "01326 999888", "Call us on 01326 999888",
        'href="https://quay.example/contact"', "Words on the website", "Practice manager",
        "Owner", "Jenna Pascoe", "2 proposals",
    ):  # fmt: skip
        assert said in page


def test_a_rep_meets_what_concerns_leads_that_they_see(
    lead: Lead, phone: Fact, cast: Cast
) -> None:
    cast.tenant.rep_reach = Reach.OWN
    cast.tenant.shows_unowned = False
    cast.tenant.save()
    other = LeadFactory(
        organisation=OrganisationFactory(tenant=cast.tenant, name="Ada’s own"), owner=cast.ada
    )
    hidden = fact(other.organisation, "phone", OTHER)
    ben = as_person(cast.ben)

    page = text(ben)

    assert "Quay Smiles" in page
    assert "Ada’s own" not in page
    assert ben.post(f"{PAGE}{hidden.pk}/accept/").status_code == 404
    assert "Ada’s own" in text(as_person(cast.ada))


def test_a_viewer_looks_and_decides_nothing(phone: Fact, cast: Cast) -> None:
    vera = as_person(cast.vera)

    assert "Accept" not in text(vera)
    assert vera.post(f"{PAGE}{phone.pk}/accept/").status_code == 403


def test_an_accepted_value_stands_in_the_record_until_that_is_undone(
    lead: Lead, phone: Fact, cast: Cast
) -> None:
    old = fact(lead.organisation, "phone", NUMBER, "hunter_company", status="applied")
    ben = as_person(cast.ben)

    said = post(ben, f"{phone.pk}/accept")

    assert "Accepted: Phone" in said
    assert f"{PAGE}{phone.pk}/undo/" in said
    assert Organisation.of(cast.tenant).get().phone == OTHER
    assert "Nothing waits for a decision" in text(ben)

    again = post(ben, f"{phone.pk}/undo")

    assert "Accept<" in again
    assert Organisation.of(cast.tenant).get().phone == NUMBER
    states = dict(Fact.of(cast.tenant).values_list("pk", "status"))
    assert states == {phone.pk: "proposed", old.pk: "applied"}
    old.refresh_from_db()
    assert old.decided_by is None


def test_a_persons_value_is_put_back_as_well(lead: Lead, cast: Cast) -> None:
    assert lead.contact is not None
    title = fact(lead.contact, "job_title", "Owner", "apollo_people")
    ben = as_person(cast.ben)

    post(ben, f"{title.pk}/accept")
    assert Contact.of(cast.tenant).get().job_title == "Owner"
    post(ben, f"{title.pk}/undo")

    assert Contact.of(cast.tenant).get().job_title == "Practice manager"


def test_what_was_written_since_is_not_undone(lead: Lead, phone: Fact, cast: Cast) -> None:
    ben = as_person(cast.ben)
    post(ben, f"{phone.pk}/accept")
    Organisation.of(cast.tenant).update(phone="+441326000111")

    said = post(ben, f"{phone.pk}/undo")

    assert "It was changed again meanwhile" in said
    assert Organisation.of(cast.tenant).get().phone == "+441326000111"


def test_a_dismissed_value_may_be_proposed_again(phone: Fact, cast: Cast) -> None:
    ben = as_person(cast.ben)

    assert "Dismissed: Phone" in post(ben, f"{phone.pk}/dismiss")
    assert "Nothing waits" in text(ben)
    post(ben, f"{phone.pk}/undo")

    assert "01326 999888" in text(ben)


def test_without_scripts_the_page_comes_again(phone: Fact, cast: Cast) -> None:
    ben = as_person(cast.ben)

    answer = ben.post(f"{PAGE}{phone.pk}/dismiss/", {"query": "field=phone"}, follow=True)

    assert answer.redirect_chain == [(f"{PAGE}?field=phone", 302)]
    assert "Phone: dismissed." in answer.content.decode()


def test_the_filters_narrow_and_all_of_them_are_decided_at_once(lead: Lead, cast: Cast) -> None:
    fact(lead.organisation, "phone", OTHER, "website", sureness=0.9)
    site = fact(lead.organisation, "website", "https://quay.example", "hunter_company")
    ada = as_person(cast.ada)

    page = text(ada, "?field=website")
    assert "quay.example" in page
    assert "01326 999888" not in page
    assert "quay.example" not in text(ada, "?source=website")
    assert "quay.example" not in text(ada, "?sure=0.8")
    asked = ada.get(f"{PAGE}all/?field=website&verb=accept").content.decode()
    assert "One proposed value (Field: Website) will be put into your records" in asked

    answer = ada.post(
        f"{PAGE}all/", {"query": "field=website", "verb": "accept"}, follow=True
    )

    assert "1 proposal accepted." in answer.content.decode()
    site.refresh_from_db()
    assert site.status == "applied"
    assert Fact.of(cast.tenant).get(field="phone").status == "proposed"


def test_those_that_are_ticked_are_decided_and_no_others(lead: Lead, cast: Cast) -> None:
    one = fact(lead.organisation, "phone", OTHER)
    other = fact(lead.organisation, "website", "https://quay.example")
    ben = as_person(cast.ben)

    answer = ben.post(
        f"{PAGE}ticked/", {"fact": [str(one.pk), "nonsense"], "verb": "dismiss"}, follow=True
    )

    assert "1 proposal dismissed." in answer.content.decode()
    other.refresh_from_db()
    assert other.status == "proposed"
    nothing = ben.post(f"{PAGE}ticked/", {"verb": "dismiss"}, follow=True).content.decode()
    assert "Tick at least one proposal first." in nothing


def test_the_badge_says_how_many_wait(lead: Lead, phone: Fact, cast: Cast) -> None:
    ben = as_person(cast.ben)

    assert ">1<" in ben.get(f"{PAGE}count/", HTTP_HX_REQUEST="true").content.decode()
    assert f'hx-get="{PAGE}count/"' in ben.get("/leads/?q=").content.decode()
    assert "1" not in as_person(cast.charlie).get(
        f"{PAGE}count/", HTTP_HX_REQUEST="true"
    ).content.decode()


def test_a_long_queue_is_read_page_by_page_in_as_many_queries(
    db: None, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(17):
        place = OrganisationFactory(tenant=cast.tenant, name=f"Practice {number:02}")
        LeadFactory(organisation=place, owner=cast.ben)
        for digit in range(3):
            fact(place, "phone", f"+44132631{number:02}{digit:02}")
    ben = as_person(cast.ben)
    with django_assert_max_num_queries(22):
        first = text(ben)
    assert "Practice 16" in first
    assert "Practice 02" in first
    assert "Practice 01" not in first
    (cursor,) = {each.split('"')[0] for each in first.split("after=")[1:]}

    second = text(ben, f"?after={cursor}")

    assert "Practice 01" in second
    assert "Practice 02" not in second
    assert "before=" in second


@pytest.mark.usefixtures("db")
def test_an_empty_queue_says_what_to_do(cast: Cast) -> None:
    ben = as_person(cast.ben)
    assert "Nothing waits for a decision" in text(ben)
    assert "No proposed value matches" in text(ben, "?sure=0.8")
