"""Filters by what was done: when, with which stages and by whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import reporting
from crm.pipeline.models import Kind
from crm.tenants.models import Membership
from leads.models import Batch, Lead, TimelineEntry
from leads.moving import board
from leads.moving.asking import Answers
from leads.reports import months
from leads.undo import undo
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import (
    LeadFactory,
    OriginFactory,
    StageMoveFactory,
    TaskFactory,
    TimelineEntryFactory,
)
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def lead(cast: Cast, **given: Any) -> Lead:
    return LeadFactory(organisation__tenant=cast.tenant, **given)


def found(cast: Cast, *said: str, short: str = "") -> tuple[set[Lead], list[str]]:
    """The leads that these filters list for Ada, and what their chips say."""
    answer = as_person(cast.ada).get(
        "/leads/", {"where": said} | ({"owner": short} if short else {})
    )
    assert answer.status_code == 200
    form = answer.context["form"]
    assert not form.left_out
    chips = [chip.words for group in form.chip_groups for chip in group.chips]
    return set(answer.context["leads"]), chips


def ago(days: float) -> Any:
    return timezone.now() - timedelta(days=days)


def test_what_came_into_a_stage_and_left_it(cast: Cast) -> None:
    first, second = cast.stage(Kind.LEAD), cast.stage(Kind.PROSPECT)
    onward, gone, back, before = (lead(cast) for _ in range(4))
    StageMoveFactory(lead=onward, from_stage=first, to_stage=second, by=cast.ada)
    StageMoveFactory(lead=gone, from_stage=first, to_stage=cast.stage(Kind.LOST), by=cast.ben)
    StageMoveFactory(lead=back, from_stage=second, to_stage=first, by=cast.ben)
    StageMoveFactory(lead=before, from_stage=first, to_stage=second, by=cast.ada, at=ago(40))
    today = timezone.localdate().isoformat()
    asked = {
        f"left:onward:30,{first.pk}": ({onward}, "Went on from Lead in the last 30 days"),
        f"left:lost:30,{first.pk}": ({gone}, "Lost from Lead in the last 30 days"),
        f"left:last:60,{first.pk}": (
            {onward, gone, before}, "Went on or lost from Lead in the last 60 days",
        ),
        f"entered:last:1,{first.pk}": ({back}, "Came into Lead in the last day"),
        f"brought:during:{today},{today},{second.pk}": ({onward}, None),
        f"moved:last:7,{cast.ben.pk}": ({gone, back}, "Moved by Ben in the last 7 days"),
        "moved:last:7,me": ({onward}, "Moved by me in the last 7 days"),
    }  # fmt: skip
    for said, (leads, words) in asked.items():
        listed, (chip,) = found(cast, said)
        assert listed == leads, said
        assert words in (None, chip)


def test_what_was_undone_counts_as_never_made(cast: Cast) -> None:
    first, second, lost = (cast.stage(each) for each in (Kind.DISCOVERY, Kind.LEAD, Kind.LOST))
    kept, undone, again = (lead(cast, stage=first) for _ in range(3))
    reason = {"answers": Answers(reason="Too dear")}
    ben = Membership.of(cast.tenant).get(user=cast.ben)
    board.move(undone, to=lost, by=cast.ben, **reason)
    undo.undo(Batch.of(cast.tenant).latest("id"), ben)
    again = board.move(again, to=lost, by=cast.ben, **reason)
    undo.undo(Batch.of(cast.tenant).latest("id"), ben)
    again = Lead.of(cast.tenant).get(pk=again.pk)
    for each in (kept, again):
        board.move(each, to=second, by=cast.ben)
    asked = {
        f"left:last:30,{first.pk}": {kept, again},
        f"left:lost:30,{first.pk}": set(),
        f"left:last:30,{lost.pk}": set(),
        f"entered:last:30,{lost.pk}": set(),
        f"entered:last:30,{first.pk}": set(),
        f"moved:last:7,{cast.ben.pk}": {kept, again},
    }
    for said, leads in asked.items():
        assert found(cast, said)[0] == leads, said
    rows = reporting.count(cast.tenant, ["UTC"])
    assert [(row["key"], row["decided"]) for row in rows["moves"]] == [(str(first.pk), 2)]
    [work] = rows["peoples_moves"]
    assert (work["moved"], work["moves"]) == (2, 2)
    period = months.period()
    brought = months.read(period, months.by_stage(ben, period, months.of(ben, period)))
    assert brought.this == {str(second.pk): 2}


def test_whom_somebody_called_and_how_soon(cast: Cast) -> None:
    soon, late, never = (lead(cast) for _ in range(3))
    Lead.of(cast.tenant).update(created_at=ago(10))
    call = {"kind": TimelineEntry.Kind.CALL, "by": cast.ben}
    TimelineEntryFactory(lead=soon, at=ago(9.5), **call)
    TimelineEntryFactory(lead=soon, at=ago(1), **call)
    TimelineEntryFactory(lead=late, at=ago(5), by=cast.ada)
    TimelineEntryFactory(lead=never, by=None)
    asked = {
        "first:within:1": {soon},
        "first:between:1,7": {late},
        "first:after:1": {late},
        "first:filled": {soon, late},
        "first:empty": {never},
        f"talked:last:7,{cast.ben.pk}": {soon},
        f"talked:last:7,{cast.ben.pk},me": {soon, late},
    }
    for said, leads in asked.items():
        assert found(cast, said)[0] == leads, said


def test_whose_tasks_wait(cast: Cast) -> None:
    late, later, done = (lead(cast) for _ in range(3))
    TaskFactory(lead=late, owner=cast.ben, due_at=ago(1))
    TaskFactory(lead=later, owner=cast.ben, due_at=ago(-40))
    TaskFactory(lead=done, owner=cast.ben, due_at=ago(1), done_at=timezone.now())
    ben = str(cast.ben.pk)
    assert found(cast, f"task:overdue:{ben}") == ({late}, ["A task of Ben is overdue"])
    assert found(cast, f"task:open:{ben}")[0] == {late, later}
    assert found(cast, "task:open:me")[0] == set()


def test_by_kind_of_campaign_and_by_whose_leads_are_one_s_to_see(cast: Cast) -> None:
    campaign = CampaignFactory(tenant=cast.tenant, kind="healthcare")
    mine, nobody_s = lead(cast, owner=cast.ben), lead(cast)
    OriginFactory(lead=mine, ref=campaign.pk)
    assert found(cast, "finder:is:healthcare") == ({mine}, ["Found for Healthcare"])
    assert found(cast, "finder:isnt:healthcare")[0] == {nobody_s}
    assert found(cast, short="ours") == ({mine}, ["Owner is me and my people"])


def test_a_condition_of_two_parts_is_edited_as_it_stands(cast: Cast) -> None:
    stage = cast.stage(Kind.PROSPECT)
    where = {"where": f"entered:last:7,{stage.pk}", "edit_at": "0.0"}
    browser = as_person(cast.ada)
    page = browser.get("/leads/filter/", where).content.decode()
    assert f'value="{stage.pk}" checked' in page
    assert 'name="edit_last" value="7"' in page
    sent = {"edit_field": "entered", "edit_op": "last", "edit_choice": str(stage.pk)}
    changed = browser.get("/leads/filter/", where | sent | {"edit_last": "14"})
    assert changed.url == f"/leads/?where=entered:last:14,{stage.pk}"
    for wrong in ({"edit_last": ""}, {"edit_last": "14", "edit_choice": ""}):
        assert browser.get("/leads/filter/", where | sent | wrong).status_code == 422


@pytest.mark.parametrize(
    "said",
    ["moved:last:7", "moved:last:x,me", "left:onward:,,", "task:overdue:", "entered:during:1"],
)
def test_half_a_condition_is_left_out_with_a_sentence(cast: Cast, said: str) -> None:
    answer = as_person(cast.ada).get("/leads/", {"where": said})
    assert answer.status_code == 200
    assert answer.context["form"].left_out
