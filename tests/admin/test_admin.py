"""The administration: a manager looks after the own company, and every change is written down."""

from typing import Any

import pytest

from crm.ledger.models import AuditEntry, AuditPayload
from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Membership, Role
from crm.work.models import State
from leads.models import Lead
from tests.factories.campaigns import CampaignFactory, RunFactory, SourceRunFactory
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
    answer = ada.post(f"/admin/leads/lead/{lead.pk}/change/", {"value_pence": "125000"})
    assert answer.status_code == 302
    lead.refresh_from_db()
    assert lead.value_pence == 125_000
    entry = last_entry(cast)
    assert (entry.verb, entry.actor, entry.fields) == ("changed", "Ada", ["value_pence"])
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert (payload.before, payload.after) == ({"value_pence": "None"}, {"value_pence": "125000"})
    assert entry.address == "127.0.0.1"


def test_a_stage_is_not_changed_past_the_board(cast: Cast, lead: Lead) -> None:
    lost = cast.stage(Kind.LOST)
    as_person(cast.ada).post(
        f"/admin/leads/lead/{lead.pk}/change/", {"value_pence": "", "stage": str(lost.pk)}
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
    run = SourceRunFactory(run=RunFactory(campaign=CampaignFactory(tenant=cast.tenant)))
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


def test_the_only_owner_stays_one(cast: Cast) -> None:
    mine = Membership.of(cast.tenant).get(user=cast.ada)
    ada = as_person(cast.ada)
    answer = ada.post(f"/admin/tenants/membership/{mine.pk}/change/", {"role": Role.REP})
    assert "This is the only owner. Make somebody else an owner first." in answer.content.decode()
    mine.refresh_from_db()
    assert mine.role == Role.OWNER
    bens = Membership.of(cast.tenant).get(user=cast.ben)
    ada.post(f"/admin/tenants/membership/{bens.pk}/change/", {"role": Role.OWNER})
    ada.post(f"/admin/tenants/membership/{mine.pk}/change/", {"role": Role.REP})
    roles = dict(Membership.of(cast.tenant).values_list("user__name", "role"))
    assert roles == {"Ada": Role.REP, "Ben": Role.OWNER, "Vera": Role.VIEWER}


def test_the_only_owner_can_not_be_removed_by_a_manager(cast: Cast) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    adas = Membership.of(cast.tenant).get(user=cast.ada)
    browser = as_person(mia)
    browser.post(f"/admin/tenants/membership/{adas.pk}/delete/", {"post": "yes"})
    browser.post(
        "/admin/tenants/membership/",
        {"action": "delete_selected", "_selected_action": str(adas.pk), "post": "yes"},
    )
    assert Membership.of(cast.tenant).filter(role=Role.OWNER).exists()


def test_a_member_can_be_removed_but_not_oneself(cast: Cast) -> None:
    ada = as_person(cast.ada)
    for name, status in {"ben": 302, "ada": 403}.items():
        row = Membership.of(cast.tenant).get(user=getattr(cast, name))
        answer = ada.post(f"/admin/tenants/membership/{row.pk}/delete/", {"post": "yes"})
        assert answer.status_code == status, name
    assert set(Membership.of(cast.tenant).values_list("user__name", flat=True)) == {"Ada", "Vera"}


def test_a_manager_does_not_make_owners(cast: Cast) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    mine = Membership.of(cast.tenant).get(user=mia)
    as_person(mia).post(f"/admin/tenants/membership/{mine.pk}/change/", {"role": Role.OWNER})
    mine.refresh_from_db()
    assert mine.role == Role.MANAGER


def test_a_stage_that_leads_stand_in_is_not_deleted(cast: Cast, lead: Lead) -> None:
    ada = as_person(cast.ada)
    answer = ada.post(f"/admin/pipeline/stage/{lead.stage_id}/delete/", {"post": "yes"})
    assert answer.status_code in (200, 403)
    assert Stage.of(cast.tenant).filter(pk=lead.stage_id).exists()
    empty = cast.stage(Kind.PROSPECT)
    answer = ada.post(f"/admin/pipeline/stage/{empty.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    assert not Stage.of(cast.tenant).filter(pk=empty.pk).exists()
    assert last_entry(cast).verb == "deleted"


def test_the_stage_by_which_new_leads_enter_stays(cast: Cast) -> None:
    entrance = cast.stage(Kind.DISCOVERY)
    ada = as_person(cast.ada)
    path = f"/admin/pipeline/stage/{entrance.pk}"
    assert ada.post(f"{path}/delete/", {"post": "yes"}).status_code == 403
    ada.post(
        "/admin/pipeline/stage/",
        {"action": "delete_selected", "_selected_action": str(entrance.pk), "post": "yes"},
    )
    changed = {
        "pipeline": str(entrance.pipeline_id),
        "kind": "lead",
        "name": "Found",
        "position": "0",
        "win_chance": "5",
    }
    answer = ada.post(f"{path}/change/", changed)
    assert "New leads enter by this stage." in answer.content.decode()
    assert cast.stage(Kind.DISCOVERY).name == "Discovery"
    assert ada.post(f"{path}/change/", changed | {"kind": "discovery"}).status_code == 302
    assert cast.stage(Kind.DISCOVERY).name == "Found"


def test_a_new_stage_belongs_to_the_company_whose_manager_made_it(cast: Cast) -> None:
    own = cast.stage(Kind.LEAD)
    answer = as_person(cast.ada).post(
        "/admin/pipeline/stage/add/",
        {
            "pipeline": str(own.pipeline_id),
            "kind": "lead",
            "name": "Trial",
            "position": "9",
            "win_chance": "30",
        },
    )
    assert answer.status_code == 302
    assert Stage.of(cast.tenant).get(name="Trial").pipeline == own.pipeline
    assert last_entry(cast).verb == "created"


def test_a_stage_can_not_be_put_into_another_company_s_pipeline(cast: Cast) -> None:
    theirs = Stage.of(cast.other).first()
    assert theirs is not None
    answer = as_person(cast.ada).post(
        "/admin/pipeline/stage/add/",
        {
            "pipeline": str(theirs.pipeline_id),
            "kind": "lead",
            "name": "Trial",
            "position": "9",
            "win_chance": "30",
        },
    )
    assert answer.status_code == 200
    assert not Stage.across_tenants.filter(name="Trial").exists()


def test_the_same_name_twice_is_said_in_the_form(cast: Cast) -> None:
    own = cast.stage(Kind.LEAD)
    answer = as_person(cast.ada).post(
        "/admin/pipeline/stage/add/",
        {
            "pipeline": str(own.pipeline_id),
            "kind": "lead",
            "name": own.name,
            "position": "9",
            "win_chance": "30",
        },
    )
    assert answer.status_code == 200
    assert Stage.of(cast.tenant).filter(name=own.name).count() == 1


def test_the_audit_trail_is_to_read_only(cast: Cast, lead: Lead) -> None:
    ada = as_person(cast.ada)
    ada.post(f"/admin/leads/lead/{lead.pk}/change/", {"value_pence": "100"})
    entry = last_entry(cast)
    assert "value_pence" in ada.get("/admin/ledger/auditentry/").content.decode()
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
