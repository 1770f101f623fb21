"""Who sees which leads: the same on every page, and as the rules say."""

import re
from typing import Any
from uuid import uuid4

import pytest
from guardian.shortcuts import assign_perm

from crm.tenants.models import Membership, Reach
from leads.filters import choices
from leads.models import Lead
from leads.sight import sight
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import LeadFactory, OrganisationFactory, OriginFactory
from tests.leads import worlds
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
LEAD = re.compile(r'/leads/([0-9a-f-]{36})/"')


def fresh(cast: Cast, person: Any) -> Membership:
    rows = Membership.of(cast.tenant).select_related("tenant", "user", "team")
    return rows.get(user=person)


def owned(cast: Cast, owner: Any, name: str, **fields: Any) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, name=name)
    return LeadFactory(organisation=organisation, owner=owner, **fields)


@pytest.fixture
def own(cast: Cast) -> Cast:
    """Reps and viewers see their own, and not what nobody owns."""
    cast.tenant.rep_reach = cast.tenant.viewer_reach = Reach.OWN
    cast.tenant.shows_unowned = False
    cast.tenant.save()
    return cast


@pytest.mark.parametrize("seed", range(12))
def test_in_any_company_everybody_sees_what_the_rules_say(cast: Cast, seed: int) -> None:
    world = worlds.make(cast.tenant, seed)
    for viewer in Membership.of(cast.tenant).select_related("tenant", "user", "team"):
        if viewer.user in (cast.ada, cast.ben, cast.vera):
            continue
        seen = set(sight.leads(viewer).values_list("pk", flat=True))
        assert seen == worlds.leads_seen(world, viewer), f"{viewer}, seed {seed}"


def test_every_page_shows_the_same_leads(cast: Cast) -> None:
    # Here all see different leads: everything, their team's, their own, and those of nobody.
    world = worlds.make(cast.tenant, seed=7)
    assert len({frozenset(worlds.leads_seen(world, each)) for each in world.members}) > 4
    stages = {str(lead.stage_id) for lead in world.leads}
    for number, viewer in enumerate(world.members):
        browser = as_person(viewer.user)
        expected = worlds.leads_seen(world, viewer)
        listed = browser.get("/leads/").context
        assert {lead.pk for lead in listed["leads"]} == expected
        assert listed["total_label"] == str(len(expected))
        found = browser.get("/leads/", {"q": "site"}).context["leads"]
        assert {lead.pk for lead in found} == expected
        board = browser.get("/board/").context["columns"]
        assert {card.pk for column in board for card in column.cards} == expected
        assert sum(column.count for column in board) == len(expected)
        below = {
            card.pk
            for stage in stages
            for card in browser.get(f"/board/columns/{stage}/").context["column"].cards
        }
        assert below == expected
        front = browser.get("/").context
        assert {lead.pk for lead in front.get("hot", [])} <= expected
        assert front["now"].leads == len(expected) or not front["is_of_company"]
        # Every one that is hidden, and each third of the others, not the same ones for all.
        some = {*sorted(expected)[number % 3 :: 3]}
        opened = {
            lead.pk
            for lead in world.leads
            if (lead.pk in some or lead.pk not in expected)
            and browser.get(f"/leads/{lead.pk}/").status_code == 200
        }
        assert opened == some
        check_campaigns(world, viewer, browser, expected)


def check_campaigns(world: worlds.World, viewer: Membership, browser: Any, leads: set) -> None:
    expected = worlds.campaigns_seen(world, viewer)
    page = browser.get("/campaigns/").context["page"]
    assert {campaign.pk for campaign in page} == expected
    for campaign in world.campaigns:
        answer = browser.get(f"/campaigns/{campaign.pk}/")
        assert answer.status_code == (200 if campaign.pk in expected else 404)
        if answer.status_code == 200:
            met = {each.lead_id for each in world.origins if each.ref == campaign.pk}
            assert {lead.pk for lead in answer.context["newest"]} == met & leads
    assert set(choices.origins(viewer)) == {str(ident) for ident in expected}


def test_a_campaign_shows_its_maker_what_it_found_and_not_whom_it_met(own: Cast) -> None:
    found, met = owned(own, own.ada, "Found Ltd"), owned(own, own.ada, "Known Ltd")
    earlier = CampaignFactory(tenant=own.tenant, created_by=own.ada)
    campaign = CampaignFactory(tenant=own.tenant, created_by=own.ben)
    OriginFactory(lead=met, ref=earlier.pk)
    for lead in (found, met):
        OriginFactory(lead=lead, ref=campaign.pk)
    assert set(sight.leads(fresh(own, own.ben))) == {found}
    assert set(sight.leads(fresh(own, own.ada))) == {found, met}


