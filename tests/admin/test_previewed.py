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
from leads import board, custom
from leads.models import Lead, StageMove
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import LeadFactory, OrganisationFactory
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
    assert "Abbey is pursued already" in done


def test_leads_are_deleted_with_what_hangs_on_them(cast: Cast, leads: list[Lead]) -> None:
    seen = step(cast.ada, "delete", leads[:2])
    assert "Delete 2 leads" in page(seen)
    assert "can&#x27;t be undone" in page(seen) or "can't be undone" in page(seen)
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
