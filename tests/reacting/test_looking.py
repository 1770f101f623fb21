"""What a rule does at its looks: once to each lead, in turn, and as a whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from crm.ledger.models import AuditEntry
from leads.lead.locking import hold
from leads.models import Batch, Lead, Reacted, Reaction, ReactionDeed, Task, TimelineEntry
from leads.reacting import looking, meant
from leads.scored import overriding
from leads.undo import undo
from leads.work import tasks
from tests.factories.own import TagFactory
from tests.meanwhile import begun
from tests.people import Cast
from tests.reacting.conftest import Look, Make, hot, owners, seller

pytestmark = pytest.mark.usefixtures("committed_db")


def later(rule: Reaction, by: timedelta) -> None:
    """So much time passes for what the rule has written down."""
    for row in Reacted.of(rule.tenant).filter(reaction=rule):
        row.at -= by
        row.gone_at = row.gone_at - by if row.gone_at else None
        row.save()


def test_a_lead_that_becomes_hot_is_given_away_within_one_look(
    cast: Cast, make: Make, look: Look
) -> None:
    (lead,) = hot(cast)
    overriding.put(lead, points=20, reason="Met at a fair", by=cast.ben)
    rule = make()
    look()
    assert owners(cast, [lead]) == [None]
    overriding.put(lead, points=90, reason="Asked for an offer", by=cast.ben)
    look()
    assert owners(cast, [lead]) == [cast.ben]
    rule.refresh_from_db()
    assert (rule.done, rule.trouble, rule.state) == (1, "", "waiting")
    assert rule.due_at > timezone.now() + timedelta(seconds=30)
    said = TimelineEntry.of(cast.tenant).filter(lead=lead, kind="move").latest("pk")
    assert said.text == "Given to Ben. By the rule “Hot ones”."
    assert said.by == cast.ada
    assert AuditEntry.objects.filter(target="Hot ones", verb="carried out").exists()


def test_they_are_given_in_turn_and_the_next_look_goes_on_behind_the_last(
    cast: Cast, make: Make, look: Look
) -> None:
    dora = seller(cast, "Dora")
    make(given={"people": [str(cast.ben.pk), str(dora.pk)]})
    first = hot(cast, 3)
    look()
    assert owners(cast, first) == [cast.ben, dora, cast.ben]
    for expected in (dora, cast.ben, dora):
        one = hot(cast)
        look()
        assert owners(cast, one) == [expected]
    batch = Batch.of(cast.tenant).order_by("at").first()
    assert batch is not None
    assert batch.said == "Gave 3 leads in turn to Ben and Dora, by the rule “Hot ones”"


def test_a_lead_is_done_once_until_it_has_not_matched_for_a_day(
    cast: Cast, make: Make, look: Look
) -> None:
    (lead,) = hot(cast)
    rule = make()
    look()
    Lead.of(cast.tenant).update(owner=None)
    look()
    assert owners(cast, [lead]) == [None]
    Lead.of(cast.tenant).update(tier="cold")
    look()
    later(rule, timedelta(hours=23))
    Lead.of(cast.tenant).update(tier="hot")
    look()
    assert owners(cast, [lead]) == [None]
    Lead.of(cast.tenant).update(tier="cold")
    look()
    later(rule, timedelta(hours=25))
    look()
    assert not Reacted.of(cast.tenant).exists()
    Lead.of(cast.tenant).update(tier="hot")
    look()
    assert owners(cast, [lead]) == [cast.ben]


def test_what_was_undone_stays_undone(cast: Cast, make: Make, look: Look, ada: Any) -> None:
    leads = hot(cast, 2)
    rule = make()
    look()
    found = undo.undo(Batch.of(cast.tenant).get(), ada)
    assert len(found.back) == 2
    look()
    assert owners(cast, leads) == [None, None]
    # Long after, too, when the rule has forgotten that it had seen to them.
    Reacted.of(cast.tenant).delete()
    look()
    assert owners(cast, leads) == [None, None]
    assert Reacted.of(cast.tenant).filter(reaction=rule, batch=None).count() == 2


def test_a_worker_killed_in_the_middle_has_done_nothing(
    cast: Cast, make: Make, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = hot(cast, 3)
    rule = make()

    def die(*given: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(looking, "_tell", die)
        with pytest.raises(KeyboardInterrupt):
            look()
    assert owners(cast, leads) == [None] * 3
    assert not Reacted.of(cast.tenant).exists()
    assert not Batch.of(cast.tenant).exists()
    Reaction.of(cast.tenant).update(state="ready", lease_until=None, lease_token=None)
    look()
    assert owners(cast, leads) == [cast.ben] * 3
    rule.refresh_from_db()
    assert rule.done == 3


def test_who_matches_when_it_is_switched_on_is_left_alone_if_asked(
    cast: Cast, make: Make, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meant, "MANY", 2)
    old = hot(cast, 5)
    rule = make(new=True)
    look()
    look()
    new = hot(cast, 2)
    look()
    assert owners(cast, old) == [None] * 5
    assert owners(cast, new) == [cast.ben] * 2
    rule.refresh_from_db()
    assert (rule.done, rule.is_for_new) == (2, False)


def test_a_tag_is_put_on_and_taken_off_by_an_undo(
    cast: Cast, make: Make, look: Look, ada: Any
) -> None:
    (lead,) = hot(cast)
    tag = TagFactory(tenant=cast.tenant, name="Call first")
    make(does="tag", given={"tag": str(tag.pk)})
    look()
    assert lead.taggings.get().tag == tag
    undo.undo(Batch.of(cast.tenant).get(), ada)
    look()
    assert not lead.taggings.exists()


def test_a_lead_is_moved_and_the_others_say_why_not(cast: Cast, make: Make, look: Look) -> None:
    (lead,) = hot(cast)
    stage = cast.stage("lead")
    make(does="move", given={"stage": str(stage.pk), "reason": ""})
    hot(cast, stage=stage)
    look()
    lead.refresh_from_db()
    assert lead.stage == stage
    said = TimelineEntry.of(cast.tenant).filter(lead=lead, kind="move").latest("pk").text
    assert said.endswith("By the rule “Hot ones”.")
    deed = ReactionDeed.of(cast.tenant).get()
    assert (deed.many, deed.skipped) == (1, {"already so": 1})


def test_a_task_is_made_for_the_owner_and_one_without_waits(
    cast: Cast, make: Make, look: Look, ada: Any
) -> None:
    mine, nobodys = hot(cast, 2)
    Lead.of(cast.tenant).filter(pk=mine.pk).update(owner=cast.ben)
    make(wanted={"tier": "hot"}, does="task", given={"text": "Call them", "days": 2})
    look()
    task = Task.of(cast.tenant).get()
    assert (task.lead, task.owner, task.text) == (mine, cast.ben, "Call them")
    assert task.due_day == timezone.localdate() + timedelta(days=2)
    Lead.of(cast.tenant).filter(pk=nobodys.pk).update(owner=cast.ben)
    look()
    assert Task.of(cast.tenant).filter(lead=nobodys).count() == 1
    batch = Batch.of(cast.tenant).order_by("at").first()
    assert batch is not None
    undo.undo(batch, ada)
    assert not tasks.open_of(cast.tenant).filter(lead=mine).exists()
    mine.refresh_from_db()
    assert mine.next_due is None
    look()
    assert Task.of(cast.tenant).count() == 1


def test_a_look_and_whoever_merges_leads_do_not_wait_for_each_other(
    cast: Cast, make: Make, look: Look
) -> None:
    (seen,) = hot(cast)
    make()
    look()
    look()
    # It matches again, which a look writes down, and another one waits for its turn.
    Lead.of(cast.tenant).update(owner=None)
    (fresh,) = hot(cast)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold(Lead.of(cast.tenant).filter(pk__in=[seen.pk, fresh.pk]))
            coming = begun(pool, look)
            Reacted.of(cast.tenant).filter(lead=seen).update(at=timezone.now())
        assert coming.result() is None
    assert owners(cast, [seen, fresh]) == [None, cast.ben]


def test_many_are_done_piece_by_piece_at_once_and_ten_rules_side_by_side(
    cast: Cast, make: Make, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leads.reacting.giving.Give.piece", 3)
    leads = hot(cast, 7)
    tags = [TagFactory(tenant=cast.tenant, name=f"Tag {number}") for number in range(9)]
    make()
    for number, tag in enumerate(tags):
        given = {"tag": str(tag.pk)}
        make(f"Rule {number}", wanted={"tier": "hot"}, does="tag", given=given)
    look()
    assert owners(cast, leads).count(cast.ben) == 7
    deeds = ReactionDeed.of(cast.tenant).filter(reaction__name="Hot ones").order_by("at")
    assert [deed.many for deed in deeds] == [3, 3, 1]
    assert all(lead.taggings.count() == 9 for lead in leads)
    assert not Reaction.of(cast.tenant).exclude(trouble="").exists()
