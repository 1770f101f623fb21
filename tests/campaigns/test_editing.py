"""A campaign is changed: what the next run asks for, and what stays as it was."""

from dataclasses import replace
from typing import Any

import pytest

from campaigns import criteria, editing, runs
from campaigns.models import Campaign, Finding, Run
from crm.ledger.models import AuditEntry, AuditPayload
from crm.tenants.acting import acting_for
from leads.models import Lead, Origin
from tests.campaigns.conftest import Launch, run_until_done
from tests.factories.campaigns import CampaignFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def opened(cast: Cast, campaign: Campaign) -> dict[str, Any]:
    """What the edit page sends if nothing is touched."""
    form = as_person(cast.ben).get(f"/campaigns/{campaign.pk}/edit/").context["form"]
    sent = {control.name: control.value() for control in form}
    return {name: value for name, value in sent.items() if value not in (None, False)}


def save(cast: Cast, campaign: Campaign, sent: dict[str, Any], by: Any = None) -> Any:
    person = as_person(by or cast.ben)
    return person.post(f"/campaigns/{campaign.pk}/edit/", sent, follow=True)


def edit(cast: Cast, campaign: Campaign, **changed: Any) -> Any:
    answer = save(cast, campaign, opened(cast, campaign) | changed)
    campaign.refresh_from_db()
    return answer


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_what_is_changed_is_saved_and_written_down(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    answer = edit(cast, campaign, name="Practices  near us ", miles=20, min_employees=10)
    assert answer.redirect_chain == [(f"/campaigns/{campaign.pk}/", 302)]
    assert (campaign.name, campaign.miles, campaign.min_employees) == ("Practices near us", 20, 10)
    assert campaign.fingerprint == criteria.of(campaign).fingerprint
    (entry,) = AuditEntry.objects.filter(verb="changed")
    assert (entry.actor, entry.fields) == ("Ben", ["miles", "min_employees", "name"])
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert payload.before["miles"] == 15
    assert payload.after == {"miles": 20, "min_employees": 10, "name": "Practices near us"}


def test_every_option_can_be_taken_back(cast: Cast, launch: Launch) -> None:
    campaign = launch(takes_edge=True, takes_customers=True, min_employees=5, only_known_size=True)
    options = {"takes_edge", "takes_customers", "min_employees", "only_known_size"}
    sent = {name: value for name, value in opened(cast, campaign).items() if name not in options}
    save(cast, campaign, sent)
    campaign.refresh_from_db()
    assert criteria.of(campaign).phrases == []
    assert campaign.name == "Healthcare within 15 miles of LE1 1AA"


def test_what_the_kind_asks_can_be_changed(cast: Cast) -> None:
    made = {"kind": "new_businesses", "postcode": "LE1 1AA", "miles": 5, "max_results": 10}
    with acting_for(cast.tenant):
        from_ = criteria.read(made | {"extra": {"months": "6"}})
        campaign = Campaign.of(cast.tenant).create(
            tenant=cast.tenant, **from_.as_json(), name="New ones", fingerprint=from_.fingerprint
        )
    assert "from 1 to 36" in edit(cast, campaign, months="40").content.decode()
    edit(cast, campaign, months="12")
    assert campaign.extra == {"months": "12"}


def test_nothing_touched_is_nothing_changed(cast: Cast, launch: Launch) -> None:
    campaign = launch(min_employees=10, max_results=3)
    before = Campaign.of(cast.tenant).values().get()
    assert said(edit(cast, campaign)) == ["Nothing was changed."]
    assert Campaign.of(cast.tenant).values().get() == before
    assert not AuditEntry.objects.filter(verb="changed").exists()


def test_kind_and_postcode_stay(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    page = as_person(cast.ben).get(f"/campaigns/{campaign.pk}/edit/").content.decode()
    assert "duplicate the campaign" in page
    assert 'name="postcode"' not in page
    edit(cast, campaign, postcode="TR1 2HW", kind="education", miles=3)
    assert (campaign.postcode, campaign.kind, campaign.miles) == ("LE1 1AA", "healthcare", 3)
    elsewhere = replace(criteria.of(campaign), postcode="TR1 2HW")
    with acting_for(cast.tenant), pytest.raises(editing.Fixed, match="Duplicate it"):
        editing.change(campaign, elsewhere, "Elsewhere", by=cast.ben)


def test_a_name_made_of_the_criteria_follows_them(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    edit(cast, campaign, miles=20, takes_customers="on")
    assert campaign.name == "Healthcare within 20 miles of LE1 1AA, customers included"
    edit(cast, campaign, name="Mine")
    edit(cast, campaign, miles=25)
    assert campaign.name == "Mine"


def test_leads_name_the_campaign_as_it_is_called_now(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    edit(cast, campaign, name="Practices near us")
    labels = Origin.of(cast.tenant).values_list("label", flat=True)
    assert set(labels) == {"Practices near us"}
    lead = Lead.of(cast.tenant).first()
    assert lead is not None
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
    assert f'<a href="/campaigns/{campaign.pk}/">Practices near us</a>' in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": ""}, "Give it a name."),
        ({"name": "   "}, "Give it a name."),
        ({"name": "x" * 201}, "A name has at most 200 characters; this one has 201."),
        ({"miles": "0"}, "The radius is from 1 to 200 miles; 0 is outside that."),
        ({"max_results": "501"}, "The maximum is from 1 to 500; 501 is outside that."),
        ({"min_employees": "-1"}, "The minimum size is from 1 to 100,000 people; -1 is outside"),
        ({"max_employees": "-1"}, "The maximum size is from 1 to 100,000 people; -1 is outside"),
        ({"only_known_size": "on"}, "Say how many people at least"),
    ],
)
def test_bad_entries_are_answered_in_words_and_change_nothing(
    cast: Cast, launch: Launch, sent: dict[str, str], sentence: str
) -> None:
    campaign = launch(max_results=3)
    before = Campaign.of(cast.tenant).values().get()
    answer = edit(cast, campaign, **sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Campaign.of(cast.tenant).values().get() == before


def test_the_longest_name_fits(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    edit(cast, campaign, name="é" * 200)
    assert campaign.name == "é" * 200
    assert as_person(cast.ben).get(f"/campaigns/{campaign.pk}/").status_code == 200


def test_another_campaign_of_the_name_or_the_criteria_is_named_with_a_link(
    cast: Cast, launch: Launch
) -> None:
    near, far = launch(miles=5, max_results=3), launch(miles=10, max_results=3)
    named = edit(cast, near, name=far.name.upper())
    same = edit(cast, near, miles=10)
    for answer in (named, same):
        assert answer.status_code == 422
        assert f'<a href="/campaigns/{far.pk}/">Open' in answer.content.decode()
    assert "Another campaign is called" in named.content.decode()
    assert "asks for exactly this already." in same.content.decode()
    assert near.miles == 5
    edit(cast, near, name=f"{near.name} again")
    assert near.name.endswith(" again")


def test_a_name_may_be_that_of_another_company(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    CampaignFactory(tenant=cast.other, name="Ours")
    edit(cast, campaign, name="Ours")
    assert campaign.name == "Ours"


def test_who_saves_over_a_change_is_told_before(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    ben_sees = opened(cast, campaign)
    save(cast, campaign, ben_sees | {"miles": 30}, by=cast.ada)
    answer = save(cast, campaign, ben_sees | {"miles": 7, "name": "Ben's"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ada changed this campaign meanwhile." in page
    assert "Radius: 30 miles, by you 7 miles" in page
    campaign.refresh_from_db()
    assert campaign.miles == 30
    # Whoever saves a second time has read it.
    again = {control.name: control.value() for control in answer.context["form"]}
    save(cast, campaign, {name: value for name, value in again.items() if value})
    campaign.refresh_from_db()
    assert (campaign.miles, campaign.name) == (7, "Ben's")


def test_a_new_name_is_a_change_too(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    ben_sees = opened(cast, campaign)
    save(cast, campaign, ben_sees | {"name": "Ada's"}, by=cast.ada)
    answer = save(cast, campaign, ben_sees | {"miles": 7})
    assert answer.status_code == 409
    # Ben did not touch the name; saving his radius leaves Ada's.
    assert answer.context["form"]["name"].value() == "Ada's"


def test_the_same_button_pressed_twice_is_one_change(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    sent = opened(cast, campaign) | {"miles": 30}
    for _ in range(2):
        assert save(cast, campaign, sent).status_code == 200
    assert AuditEntry.objects.filter(verb="changed").count() == 1


def test_a_form_that_does_not_say_what_it_saw_replaces_nothing(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    sent = {"name": "Mine", "miles": 30, "max_results": 3}
    assert save(cast, campaign, sent).status_code == 409
    campaign.refresh_from_db()
    assert campaign.miles == 15


def test_a_run_under_way_goes_on_as_it_was_started(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=30)
    page = as_person(cast.ben).get(f"/campaigns/{campaign.pk}/edit/").content.decode()
    assert "takes effect with the next run" in page
    answer = edit(cast, campaign, max_results=10, min_employees=10, only_known_size="on")
    assert "The one under way goes on as it was started." in said(answer)[0]
    shown = answer.content.decode()
    assert 'id="run-wanted"' in shown
    assert "At most 30 new leads (by now 10 new leads)" in shown
    run = run_until_done(campaign)
    assert run.created == 30
    shown = as_person(cast.ben).get(f"/campaigns/{campaign.pk}/").content.decode()
    assert "Changed since this run" in shown
    more = run_until_done(campaign, Run.Mode.MORE)
    assert more.created == 0
    assert Finding.of(cast.tenant).filter(run=more, ground="size", verdict="rejected").exists()
    shown = as_person(cast.ben).get(f"/campaigns/{campaign.pk}/").content.decode()
    assert 'id="run-wanted"' not in shown


def test_another_walk_begins_in_the_middle_and_the_same_goes_on(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=5)
    run_until_done(campaign)
    kept = dict(Campaign.of(cast.tenant).get().positions)
    assert "begins in the middle" not in said(edit(cast, campaign, max_results=4, miles=16))[0]
    assert campaign.positions == kept
    more = run_until_done(campaign, Run.Mode.MORE)
    assert (more.created, more.duplicates) == (4, 0)
    assert "begins in the middle again" in said(edit(cast, campaign, min_employees=2))[0]
    assert campaign.positions == {}
    anew = run_until_done(campaign, Run.Mode.MORE)
    assert (anew.created, anew.duplicates) == (4, 9)


def test_a_run_of_the_walk_before_does_not_move_the_new_one_on(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=5)
    edit(cast, campaign, min_employees=2)
    run_until_done(campaign)
    campaign.refresh_from_db()
    assert campaign.positions == {}


def test_a_viewer_changes_nothing(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    sent = opened(cast, campaign) | {"miles": 3}
    vera = as_person(cast.vera)
    assert vera.get(f"/campaigns/{campaign.pk}/edit/").status_code == 403
    assert save(cast, campaign, sent, by=cast.vera).status_code == 403
    shown = vera.get(f"/campaigns/{campaign.pk}/").content.decode()
    for address in ("/edit/", "/template/", "/new/"):
        assert address not in shown
    campaign.refresh_from_db()
    assert campaign.miles == 15


def test_the_next_run_keeps_what_it_was_started_with(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    edit(cast, campaign, max_results=2)
    with acting_for(cast.tenant):
        campaign.tenant = cast.tenant
        run = runs.start(campaign, Run.Mode.MORE, by=cast.ben)
    assert (run.maximum, run.wanted["max_results"]) == (2, 2)
