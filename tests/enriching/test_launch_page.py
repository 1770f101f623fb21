"""The page on which somebody finds out more about many leads."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from crm.credits import credits
from crm.ids import uuid7
from crm.tenants.models import Reach
from leads.enriching import choosing
from leads.models import EnrichmentItem, EnrichmentRun, Lead
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import LeadFactory, OrganisationFactory, OriginFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
NEW = "/enrichment/new/"


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    settings.HUNTER_KEY = settings.COMPANIES_HOUSE_KEY = "a-key-that-nobody-asks-with"
    settings.APOLLO_KEY = ""


def leads(cast: Cast, many: int, **more: Any) -> list[Lead]:
    made: list[Lead] = [
        LeadFactory(
            organisation=OrganisationFactory(
                tenant=cast.tenant, website=f"https://firm-{at}.test", domain=f"firm-{at}.test"
            ),
            owner=more.get("owner", cast.ben),
        )
        for at in range(many)
    ]
    return made


def sent(chosen: list[Lead], **more: Any) -> dict[str, Any]:
    given = {
        "lead": [str(lead.pk) for lead in chosen],
        "chosen": "1",
        "kinds": ["people"],
        "most": "20",
        "launch_token": str(uuid7()),
    }
    return given | more


def test_it_says_what_it_would_take_and_bring(cast: Cast) -> None:
    credits.grant(cast.tenant, 500, cast.ada, "to test with")
    query = urlencode({"lead": [each.pk for each in leads(cast, 3)]}, doseq=True)

    page = as_person(cast.ben).get(f"{NEW}?{query}").content.decode()

    assert "3 leads" in page
    assert "of 500 available" in page
    assert "Likely new" in page
    assert "Not asked, since there is no key" in page
    assert EnrichmentRun.of(cast.tenant).count() == 0


def test_without_leads_it_says_what_to_do(cast: Cast) -> None:
    page = as_person(cast.ben).get(NEW).content.decode()
    assert "Choose leads first" in page


def test_the_quote_alone_is_given_to_the_open_page(cast: Cast) -> None:
    chosen = sent(leads(cast, 2), kinds=["company"])
    query = urlencode(chosen, doseq=True)
    answer = as_person(cast.ben).get(
        f"{NEW}?{query}", headers={"HX-Request": "true", "HX-Target": "run-quote"}
    )

    said = answer.content.decode()
    assert "<html" not in said
    assert '<b class="number">1</b> company record<' in said


def test_a_lowered_most_is_kept_while_the_choice_changes(cast: Cast) -> None:
    credits.grant(cast.tenant, 500, cast.ada, "to test with")
    chosen = leads(cast, 2)
    browser = as_person(cast.ben)
    lowered = browser.get(NEW, sent(chosen, most="3", quoted="48")).content.decode()
    untouched = browser.get(NEW, sent(chosen, most="48", quoted="48")).content.decode()

    assert 'name="most" type="number" inputmode="numeric" min="0"' in lowered
    assert 'value="3" aria-describedby="id_most-hint"' in lowered
    assert 'value="3" aria-describedby="id_most-hint"' not in untouched


def test_what_is_ticked_in_the_list_leads_there(cast: Cast) -> None:
    one, two = leads(cast, 2)
    answer = as_person(cast.ben).post(
        "/leads/bulk/", {"lead": [one.pk, two.pk], "ask": "enrich", "query": "q=firm"}
    )

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(NEW)
    assert str(one.pk) in answer.headers["Location"]


def test_all_that_match_are_meant_by_the_lists_own_filters(cast: Cast) -> None:
    leads(cast, 2)
    leads(cast, 1, owner=cast.ada)
    answer = as_person(cast.ben).post(
        "/leads/bulk/", {"lead": [uuid7()], "all": "1", "ask": "enrich",
                         "query": f"owner={cast.ben.pk}"},
        follow=True,
    )  # fmt: skip

    assert "2 leads" in answer.content.decode()


def test_it_begins_with_what_was_confirmed(cast: Cast) -> None:
    credits.grant(cast.tenant, 500, cast.ada, "to test with")
    chosen = leads(cast, 3)

    answer = as_person(cast.ben).post(NEW, sent(chosen, most="7", titles="Bursar, Head of IT"))

    run = EnrichmentRun.of(cast.tenant).get()
    assert answer.headers["Location"] == run.get_absolute_url()
    assert (run.most, run.by, run.total) == (7, cast.ben, 3)
    assert run.titles == ["Bursar", "Head of IT"]
    assert credits.balance(cast.tenant).available == 493


def test_no_more_is_set_aside_than_it_can_take(cast: Cast) -> None:
    credits.grant(cast.tenant, 500, cast.ada, "to test with")
    as_person(cast.ben).post(NEW, sent(leads(cast, 1), most="400"))

    assert 0 < EnrichmentRun.of(cast.tenant).get().most < 100


def test_the_same_form_sent_twice_launches_once(cast: Cast) -> None:
    credits.grant(cast.tenant, 500, cast.ada, "to test with")
    form = sent(leads(cast, 2))
    browser = as_person(cast.ben)

    first, second = browser.post(NEW, form), browser.post(NEW, form)

    assert first.headers["Location"] == second.headers["Location"]
    assert EnrichmentRun.of(cast.tenant).count() == 1
    assert credits.balance(cast.tenant).available == 480


def test_a_form_shown_later_launches_once_more(cast: Cast) -> None:
    credits.grant(cast.tenant, 500, cast.ada, "to test with")
    chosen = leads(cast, 2)
    browser = as_person(cast.ben)

    browser.post(NEW, sent(chosen))
    browser.post(NEW, sent(chosen))
    browser.post(NEW, sent(chosen[:1]))

    assert EnrichmentRun.of(cast.tenant).count() == 3


def test_too_few_credits_are_said_at_the_form(cast: Cast) -> None:
    credits.grant(cast.tenant, 3, cast.ada, "to test with")
    answer = as_person(cast.ben).post(NEW, sent(leads(cast, 3), most="20"))

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert EnrichmentRun.of(cast.tenant).count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kinds": []}, "Choose at least one kind of data."),
        ({"kinds": ["horoscope"]}, "no longer offered"),
        ({"titles": "a, b, c, d, e, f"}, "5 job titles at the most"),
        ({"titles": "x" * 81}, "Keep each job title to 80 characters"),
    ],
)
def test_what_is_wrong_is_said_at_the_form(cast: Cast, wrong: dict[str, Any], said: str) -> None:
    answer = as_person(cast.ben).post(NEW, sent(leads(cast, 1), **wrong))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert EnrichmentRun.of(cast.tenant).count() == 0


def test_a_campaigns_leads_are_those_that_it_found_and_that_are_seen(cast: Cast) -> None:
    cast.tenant.rep_reach, cast.tenant.shows_unowned = Reach.OWN, False
    cast.tenant.save()
    campaign = CampaignFactory(tenant=cast.tenant, name="Schools in Leeds", created_by=cast.ben)
    mine, theirs = leads(cast, 1) + leads(cast, 1, owner=cast.ada)
    for lead in (mine, theirs):
        OriginFactory(lead=lead, ref=campaign.pk, label=campaign.name)
        Lead.of(cast.tenant).filter(pk=lead.pk).update(found_by=None)
    leads(cast, 1)

    page = as_person(cast.ben).get(f"{NEW}?campaign={campaign.pk}").content.decode()
    as_person(cast.ben).post(
        NEW, {"campaign": campaign.pk, "chosen": "1", "kinds": ["company"], "most": "0"}
    )

    assert "Schools in Leeds" in page
    run = EnrichmentRun.of(cast.tenant).get()
    assert (run.why, run.ref, run.label) == ("campaign", campaign.pk, "Schools in Leeds")
    about = EnrichmentItem.of(cast.tenant).filter(run=run).values_list("organisation", flat=True)
    assert list(about) == [mine.organisation_id]


def test_a_campaign_that_is_not_seen_is_not_there(cast: Cast) -> None:
    campaign = CampaignFactory(tenant=cast.other, created_by=cast.charlie)
    assert as_person(cast.ben).get(f"{NEW}?campaign={campaign.pk}").status_code == 404


def test_leads_that_are_not_seen_are_left_out(cast: Cast) -> None:
    cast.tenant.rep_reach, cast.tenant.shows_unowned = Reach.OWN, False
    cast.tenant.save()
    page = as_person(cast.ben).get(NEW, sent(leads(cast, 1, owner=cast.ada))).content.decode()
    assert "you see none of them" in page


def test_people_are_looked_for_by_their_jobs(cast: Cast) -> None:
    credits.grant(cast.tenant, 500, cast.ada, "to test with")
    chosen = leads(cast, 2)
    browser = as_person(cast.ben)
    page = browser.get(NEW, {"lead": chosen[0].pk, "people": "1"}).content.decode()
    browser.post(NEW, sent(chosen, people="1", suggested=["IT manager"], titles="Bursar"))

    assert "Whom do you look for?" in page
    assert "Accounts" not in page
    run = EnrichmentRun.of(cast.tenant).get()
    assert (run.why, run.kinds, run.titles) == ("people", ["people"], ["IT manager", "Bursar"])


def test_a_run_has_an_end(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(choosing, "MOST", 2)
    answer = as_person(cast.ben).post(NEW, sent(leads(cast, 3)))

    assert answer.status_code == 422
    assert "One run takes up to" in answer.content.decode()


def test_a_viewer_begins_nothing(cast: Cast) -> None:
    browser = as_person(cast.vera)
    assert browser.get(NEW).status_code == 403
    assert browser.post(NEW, sent(leads(cast, 1))).status_code == 403


def test_a_token_of_nothing_harms_nothing(cast: Cast) -> None:
    credits.grant(cast.tenant, 500, cast.ada, "to test with")
    as_person(cast.ben).post(NEW, sent(leads(cast, 1), launch_token="x'; --", most="-1"))
    as_person(cast.ben).post(NEW, sent(leads(cast, 1), launch_token="x'; --"))

    run = EnrichmentRun.of(cast.tenant).get()
    assert run.created_at <= timezone.now()
