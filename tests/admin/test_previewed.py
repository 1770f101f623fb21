"""Actions on many rows show what they would do before they do it."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.notices.models import Notice
from crm.pipeline.models import Kind
from crm.tenants.models import User
from leads.models import Batch, Lead, StageMove
from leads.moving import board
from leads.records import custom
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
LEADS = "/admin/leads/lead/"


@pytest.fixture
def leads(cast: Cast) -> list[Lead]:
    names = ("Abbey", "Bridge", "Castle")
    return [
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=name), score=score)
        for score, name in enumerate(names)
    ]


def step(person: User, action: str, rows: list[Any], path: str = LEADS, **more: Any) -> Any:
    """The first step: rows are ticked on the list and an action is chosen."""
    given = {"action": action, "index": "0", "_selected_action": [str(row.pk) for row in rows]}
    return as_person(person).post(path, given | more)


def go_on(person: User, answer: Any, path: str = LEADS, **more: Any) -> Any:
    """Another step: the page's form is filled in and sent."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page(answer)))
    return as_person(person).post(path, hidden | more, follow=more.get("step") == "do")


def page(answer: Any) -> str:
    return answer.content.decode()


def test_leads_are_given_to_somebody_after_a_look(cast: Cast, leads: list[Lead]) -> None:
    Lead.of(cast.tenant).filter(pk=leads[0].pk).update(owner=cast.ben)
    asked = step(cast.ada, "give", leads)
    assert "3 leads selected" in page(asked)
    assert "Vera" not in page(asked)
    seen = go_on(cast.ada, asked, step="preview", owner=str(cast.ben.pk))
    assert "Give 2 leads to Ben" in page(seen)
    assert "Ben looks after it already." in page(seen)
    assert Lead.of(cast.tenant).filter(owner=cast.ben).count() == 1
    done = go_on(cast.ada, seen, step="do", owner=str(cast.ben.pk))
    assert "Gave 2 leads to Ben." in page(done)
    assert Lead.of(cast.tenant).filter(owner=cast.ben).count() == 3
    assert AuditEntry.objects.filter(verb="assigned", actor="Ada").count() == 2


def test_what_a_colleague_changed_meanwhile_is_left_alone_and_counted(
    cast: Cast, leads: list[Lead]
) -> None:
    to = cast.stage(Kind.PROSPECT)
    seen = go_on(cast.ada, step(cast.ada, "move", leads), step="preview", stage=str(to.pk))
    assert "Move 3 leads to Prospect" in page(seen)
    board.move(leads[0], to=cast.stage(Kind.LEAD), by=cast.ben)
    Lead.of(cast.tenant).filter(pk=leads[1].pk).delete()
    done = page(go_on(cast.ada, seen, step="do", stage=str(to.pk)))
    assert "Moved 1 lead to Prospect." in done
    assert "1 lead left alone: Somebody changed it meanwhile." in done
    assert "1 lead left alone: It is gone meanwhile." in done
    assert StageMove.of(cast.tenant).filter(to_stage=to).count() == 1


def test_a_lead_that_can_not_be_moved_does_not_keep_the_others(
    cast: Cast, leads: list[Lead]
) -> None:
    lost = LeadFactory(
        organisation=leads[0].organisation, stage=cast.stage(Kind.LOST), closed_at=timezone.now()
    )
    to = cast.stage(Kind.PROSPECT)
    chosen = [lost, leads[1]]
    seen = go_on(cast.ada, step(cast.ada, "move", chosen), step="preview", stage=str(to.pk))
    done = page(go_on(cast.ada, seen, step="do", stage=str(to.pk)))
    assert "Moved 1 lead to Prospect." in done
    assert "1 lead left alone: Pursued already, by another lead." in done


def test_leads_are_deleted_with_what_hangs_on_them(cast: Cast, leads: list[Lead]) -> None:
    seen = step(cast.ada, "delete", leads[:2])
    assert "Delete 2 leads" in page(seen)
    assert "You can undo it for ten minutes" in page(seen)
    assert Lead.of(cast.tenant).count() == 3
    assert "Deleted 2 leads." in page(go_on(cast.ada, seen, step="do"))
    assert [lead.title for lead in Lead.of(cast.tenant)] == ["Castle"]
    entries = AuditEntry.objects.filter(verb="deleted", target_type="leads.lead")
    assert sorted(entries.values_list("target", flat=True)) == ["Abbey", "Bridge"]


