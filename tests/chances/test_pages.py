"""The page of chances for managers, and why a lead has the chance that it has."""

import pytest
from django.test import Client

from crm.tenants.models import Reach, Role, Tenant
from leads.models import ChanceModel, Lead, Training
from leads.scored import scores
from tests.chances.conftest import history, outcomes, train
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "_training_alone")
PAGE = "/leads/chances/"


def text(browser: Client, path: str, **more: str) -> str:
    answer = browser.get(path, headers=more)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def lead(cast: Cast, **more: str) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant)
    made: Lead = LeadFactory(organisation=organisation, owner=cast.ben, **more)
    return made


def test_only_who_administers_sees_the_page_and_trains(cast: Cast) -> None:
    manager = cast.join("Mo", Role.MANAGER)
    for user, status in ((cast.ada, 200), (manager, 200), (cast.ben, 403), (cast.vera, 403)):
        assert as_person(user).get(PAGE).status_code == status
    assert as_person(cast.ben).post(f"{PAGE}train/").status_code == 403
    said = as_person(cast.vera).get(PAGE).content.decode()
    assert "As a viewer you may not see how chances of winning are learned" in said
    assert not Training.of(cast.tenant).exists()
    assert as_person(manager).post(f"{PAGE}train/").status_code == 302
    assert Training.of(cast.tenant).get().asked_by == manager
    assert "asked for by Mo" in text(as_person(cast.ada), PAGE)


def test_the_page_says_how_many_outcomes_are_missing(cast: Cast) -> None:
    outcomes(cast.tenant, won=18, lost=38)
    said = text(as_person(cast.ada), PAGE)
    assert "32 more won and 12 more lost leads are needed" in said
    train(cast)
    said = text(as_person(cast.ada), PAGE)
    assert "18 leads were won and 38 lost." in said
    assert "No model" in said


def test_the_page_says_how_right_the_model_is_beside_the_base_rate(cast: Cast) -> None:
    history(cast.tenant, 400)
    row = train(cast)
    said = text(as_person(cast.ada), PAGE)
    record = row.figures["record"]
    assert f"on {record['won']} won and {record['lost']} lost leads" in said
    auc = f"{100 * record['figures']['roc_auc']:.0f} %"
    assert f"<b>{auc}</b>" in said
    assert "Base rate: always saying" in said
    assert "“Where it came from”" in said
    assert "Clearly better than always saying the base rate" in said
    train(cast)
    assert "Did not take over" in text(as_person(cast.ada), PAGE)
    # Another company has none of it.
    assert "Clearly better" not in text(as_person(cast.charlie), PAGE)


def test_a_lead_says_what_speaks_for_it_and_what_against(cast: Cast) -> None:
    history(cast.tenant, 400)
    good, bad = lead(cast, source="referral"), lead(cast, source="purchased_list")
    train(cast)
    ben = as_person(cast.ben)
    good.refresh_from_db()
    assert good.chance is not None
    shown = f"{round(good.chance / 10)} %"
    page = text(ben, good.get_absolute_url())
    assert f'Chance of winning: <b class="number">{shown}</b>' in page
    for headers in ({}, {"HX-Request": "true"}):
        said = text(ben, f"{good.get_absolute_url()}chance/", **headers)
        assert shown in said
        assert "Speaks for it" in said
        assert "Came by referral" in said
    said = text(ben, f"{bad.get_absolute_url()}chance/")
    assert "Speaks against it" in said
    assert "Came by purchased list" in said


def test_a_lead_without_a_chance_says_why(cast: Cast) -> None:
    outcomes(cast.tenant, won=49, lost=60)
    one = lead(cast)
    scores.refresh(one)
    path = f"{one.get_absolute_url()}chance/"
    said = text(as_person(cast.ben), path)
    assert "There is no chance of winning yet: 1 more won lead is needed to learn from." in said
    Lead.of(cast.tenant).filter(pk=one.pk).update(closed_at=one.created_at, chance=340)
    assert "The lead has ended. It stood at 34 %" in text(as_person(cast.ben), path)
    assert not ChanceModel.of(cast.tenant).exists()


def test_nobody_asks_about_a_lead_that_they_do_not_see(cast: Cast) -> None:
    one = lead(cast)
    path = f"{one.get_absolute_url()}chance/"
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN)
    rita = cast.join("Rita", Role.REP)
    assert as_person(rita).get(path).status_code == 404
    assert as_person(cast.charlie).get(path).status_code == 404
