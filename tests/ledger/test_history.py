"""The history on a record's own page: in words, by page, for those who work with it."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from crm.ledger import audit
from crm.pipeline.models import Kind
from crm.tenants.models import Role
from leads.lead import dealing
from leads.models import Lead
from leads.moving import board
from leads.page import notes
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, name="Quay Smiles")
    contact = ContactFactory(organisation=organisation, name="Jenna Quay")
    made = LeadFactory(organisation=organisation, contact=contact)
    related = ("organisation", "contact", "stage", "owner", "tenant")
    return Lead.of(cast.tenant).select_related(*related).get(pk=made.pk)


def read(browser: Client, lead: Lead, **query: str) -> str:
    answer = browser.get(f"/leads/{lead.pk}/history/", query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_is_told_in_words_with_names_and_pounds(cast: Cast, lead: Lead) -> None:
    board.move(lead, to=cast.stage(Kind.LEAD), by=cast.ada)
    dealing.assign(lead, owner=cast.ben, value_pence=123400, by=cast.ada)
    said = read(as_person(cast.ben), lead)
    assert "<b>Ada</b> moved it from Discovery to Lead" in said
    assert "<b>Ada</b> changed owner and value" in said
    assert "<dt>Value</dt><dd><del>–</del>" in said
    assert "<ins>£1,234</ins>" in said
    assert "<ins>Ben</ins>" in said
    assert "value_pence" not in said


def test_ids_are_read_as_names_of_the_own_company_alone(cast: Cast, lead: Lead) -> None:
    audit.write(lead, "changed", by=cast.ada, after={"owner_id": str(cast.ben.pk)})
    assert "<ins>Ben</ins>" in read(as_person(cast.ada), lead)
    audit.write(lead, "changed", by=cast.ada, after={"owner_id": str(cast.charlie.pk)})
    said = read(as_person(cast.ada), lead)
    assert "Charlie" not in said
    assert "that is gone" in said


def test_who_has_left_keeps_the_name_of_their_last_act(cast: Cast, lead: Lead) -> None:
    audit.write(lead, "noted", by=cast.ben)
    audit.write(lead, "changed", by=cast.ada, before={"owner_id": str(cast.ben.pk)})
    cast.ben.delete()
    said = read(as_person(cast.ada), lead)
    assert "<del>Ben</del>" in said
    assert "that is gone" not in said


def test_dates_choices_and_answers_are_readable(cast: Cast, lead: Lead) -> None:
    moment = datetime(2026, 3, 4, 9, 30, tzinfo=UTC).isoformat()
    after = {"closed_at": moment, "tier": "hot", "takes_edge": True}
    audit.write(lead, "changed", by=cast.ada, after=after)
    said = read(as_person(cast.ada), lead)
    assert "4 March 2026, 09:30" in said
    assert "<ins>Hot</ins>" in said
    assert "<dt>Takes edge</dt>" in said
    assert "<ins>yes</ins>" in said


def test_contact_and_organisation_belong_to_it(cast: Cast, lead: Lead) -> None:
    audit.write(lead.contact, "changed", by=cast.ada, after={"email": "j@quay.example"})
    assert "<b>Ada</b> set e-mail of Jenna Quay" in read(as_person(cast.ben), lead)


def test_who_looked_is_for_managers(cast: Cast, lead: Lead) -> None:
    as_person(cast.vera).get(f"/leads/{lead.pk}/")
    assert "<b>Vera</b> looked at it" in read(as_person(cast.ada), lead)
    assert "looked at" not in read(as_person(cast.ben), lead)


def test_a_viewer_is_told_nothing_of_it(cast: Cast, lead: Lead) -> None:
    vera = as_person(cast.vera)
    assert vera.get(f"/leads/{lead.pk}/history/").status_code == 403
    assert "/history/" not in vera.get(f"/leads/{lead.pk}/").content.decode()
    assert (
        f"/leads/{lead.pk}/history/"
        in as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
    )


def test_a_stranger_finds_nothing(cast: Cast, lead: Lead) -> None:
    assert as_person(cast.charlie).get(f"/leads/{lead.pk}/history/").status_code == 404


def test_pages_neither_skip_nor_repeat(cast: Cast, lead: Lead) -> None:
    for number in range(45):
        audit.write(lead, f"step {number:02} of", by=cast.ada)
    ben, seen, before = as_person(cast.ben), [], ""
    for _ in range(3):
        said = read(ben, lead, **({"before": before} if before else {}))
        seen += [part[:2] for part in said.split("step ")[1:]]
        before = said.partition("?before=")[2].partition('"')[0]
    assert seen == [f"{number:02}" for number in reversed(range(45))]
    assert before == ""


@pytest.mark.parametrize("before", ["x", "1-", "-1", "9" * 30 + "-1", "1-2-3", "٣-١"])
def test_a_place_that_is_none_shows_the_latest(cast: Cast, lead: Lead, before: str) -> None:
    notes.write(lead, "Called.", by=cast.ben)
    assert "wrote a note" in read(as_person(cast.ben), lead, before=before)


def test_htmx_gets_the_panel_alone(cast: Cast, lead: Lead) -> None:
    answer = as_person(cast.ben).get(f"/leads/{lead.pk}/history/", headers={"HX-Request": "true"})
    assert answer.content.decode().strip().startswith('<section class="card-panel" id="history">')


def test_it_costs_few_queries(
    cast: Cast, lead: Lead, django_assert_max_num_queries: object
) -> None:
    for _ in range(30):
        audit.write(lead, "changed", by=cast.ada, after={"owner_id": str(cast.ben.pk)})
    ben = as_person(cast.ben)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        read(ben, lead)


def test_a_campaign_has_one_too(cast: Cast) -> None:
    campaign = CampaignFactory(tenant=cast.tenant)
    audit.write(campaign, "run paused", by=cast.ben)
    mia = as_person(cast.join("Mia", Role.MANAGER))
    said = mia.get(f"/campaigns/{campaign.pk}/history/").content.decode()
    assert "<b>Ben</b> paused a run" in said
    assert as_person(cast.charlie).get(f"/campaigns/{campaign.pk}/history/").status_code == 404