def test_leads_are_tagged_and_untagged(cast: Cast, leads: list[Lead]) -> None:
    tag = custom.Tag.of(cast.tenant).create(tenant=cast.tenant, name="Spring")
    for action, number in (("tag", 3), ("untag", 0)):
        asked = step(cast.ada, action, leads)
        seen = go_on(cast.ada, asked, step="preview", tag=str(tag.pk))
        go_on(cast.ada, seen, step="do", tag=str(tag.pk))
        assert custom.Tagging.of(cast.tenant).filter(tag=tag).count() == number


@pytest.mark.parametrize("action", ["give", "tag"])
def test_what_was_done_to_several_is_undone_as_one(
    cast: Cast, leads: list[Lead], action: str
) -> None:
    tag = custom.Tag.of(cast.tenant).create(tenant=cast.tenant, name="Spring")
    given = {"owner": str(cast.ben.pk), "tag": str(tag.pk)}
    seen = go_on(cast.ada, step(cast.ada, action, leads), step="preview", **given)
    assert "Undo it" in page(go_on(cast.ada, seen, step="do", **given))
    batch = Batch.of(cast.tenant).get()
    assert batch.many == 3
    as_person(cast.ada).post(f"/leads/changes/{batch.pk}/undo/")
    assert not Lead.of(cast.tenant).exclude(owner=None).exists()
    assert not custom.Tagging.of(cast.tenant).exists()


