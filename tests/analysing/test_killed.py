"""Workers that die, and two who ask at once: the question is sent, and paid, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.ai import ai
from crm.credits.models import CreditEntry
from crm.ids import NOBODYS
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership
from crm.work import lease
from crm.work.drain import drain
from leads.acts.delete import Delete
from leads.analysing import analyses, asking, ending, money
from leads.bulk import bulk
from leads.merging import merge as merging
from leads.models import Analysis, Batch, Lead
from leads.undo import undo
from tests.ai.responses import IDENT, response
from tests.ai.vendor import Vendor
from tests.analysing.conftest import Ask, answer, said, see_through
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.meanwhile import meanwhile
from tests.people import Cast, as_person
from tests.providers.model import Saying

Phase = Analysis.Phase
GOOD = answer(qualification={"statements": [said("They are called Quay Smiles.", 1)]})


class Killed(BaseException):
    """The worker is no more."""


def begun(lead: Lead, cast: Cast) -> Analysis:
    with acting_for(cast.tenant):
        return analyses.begin(lead, most=3, by=cast.ben)


def work_once() -> None:
    """A worker takes the row and is killed on the way."""
    Analysis.across_tenants.filter(state="waiting").update(due_at=timezone.now())
    taken = lease.claim(Analysis, 1)
    assert taken is not None
    with pytest.raises(Killed):
        asking.work(Analysis.across_tenants.select_related("tenant").get(), taken)
    Analysis.across_tenants.update(lease_until=timezone.now() - timedelta(hours=1))


def spends(cast: Cast) -> list[int]:
    rows = CreditEntry.of(cast.tenant).filter(kind="spend")
    return list(rows.values_list("credits", flat=True))


def kill(*_: Any, **__: Any) -> Any:
    raise Killed


def test_killed_before_it_is_sent_it_is_asked_by_the_next(
    lead: Lead, cast: Cast, model: Vendor, let_say: Saying, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = begun(lead, cast)
    with monkeypatch.context() as patch:
        patch.setattr(ai, "ask", kill)
        work_once()
    let_say(GOOD)
    row = see_through(row)

    assert row.phase == Phase.TOLD
    assert len(model.calls("POST /responses")) == 1
    assert spends(cast) == [3]


def test_killed_before_its_ticket_is_kept_it_is_lost_and_never_sent_again(
    lead: Lead, cast: Cast, model: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, note = begun(lead, cast), asking._note
    with monkeypatch.context() as patch:
        patch.setattr(
            asking, "_note", lambda *a, **k: kill() if "ticket" in k else note(*a, **k)
        )
        work_once()
    row = see_through(row)

    assert (row.phase, row.trouble) == (Phase.FAILED, ending.LOST)
    assert len(model.calls("POST /responses")) == 1
    assert row.cost_micros > 0
    assert spends(cast) == [0]


def test_killed_between_the_answer_and_its_keeping_it_is_paid_once(
    lead: Lead, cast: Cast, model: Vendor, let_say: Saying, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_say(GOOD)
    row, book = begun(lead, cast), money.book
    with monkeypatch.context() as patch:
        patch.setattr(money, "book", lambda *a, **k: (book(*a, **k), kill()))
        taken = lease.claim(Analysis, 1)
        assert taken is not None
        asking.work(Analysis.across_tenants.select_related("tenant").get(), taken)
        work_once()
    assert spends(cast) == []
    row = see_through(row)

    assert row.phase == Phase.TOLD
    assert len(model.calls("POST /responses")) == 1
    assert spends(cast) == [3]


def test_given_up_it_is_given_back_and_can_be_asked_anew(
    lead: Lead, cast: Cast, ask: Ask, let_say: Saying, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("Broken.")

    row = begun(lead, cast)
    with monkeypatch.context() as patch:
        patch.setattr("leads.analysing.facts.gather", broken)
        Analysis.across_tenants.update(attempts=4)
        row = see_through(row)
    assert (row.phase, row.trouble) == (Phase.FAILED, asking.GAVE_UP)
    assert spends(cast) == []
    let_say(GOOD)
    assert ask(lead).phase == Phase.TOLD


def test_two_clicks_at_once_ask_once(lead: Lead, cast: Cast) -> None:
    path = f"/leads/{lead.pk}/analysis/ask/"

    def click() -> int:
        return as_person(cast.ben).post(path, {"most": "3"}).status_code

    assert meanwhile(click, click) == [302]
    assert Analysis.of(cast.tenant).count() == 1
    assert CreditEntry.of(cast.tenant).filter(kind="reserve").count() == 1


def test_the_answer_to_a_question_of_a_deleted_lead_is_nobody_s(
    lead: Lead, cast: Cast, let_say: Saying
) -> None:
    let_say(GOOD)
    begun(lead, cast)
    taken = lease.claim(Analysis, 1)
    assert taken is not None
    row = Analysis.across_tenants.select_related("tenant").get()
    Lead.of(cast.tenant).filter(pk=lead.pk).delete()
    with pytest.raises(lease.LeaseLost):
        asking.work(row, taken)
    with acting_for(cast.tenant):
        assert row.reservation is not None
        assert money.needed(cast.tenant, [row.reservation]) == set()


def costs(cast: Cast) -> list[int]:
    rows = CreditEntry.of(cast.tenant).filter(kind="spend", cost_micros__gt=0)
    return list(rows.values_list("cost_micros", flat=True))


def delete(lead: Lead, cast: Cast) -> Batch:
    member = Membership.of(cast.tenant).select_related("tenant", "user").get(user=cast.ada)
    with acting_for(cast.tenant):
        batch, _ = bulk.do(Delete({}), [lead.pk], member)
    assert batch is not None
    return batch


def test_what_a_question_cost_is_booked_though_its_lead_is_deleted(
    lead: Lead, cast: Cast, model: Vendor
) -> None:
    model.on(f"GET /responses/{IDENT}", response("in_progress"))
    row = begun(lead, cast)
    drain(5)
    assert Analysis.of(cast.tenant).get().asked["ticket"] == IDENT
    delete(lead, cast)
    assert costs(cast) == [money.charge()]
    assert spends(cast) == [0]
    with acting_for(cast.tenant):
        assert row.reservation is not None
        assert money.needed(cast.tenant, [row.reservation]) == set()


def test_a_question_that_never_went_out_costs_nothing_when_its_lead_is_deleted(
    lead: Lead, cast: Cast
) -> None:
    begun(lead, cast)
    delete(lead, cast)
    assert costs(cast) == []


def test_of_a_lead_that_comes_back_the_cost_is_booked_once(
    lead: Lead, cast: Cast, model: Vendor, let_say: Saying
) -> None:
    model.on(f"GET /responses/{IDENT}", response("in_progress"))
    begun(lead, cast)
    drain(5)
    batch = delete(lead, cast)
    member = Membership.of(cast.tenant).select_related("tenant", "user").get(user=cast.ada)
    with acting_for(cast.tenant):
        assert len(undo.undo(batch, member).back) == 1
        # Nor does it count as yet to be paid.
        assert money.costs_under_way(cast.tenant, "openai", NOBODYS) == 0
    let_say(GOOD)
    row = see_through(Analysis.across_tenants.get())
    assert (row.phase, row.credits) == (Phase.TOLD, 3)
    assert costs(cast) == [money.charge()]
    assert sum(spends(cast)) == 3


def test_what_a_question_cost_is_booked_though_its_lead_is_merged_into_another(
    lead: Lead, cast: Cast, model: Vendor
) -> None:
    model.on(f"GET /responses/{IDENT}", response("in_progress"))
    begun(lead, cast)
    drain(5)
    other = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=cast.ben)
    with acting_for(cast.tenant):
        merging.merge(other.organisation, lead.organisation, chosen={}, by=cast.ben)
    assert costs(cast) == [money.charge()]
