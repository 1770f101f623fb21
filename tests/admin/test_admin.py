"""The administration: a manager looks after the own company, and every change is written down."""

from typing import Any

import pytest

from crm.ledger.models import AuditEntry, AuditPayload
from crm.pipeline.models import Kind
from crm.work.models import State
from leads.models import Lead
from tests.factories.campaigns import CampaignFactory, FindingFactory, RunFactory, SourceRunFactory
from tests.factories.leads import FlowStepFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, name="Harbour Dental")
    return LeadFactory(organisation=organisation)


def last_entry(cast: Cast) -> AuditEntry:
    return AuditEntry.objects.filter(tenant_id=cast.tenant.pk).order_by("-id")[0]


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_a_change_of_a_lead_is_written_down_with_before_and_after(cast: Cast, lead: Lead) -> None:
    ada = as_person(cast.ada)
    answer = ada.post(f"/admin/leads/lead/{lead.pk}/change/", {"value": "1,250"})
    assert answer.status_code == 302
    lead.refresh_from_db()
    assert lead.value_pence == 125_000
    entry = last_entry(cast)
    assert (entry.verb, entry.actor, entry.fields) == ("assigned", "Ada", ["value_pence"])
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert (payload.before, payload.after) == ({"value_pence": None}, {"value_pence": 125_000})
    assert entry.address == "127.0.0.1"


def test_a_lead_is_not_worth_less_than_nothing(cast: Cast, lead: Lead) -> None:
    ada = as_person(cast.ada)
    answer = ada.post(f"/admin/leads/lead/{lead.pk}/change/", {"value": "-1"})
    assert "A value can&#x27;t be less than £0." in answer.content.decode()
    lead.refresh_from_db()
    assert lead.value_pence is None


def test_saving_without_a_change_writes_nothing_down(cast: Cast, lead: Lead) -> None:
    before = AuditEntry.objects.count()
    answer = as_person(cast.ada).post(f"/admin/leads/lead/{lead.pk}/change/", {"value": ""})
    assert answer.status_code == 302
    assert AuditEntry.objects.count() == before


def test_a_change_puts_back_nothing_that_was_moved_meanwhile(
    cast: Cast, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The move is committed between the opening of the row and its saving."""
    prospect, save = cast.stage(Kind.PROSPECT), Lead.save

    def saved_late(row: Lead, *args: Any, **given: Any) -> None:
        Lead.of(cast.tenant).update(stage=prospect, rank="z", version=7)
        save(row, *args, **given)

    monkeypatch.setattr(Lead, "save", saved_late)
    as_person(cast.ada).post(f"/admin/leads/lead/{lead.pk}/change/", {"value": "0.05"})
    lead.refresh_from_db()
    assert (lead.stage, lead.rank, lead.version, lead.value_pence) == (prospect, "z", 7, 5)


@pytest.mark.parametrize("page", ["leads/lead/?tier", "ledger/auditentry/?verb", "leads/lead/?q"])
def test_a_nul_in_the_address_is_refused(cast: Cast, page: str) -> None:
    answer = as_person(cast.ada).get(f"/admin/{page}=%00")
    assert answer.status_code == 400
    assert "That request was not understood" in answer.content.decode()


def test_a_stage_is_not_changed_past_the_board(cast: Cast, lead: Lead) -> None:
    lost = cast.stage(Kind.LOST)
    as_person(cast.ada).post(
        f"/admin/leads/lead/{lead.pk}/change/", {"value": "", "stage": str(lost.pk)}
    )
    lead.refresh_from_db()
    assert lead.stage.kind == Kind.DISCOVERY


def test_a_lead_cannot_be_made_or_deleted_here(cast: Cast, lead: Lead) -> None:
    ada = as_person(cast.ada)
    assert ada.post("/admin/leads/lead/add/", {}).status_code == 403
    assert ada.post(f"/admin/leads/lead/{lead.pk}/delete/", {"post": "yes"}).status_code == 403
    ada.post(
        "/admin/leads/lead/",
        {"action": "delete_selected", "_selected_action": str(lead.pk), "post": "yes"},
    )
    assert Lead.of(cast.tenant).count() == 1


def test_a_failed_row_of_work_is_queued_again(cast: Cast, lead: Lead) -> None:
    dead = FlowStepFactory(lead=lead, state=State.DEAD, attempts=5, last_error="RuntimeError: no")
    failed = RunFactory(campaign=CampaignFactory(tenant=cast.tenant), state="failed")
    run = SourceRunFactory(run=failed)
    SourceRunFactory._meta.model.of(cast.tenant).update(state=State.DEAD)
    ada = as_person(cast.ada)
    for path, row in (("leads/flowstep", dead), ("campaigns/sourcerun", run)):
        answer = ada.post(
            f"/admin/{path}/",
            {"action": "queue_again", "_selected_action": str(row.pk)},
            follow=True,
        )
        assert said(answer) == ["Queued 1 again."]
        row.refresh_from_db()
        assert (row.state, row.attempts, row.last_error) == (State.READY, 0, "")
        assert last_entry(cast).verb == "queued again"


def test_a_row_that_has_not_failed_is_left_alone(cast: Cast, lead: Lead) -> None:
    done = FlowStepFactory(lead=lead, state=State.DONE)
    answer = as_person(cast.ada).post(
        "/admin/leads/flowstep/",
        {"action": "queue_again", "_selected_action": str(done.pk)},
        follow=True,
    )
    assert said(answer) == ["None of these has failed, so nothing was queued."]
    done.refresh_from_db()
    assert done.state == State.DONE


def test_the_audit_trail_is_to_read_only(cast: Cast, lead: Lead) -> None:
    ada = as_person(cast.ada)
    ada.post(f"/admin/leads/lead/{lead.pk}/change/", {"value": "1"})
    entry = last_entry(cast)
    assert "Assigned value" in ada.get("/admin/ledger/auditentry/").content.decode()
    path = f"/admin/ledger/auditentry/{entry.pk}"
    assert ada.get(f"{path}/change/").status_code == 200
    assert ada.post(f"{path}/change/", {"actor": "Nobody"}).status_code == 403
    assert ada.post(f"{path}/delete/", {"post": "yes"}).status_code == 403
    entry.refresh_from_db()
    assert entry.actor == "Ada"


def test_signing_in_leads_on_to_the_administration(cast: Cast) -> None:
    answer = as_person(cast.ada).get("/admin/login/", {"next": "/admin/leads/lead/"}, follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"].startswith("/admin/")


@pytest.mark.parametrize(("miles", "shown"), [(3.14159, "3.1"), (120.0, "120.0"), (None, "–")])
def test_a_finding_is_so_many_miles_away(cast: Cast, miles: float | None, shown: str) -> None:
    run = RunFactory(campaign=CampaignFactory(tenant=cast.tenant))
    FindingFactory(run=run, miles=miles)
    page = as_person(cast.ada).get("/admin/campaigns/finding/").content.decode()
    assert f'class="field-far">{shown}</td>' in page