def test_more_found_than_are_looked_up_singly_are_seen_alike(
    own: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = CampaignFactory(tenant=own.tenant, created_by=own.ben)
    found = [owned(own, own.ada, f"Site {n}") for n in range(4)]
    for lead in found:
        OriginFactory(lead=lead, ref=campaign.pk)
    shared, _ = owned(own, own.ada, "Shared Ltd"), owned(own, own.ada, "Hidden Ltd")
    assign_perm("leads.view_lead", own.ben, shared)
    expected = {*found, shared}
    assert set(sight.leads(fresh(own, own.ben))) == expected
    monkeypatch.setattr(sight, "MOST_NAMED", 0)
    assert set(sight.leads(fresh(own, own.ben))) == expected


def test_a_lead_names_no_campaign_that_its_reader_does_not_see(own: Cast) -> None:
    campaign = CampaignFactory(tenant=own.tenant, name="Quietwater", created_by=own.ada)
    lead = owned(own, own.ben, "Harbour Dental")
    OriginFactory(lead=lead, ref=campaign.pk, label=campaign.name, url="/campaigns/x/")
    lead.timeline.create(tenant=own.tenant, kind="origin", text="Found by Quietwater.")
    said = as_person(own.ben).get(f"/leads/{lead.pk}/").content.decode()
    assert "Quietwater" not in said
    assert "/campaigns/x/" not in said
    assert "a colleague’s campaign" in said
    assert "Quietwater" in as_person(own.ada).get(f"/leads/{lead.pk}/").content.decode()


def test_the_choice_of_owners_names_those_whose_leads_one_sees(own: Cast) -> None:
    owned(own, own.vera, "Vera's")
    shared = owned(own, own.ada, "Ada's")
    assign_perm("leads.view_lead", own.ben, shared)
    assert [*choices.known(fresh(own, own.ben), "owner").values()] == ["Ada", "Ben"]


def test_who_gives_a_lead_away_is_told_and_stands_on_the_list(own: Cast) -> None:
    lead = owned(own, own.ben, "Harbour Dental")
    cleo = own.join("Cleo", "rep")
    ben = as_person(own.ben)
    answer = ben.post(f"/leads/{lead.pk}/deal/", {"owner": cleo.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == "/leads/"
    said = answer.content.decode()
    assert "Harbour Dental is Cleo&#x27;s now, and you no longer see it." in said
    assert ben.get(f"/leads/{lead.pk}/").status_code == 404


def test_a_card_is_not_put_below_one_that_the_mover_does_not_see(own: Cast) -> None:
    mine, hidden = owned(own, own.ben, "Mine"), owned(own, own.ada, "Hidden")
    answer = as_person(own.ben).post(
        f"/leads/{mine.pk}/move/",
        {"stage": mine.stage_id, "after": hidden.pk},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 200
    assert [card["id"] for card in answer.json()["cards"]] == [str(mine.pk)]
    mine.refresh_from_db()
    assert mine.rank < hidden.rank


def test_a_clash_with_a_colleague_s_lead_names_neither_it_nor_its_stage(own: Cast) -> None:
    lost, prospect = own.stage("lost"), own.stage("prospect")
    hidden = owned(own, own.ada, "Harbour Dental", stage=prospect)
    mine = LeadFactory(
        organisation=hidden.organisation,
        owner=own.ben,
        stage=lost,
        closed_at=hidden.created_at,
    )
    for person, said in {
        own.ben: "Harbour Dental is pursued already by a colleague.",
        own.ada: "Harbour Dental is pursued already, in Prospect. Move that card instead.",
    }.items():
        answer = as_person(person).post(
            f"/leads/{mine.pk}/move/",
            {"stage": own.stage("lead").pk},
            headers={"Accept": "application/json"},
        )
        assert (answer.status_code, answer.json()["message"]) == (422, said)


def test_what_is_nobodys_campaign_is_named_beside_one_that_is_hidden(own: Cast) -> None:
    lead = owned(own, own.ben, "Harbour Dental")
    OriginFactory(lead=lead, label="the demo")
    OriginFactory(lead=lead, label="Quietwater", url="/campaigns/x/")
    for name in ("the demo", "Quietwater"):
        lead.timeline.create(tenant=own.tenant, kind="origin", text=f"Found by {name}.")
    said = as_person(own.ben).get(f"/leads/{lead.pk}/").content.decode()
    assert "Found by the demo." in said
    assert "Found by a colleague’s campaign." in said
    assert "Quietwater" not in said


def test_what_one_may_not_see_is_answered_like_what_is_not_there(own: Cast) -> None:
    hidden, ben = owned(own, own.ada, "Harbour Dental"), as_person(own.ben)
    pages = [ben.get(f"/leads/{pk}/").content.decode() for pk in (hidden.pk, uuid4())]
    # Besides the token of the page.
    assert len({page.partition("<main")[2] for page in pages}) == 1
    assert "you may not see it (any more)" in pages[0]
    assert "Ask them, or a manager." in pages[0]
    assert "or a manager" not in as_person(own.ada).get(f"/leads/{uuid4()}/").content.decode()