def test_a_lead_full_of_tags_is_left_alone_and_so_is_one_that_fills_up_meanwhile(
    cast: Cast, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    tag, other = (
        custom.Tag.of(cast.tenant).create(tenant=cast.tenant, name=name) for name in ("A", "B")
    )
    rows = custom.Tagging.of(cast.tenant)
    rows.create(tenant=cast.tenant, lead=leads[0], tag=other)
    for place in ("leads.managing.actions", "leads.acts.tagging"):
        monkeypatch.setattr(f"{place}.MOST_ON_A_LEAD", 1)
    asked = step(cast.ada, "tag", leads)
    seen = go_on(cast.ada, asked, step="preview", tag=str(tag.pk))
    assert "It has 1 tags." in page(seen)
    rows.create(tenant=cast.tenant, lead=leads[1], tag=other)
    done = page(go_on(cast.ada, seen, step="do", tag=str(tag.pk)))
    assert "Tagged 1 lead “A”." in done
    assert "2 leads left alone: It has 1 tags." in done


def test_leads_are_shared_with_a_person(cast: Cast, leads: list[Lead]) -> None:
    reader = f"person:{cast.vera.pk}"
    asked = step(cast.ada, "share", leads)
    seen = go_on(cast.ada, asked, step="preview", with_=reader)
    assert "Share 3 leads with Vera" in page(seen)
    assert "Shared 3 leads with Vera." in page(go_on(cast.ada, seen, step="do", with_=reader))
    assert Notice.of(cast.tenant).get().text == "Ada shared 3 leads with you."
    again = go_on(cast.ada, step(cast.ada, "share", leads), step="preview", with_=reader)
    assert "It is shared with Vera already." in page(again)
    assert "There is nothing to do" in page(again)


def test_all_pages_are_taken_up_to_the_bound_with_the_same_filters(
    cast: Cast, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    LeadFactory(organisation__tenant=cast.tenant, tier="hot", score=99)
    monkeypatch.setattr(admin.site._registry[Lead], "most_at_once", 2)
    cold = f"{LEADS}?tier__exact=cold"
    seen = step(cast.ada, "delete", leads[:1], cold, select_across="1")
    assert "No more than 2 are taken at once" in page(seen)
    assert "Delete 2 leads" in page(seen)
    go_on(cast.ada, seen, cold, step="do")
    assert sorted(Lead.of(cast.tenant).values_list("tier", flat=True)) == ["cold", "hot"]


def test_a_forged_choice_or_id_of_another_company_does_nothing(
    cast: Cast, leads: list[Lead]
) -> None:
    seen = step(cast.charlie, "delete", leads)
    assert "leads selected" not in page(seen)
    ours = step(cast.ada, "delete", leads)
    done = go_on(cast.charlie, ours, step="do")
    assert "Nothing was changed." in page(done)
    assert Lead.of(cast.tenant).count() == 3
    asked = step(cast.ada, "give", leads)
    wrong = go_on(cast.ada, asked, step="do", owner=str(cast.charlie.pk))
    assert "Select a valid choice" in page(wrong)
    assert not Lead.of(cast.tenant).exclude(owner=None).exists()


def test_what_was_sent_along_may_be_garbage(cast: Cast, leads: list[Lead]) -> None:
    given = {"action": "delete", "_selected_action": str(leads[0].pk), "step": "do"}
    for picked in ("", "x", ",,,", "ü" * 200, leads[0].pk.hex, f"{leads[0].pk.hex}00000000"):
        answer = as_person(cast.ada).post(LEADS, given | {"picked": picked}, follow=True)
        assert answer.status_code == 200
    assert Lead.of(cast.tenant).count() == 3


def test_campaigns_are_handed_to_another_person(cast: Cast) -> None:
    campaign, path = CampaignFactory(tenant=cast.tenant), "/admin/campaigns/campaign/"
    asked = step(cast.ada, "hand_over", [campaign], path)
    assert "Vera" not in page(asked)
    seen = go_on(cast.ada, asked, path, step="preview", to=str(cast.ben.pk))
    assert "Hand 1 campaign to Ben" in page(seen)
    assert "Handed 1 campaign to Ben." in page(
        go_on(cast.ada, seen, path, step="do", to=str(cast.ben.pk))
    )
    campaign.refresh_from_db()
    assert campaign.created_by == cast.ben
    assert AuditEntry.objects.latest("id").verb == "handed over"


def test_a_move_asks_what_the_board_asks_and_says_who_lacks_it(
    cast: Cast, leads: list[Lead]
) -> None:
    lost = cast.stage(Kind.LOST)
    asked = go_on(cast.ada, step(cast.ada, "move", leads), step="preview", stage=str(lost.pk))
    assert "Choose a reason" in page(asked)
    assert 'value="do"' not in page(asked)
    why = {"ask-reason": "No budget", "ask-asked_by": str(lost.pk)}
    unsaid = go_on(cast.ada, asked, step="do", stage=str(lost.pk), **why | {"ask-reason": ""})
    assert "Choose a reason." in page(unsaid)
    done = go_on(cast.ada, asked, step="do", stage=str(lost.pk), **why)
    assert "Moved 3 leads to Lost." in page(done)
    assert "/leads/changes/" in page(done)
    assert set(Lead.of(cast.tenant).values_list("lost_reason", flat=True)) == {"No budget"}
    assert Batch.of(cast.tenant).get().many == 3


def test_a_move_keeps_to_the_limit_unless_told_otherwise(cast: Cast, leads: list[Lead]) -> None:
    to = cast.stage(Kind.PROSPECT)
    to.wip_limit, to.asks = 2, ["contact"]
    to.save()
    for lead in leads[:2]:
        lead.contact = ContactFactory(organisation=lead.organisation)
        lead.save()
    LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), stage=to)
    fields = {"stage": str(to.pk), "ask-asked_by": str(to.pk)}
    asked = go_on(cast.ada, step(cast.ada, "move", leads), step="preview", stage=str(to.pk))
    assert "Prospect has 1 of 2. Move 3 more in all the same" in page(asked)
    seen = page(go_on(cast.ada, asked, step="preview", **fields))
    assert "No contact." in seen
    assert "No room in the stage." in seen
    done = page(go_on(cast.ada, asked, step="do", **fields | {"ask-anyway": "on"}))
    assert "Moved 2 leads to Prospect." in done
    assert "1 lead left alone: No contact." in done


def test_what_is_deleted_there_can_be_undone(cast: Cast, leads: list[Lead]) -> None:
    go_on(cast.ada, step(cast.ada, "delete", leads), step="do")
    batch = Batch.of(cast.tenant).get()
    as_person(cast.ada).post(f"/leads/changes/{batch.pk}/undo/")
    assert set(Lead.of(cast.tenant)) == set(leads)
