"""Saved views: filters under a name, for oneself and for whom they are shared with."""

from typing import Any

import pytest
from guardian.shortcuts import assign_perm

from crm.ledger.models import AuditEntry
from crm.tenants.models import Membership, Reach
from leads.models import Lead, SavedView
from tests.factories.leads import LeadFactory, OrganisationFactory, SavedViewFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def lead(cast: Cast, name: str, **fields: Any) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=name), **fields)


def save(browser: Any, name: str, **filters: Any) -> Any:
    return browser.post("/leads/views/", {"view_name": name, **filters}, follow=True)


def test_a_view_is_saved_opened_renamed_replaced_and_deleted(cast: Cast) -> None:
    hot, _ = lead(cast, "Hot", tier="hot", score=80), lead(cast, "Cold")
    ben = as_person(cast.ben)
    answer = save(ben, "Hot ones", tier="hot", unknown="x")
    assert "“Hot ones” is saved." in answer.content.decode()
    assert list(answer.context["leads"]) == [hot]
    view = SavedView.of(cast.tenant).get()
    assert (view.owner, view.wanted) == (cast.ben, {"tier": "hot"})
    assert f'href="/leads/views/{view.pk}/"' in ben.get("/leads/").content.decode()
    ben.post(f"/leads/views/{view.pk}/edit/", {"view_name": "Best ones"})
    ben.post(f"/leads/views/{view.pk}/replace/", {"q": "cold"})
    view.refresh_from_db()
    assert (view.name, view.wanted) == ("Best ones", {"q": "cold"})
    answer = ben.post(f"/leads/views/{view.pk}/delete/", follow=True)
    assert "“Best ones” is deleted. The leads stay." in answer.content.decode()
    assert not SavedView.of(cast.tenant).exists()
    verbs = AuditEntry.objects.filter(target_type="leads.savedview").order_by("id")
    assert [entry.verb for entry in verbs] == ["created", "renamed", "changed", "deleted"]


@pytest.mark.parametrize(
    ("name", "filters", "said"),
    [
        ("", {"tier": "hot"}, "Give the view a name"),
        ("Everything", {}, "Set a filter first"),
        ("Everything", {"tier": "boiling"}, "Set a filter first"),
        ("HOT", {"tier": "hot"}, "You have a view called “HOT” already."),
    ],
)
def test_a_view_that_can_not_be_saved_says_why(
    cast: Cast, name: str, filters: dict[str, str], said: str
) -> None:
    SavedViewFactory(tenant=cast.tenant, owner=cast.ben, name="Hot")
    SavedViewFactory(tenant=cast.tenant, owner=cast.ada, name="Everything")
    assert said in save(as_person(cast.ben), name, **filters).content.decode()
    assert SavedView.of(cast.tenant).filter(owner=cast.ben).count() == 1


def test_of_a_view_the_gone_is_named_and_the_rest_shown(cast: Cast) -> None:
    cleo = cast.join("Cleo", "rep")
    hot = lead(cast, "Hot", tier="hot")
    lead(cast, "Cold")
    wanted = {
        "tier": "hot",
        "owner": str(cleo.pk),
        "stage": "0195f3a0-0000-7000-8000-000000000000",
        "campaign": "0195f3a0-0000-7000-8000-000000000000",
    }
    view = SavedViewFactory(tenant=cast.tenant, owner=cast.ben, wanted=wanted)
    Membership.of(cast.tenant).filter(user=cleo).delete()
    answer = as_person(cast.ben).get(f"/leads/views/{view.pk}/", follow=True)
    assert list(answer.context["leads"]) == [hot]
    gone = answer.context["form"].filters.left_out
    assert {each.label for each in gone} == {"Owner", "Stage", "Found by"}
    assert "gone, or not yours to see" in answer.content.decode()


def test_a_shared_view_shows_each_reader_what_they_see(cast: Cast) -> None:
    cast.tenant.rep_reach, cast.tenant.shows_unowned = Reach.OWN, False
    cast.tenant.save()
    mine = lead(cast, "Mine", tier="hot", owner=cast.ben)
    theirs = lead(cast, "Theirs", tier="hot", owner=cast.ada)
    view = SavedViewFactory(tenant=cast.tenant, owner=cast.ada, name="Hot")
    ben = as_person(cast.ben)
    assert ben.get(f"/leads/views/{view.pk}/").status_code == 404
    assign_perm("leads.view_savedview", cast.ben, view)
    shown = ben.get(f"/leads/views/{view.pk}/", follow=True)
    assert list(shown.context["leads"]) == [mine]
    listed = as_person(cast.ada).get(f"/leads/views/{view.pk}/", follow=True).context["leads"]
    assert set(listed) == {mine, theirs}
    for act in ("replace", "delete", "edit"):
        answer = ben.post(f"/leads/views/{view.pk}/{act}/", {"q": "x", "view_name": "y"})
        assert answer.status_code == 404
    assert ben.get(f"/leads/views/{view.pk}/edit/").status_code == 200


def test_a_view_keeps_groups_order_and_columns(cast: Cast) -> None:
    hot = lead(cast, "Hot", tier="hot", score=80)
    lead(cast, "Cold", score=5)
    ben = as_person(cast.ben)
    asked = {"or1": ["score:atleast:70", "due:overdue"], "sort": "name", "cols": "score,value"}
    save(ben, "Soon", **asked)
    view = SavedView.of(cast.tenant).get()
    assert view.wanted == asked
    shown = ben.get(f"/leads/views/{view.pk}/", follow=True)
    assert list(shown.context["leads"]) == [hot]
    assert not shown.context["can_save"]
    assert shown.redirect_chain[0][0].startswith(
        "/leads/?or1=score:atleast:70&or1=due:overdue&sort=name&cols=score,value&view="
    )


