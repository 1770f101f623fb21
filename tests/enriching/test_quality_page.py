"""The page of data quality: meters that lead to the leads behind them; filters, column, order."""

from typing import Any

import pytest
from django.test import Client

from crm.tenants.models import Reach, Role
from enrichment.lookups.models import Rules
from leads.models import Lead, Organisation, Upkeep
from tests.enriching.rows import quality
from tests.factories.leads import (
    LeadFactory,
    OrganisationFactory,
    OriginFactory,
    SavedViewFactory,
)
from tests.people import Cast, as_person

PAGE = "/enrichment/quality/"


def known(cast: Cast, name: str, completeness: int, **more: Any) -> Lead:
    organisation: Organisation = OrganisationFactory(tenant=cast.tenant, name=name)
    owner = more.pop("owner", cast.ben)
    quality(organisation, completeness, **more)
    return LeadFactory(organisation=organisation, owner=owner)


@pytest.fixture
def leads(db: None, cast: Cast) -> list[Lead]:
    return [
        known(cast, "Thin Dental", 20, missing=["phone", "e-mail"], stale=50),
        known(cast, "Good Dental", 90, verified=80, conflicts=2),
        known(cast, "Own Dental", 70, owner=cast.ada),
    ]


def page(browser: Client, path: str = PAGE) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def names(browser: Client, query: str) -> list[str]:
    text = page(browser, f"/leads/?{query}")
    order = ["Thin Dental", "Good Dental", "Own Dental", "New Dental"]
    return sorted((each for each in order if each in text), key=text.index)


def test_the_meter_of_all_and_of_parts_is_shown(leads: list[Lead], cast: Cast) -> None:
    OriginFactory(lead=leads[0], label="Dentists around Falmouth")
    SavedViewFactory(tenant=cast.tenant, owner=cast.ada, name="Hers", wanted={"owner": "me"})

    text = page(as_person(cast.ada))

    assert "60 %" in text  # of all three
    assert "Dentists around Falmouth" in text
    assert "Hers" in text
    assert ">55 %<" in text  # Ben's
    assert ">70 %<" in text  # Ada's, and of her view
    assert "not reckoned yet" not in text


def test_each_figure_leads_to_the_leads_that_drag_it_down(leads: list[Lead], cast: Cast) -> None:
    ada = as_person(cast.ada)
    text = page(ada)
    links = [each.split('"')[0].replace("&amp;", "&") for each in text.split('href="')]
    to_leads = sorted({each for each in links if each.startswith("/leads/?")})

    assert any("known:below:60" in each for each in to_leads)
    for link in to_leads:
        assert "no filter" not in page(ada, link), link
        assert "is left out" not in page(ada, link), link
    by_owner = next(each for each in to_leads if "owner=" in each and "known:below" in each)
    assert names(ada, by_owner.partition("?")[2]) == ["Thin Dental"]


def test_leads_are_filtered_by_what_is_known_of_them(leads: list[Lead], cast: Cast) -> None:
    LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="New Dental"))
    ada = as_person(cast.ada)

    assert names(ada, "where=known:below:70") == ["Thin Dental"]
    assert set(names(ada, "where=known:atleast:70")) == {"Good Dental", "Own Dental"}
    assert names(ada, "where=known:between:60,80") == ["Own Dental"]
    assert names(ada, "where=stale:filled") == ["Thin Dental"]
    assert names(ada, "where=conflict:filled") == ["Good Dental"]
    assert names(ada, "where=missing:is:email,website") == ["Thin Dental"]
    assert "Thin Dental" not in names(ada, "where=missing:isnt:phone")
    assert "Missing: Phone" in page(ada, "/leads/?where=missing:is:phone")
    assert "Completeness below 70 %" in page(ada, "/leads/?where=known:below:70")


def test_the_list_has_a_column_of_it_and_is_sorted_by_it(leads: list[Lead], cast: Cast) -> None:
    LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="New Dental"))
    ada = as_person(cast.ada)

    text = page(ada, "/leads/?cols=known&sort=known")

    assert "20 %" in text
    assert "90 %" in text
    order = ["Thin Dental", "Own Dental", "Good Dental", "New Dental"]
    assert names(ada, "cols=known&sort=known") == order
    assert names(ada, "sort=-known") == [*order[2::-1], "New Dental"]


def test_a_rep_is_shown_what_they_see(leads: list[Lead], cast: Cast) -> None:
    cast.tenant.rep_reach = Reach.OWN
    cast.tenant.save()
    OriginFactory(lead=leads[2], label="Hidden campaign")

    text = page(as_person(cast.ben))

    assert "leads that you see" in text
    assert ">55 %<" in text
    assert ">70 %<" not in text
    assert "Hidden campaign" not in text
    assert "Tidy up now" not in text


def test_those_that_are_not_reckoned_yet_are_told(leads: list[Lead], cast: Cast) -> None:
    for _ in range(2):
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))

    text = page(as_person(cast.ada))

    assert "2 leads are not reckoned yet" in text
    assert "Not reckoned yet" in text


@pytest.mark.usefixtures("db")
def test_without_leads_it_says_what_to_do(cast: Cast) -> None:
    assert "No leads yet" in page(as_person(cast.ada))


def test_many_owners_take_no_more_queries(
    leads: list[Lead], cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        person = cast.join(f"Rep {number}", Role.REP)
        OriginFactory(lead=known(cast, f"Place {number}", 40, owner=person))
        SavedViewFactory(tenant=cast.tenant, owner=cast.ada, wanted={"tier": "hot"})
    ada = as_person(cast.ada)
    page(ada)
    with django_assert_max_num_queries(30):
        page(ada)


def test_a_manager_settles_what_is_done_by_itself(leads: list[Lead], cast: Cast) -> None:
    ada = as_person(cast.ada)
    given = {"refreshes": "on", "refresh_most": "20", "refresh_credits": "100", "cleans": "on"}

    answer = ada.post(f"{PAGE}settle/", given, follow=True)

    assert "The best leads are refreshed every night." in answer.content.decode()
    rules = Rules.of(cast.tenant).get()
    assert (rules.refresh_most, rules.refresh_credits, rules.cleans) == (20, 100, True)
    assert rules.next_refresh_at is not None
    assert rules.next_cleaning_at is not None
    answer = ada.post(f"{PAGE}settle/", given | {"refresh_most": "0"})
    assert answer.status_code == 422
    ada.post(f"{PAGE}settle/", {"refresh_most": "20", "refresh_credits": "0"})
    rules.refresh_from_db()
    assert (rules.refreshes, rules.next_refresh_at, rules.next_cleaning_at) == (False, None, None)
    assert as_person(cast.ben).post(f"{PAGE}settle/", given).status_code == 403


def test_a_manager_has_it_tidied_up_now_once(leads: list[Lead], cast: Cast) -> None:
    ada = as_person(cast.ada)
    said = ada.post(f"{PAGE}tidy/", follow=True).content.decode()
    assert "Your records are being tidied up." in said
    assert "Tidying up since" in said
    assert "That is under way already." in ada.post(f"{PAGE}tidy/", follow=True).content.decode()
    assert Upkeep.of(cast.tenant).filter(kind="tidying").count() == 1
    assert as_person(cast.ben).post(f"{PAGE}tidy/").status_code == 403