def test_what_is_pinned_and_comes_first_is_each_persons_own(cast: Cast) -> None:
    hot = lead(cast, "Hot", tier="hot")
    lead(cast, "Cold")
    views = [
        SavedViewFactory(tenant=cast.tenant, owner=cast.ada, name=name, is_for_all=True,
                         wanted={"tier": "hot"})
        for name in ("One", "Two")
    ]  # fmt: skip
    ben = as_person(cast.ben)
    for view in views:
        ben.post(f"/leads/views/{view.pk}/choose/", {"pinned": "yes", "first": "yes"})
    first = ben.get("/leads/", follow=True)
    assert first.redirect_chain[0][0] == f"/leads/?tier=hot&view={views[1].pk}"
    assert list(first.context["leads"]) == [hot]
    assert first.context["pinned"] == views
    assert len(ben.get("/leads/?view=all").context["leads"]) == 2
    ada = as_person(cast.ada).get("/leads/")
    assert (ada.status_code, ada.context["pinned"]) == (200, [])
    ben.post(f"/leads/views/{views[1].pk}/choose/", {"first": "no"})
    assert ben.get("/leads/").status_code == 200
    as_person(cast.ada).post(f"/leads/views/{views[0].pk}/delete/")
    assert ben.get("/leads/").context["pinned"] == [views[1]]


def test_a_view_is_opened_to_all_by_its_maker_or_a_manager(cast: Cast) -> None:
    view = SavedViewFactory(tenant=cast.tenant, owner=cast.ben, wanted={"tier": "hot"})
    url = f"/leads/views/{view.pk}/everybody/"
    ada, ben, vera = map(as_person, (cast.ada, cast.ben, cast.vera))
    # What somebody keeps for themselves is no manager's.
    assert ada.post(url, {"for_all": "yes"}).status_code == 404
    assert "Everybody in the company sees" in (
        ben.post(url, {"for_all": "yes"}, follow=True).content.decode()
    )
    assert vera.get(f"/leads/views/{view.pk}/").status_code == 302
    assert as_person(cast.charlie).get(f"/leads/views/{view.pk}/").status_code == 404
    assert vera.post(url, {"for_all": "no"}).status_code == 403
    assert ada.post(url, {"for_all": "no"}).headers["Location"] == "/leads/"
    assert vera.get(f"/leads/views/{view.pk}/").status_code == 404
    told = AuditEntry.objects.filter(target_type="leads.savedview").order_by("id")
    assert [entry.verb for entry in told] == ["changed", "changed"]


def test_a_view_keeps_every_column_that_was_ticked(cast: Cast) -> None:
    lead(cast, "Hot", tier="hot")
    ben = as_person(cast.ben)
    page = ben.get("/leads/?tier=hot&cols=&cols=score&cols=stage&cols=place")
    assert '<input type="hidden" name="cols" value="score,stage,place">' in page.content.decode()
    # Boxes may be sent as they are, too.
    save(ben, "Hot", tier="hot", cols=["", "score", "stage", "place"])
    view = SavedView.of(cast.tenant).get()
    assert view.wanted == {"tier": "hot", "cols": "score,stage,place"}
    ben.post(f"/leads/views/{view.pk}/replace/", {"tier": "hot", "cols": ["score", "tags"]})
    shown = ben.get(f"/leads/views/{view.pk}/", follow=True)
    assert [head.label for head in shown.context["heads"]] == ["Organisation", "Score", "Tags"]
    assert not shown.context["can_save"]


def test_what_is_gone_of_a_view_holds_back_all_that_match_until_it_is_taken_away(
    cast: Cast,
) -> None:
    warm, _ = lead(cast, "Warm", tier="warm"), lead(cast, "Hot", tier="hot")
    gone = "0195f3a0-0000-7000-8000-000000000000"
    wanted = {"stage": gone, "tier": "warm"}
    view = SavedViewFactory(tenant=cast.tenant, owner=cast.ada, wanted=wanted)
    ada = as_person(cast.ada)
    shown = ada.get(f"/leads/views/{view.pk}/", follow=True)
    page = shown.content.decode()
    assert page.count("gone, or not yours to see") == 1
    assert shown.context["can_save"]
    for query in (shown.context["query"], shown.context["form"].query):
        sent = {"all": "1", "query": query, "asked_about": "1", "to_owner": str(cast.ben.pk)}
        for act in ({"ask": "assign"}, {"do": "assign"}, {"ask": "export"}):
            answer = ada.post("/leads/bulk/", sent | act, headers={"HX-Request": "true"})
            assert answer.status_code == 409
            assert "Take that filter away" in answer.content.decode()
    file = ada.get(f"/leads/export/?{shown.context['export_query']}&what=leads&as=csv", follow=True)
    assert "No file was made" in file.content.decode()
    assert f"stage%3Ais%3A{gone}".replace("%3A", ":") in file.redirect_chain[0][0]
    cleared = ada.get(f"/leads/?{shown.context['form'].cleared}")
    assert list(cleared.context["leads"]) == [warm]
    assert not cleared.context["form"].left_out
    sent = {"all": "1", "query": cleared.context["query"], "ask": "assign"}
    assert ada.post("/leads/bulk/", sent).status_code == 200
    ada.post(f"/leads/views/{view.pk}/replace/", dict(shown.context["kept"]))
    view.refresh_from_db()
    assert view.wanted == {"tier": "warm"}
