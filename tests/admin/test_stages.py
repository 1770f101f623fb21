"""Stages in the administration: new leads always have one to enter by, and no lead loses its."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.ledger.models import AuditEntry
from crm.pipeline.models import Kind, Stage
from leads.models import Lead
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))


def last_entry(cast: Cast) -> AuditEntry:
    return AuditEntry.objects.filter(tenant_id=cast.tenant.pk).order_by("-id")[0]


def second_entrance(cast: Cast) -> Stage:
    first = cast.stage(Kind.DISCOVERY)
    return Stage.of(cast.tenant).create(
        tenant=cast.tenant, pipeline=first.pipeline, kind=Kind.DISCOVERY, name="Second"
    )


def delete(cast: Cast, *stages: Stage) -> Any:
    return as_person(cast.ada).post(
        "/admin/pipeline/stage/",
        {
            "action": "delete_selected",
            "_selected_action": [str(stage.pk) for stage in stages],
            "post": "yes",
        },
        follow=True,
    )


def test_not_all_entrances_are_deleted_together(cast: Cast) -> None:
    both = [cast.stage(Kind.DISCOVERY), second_entrance(cast)]
    answer = delete(cast, *both)
    assert "New leads enter by this stage." in answer.content.decode()
    assert Stage.of(cast.tenant).filter(kind=Kind.DISCOVERY).count() == 2
    delete(cast, both[0])
    assert cast.stage(Kind.DISCOVERY) == both[1]


def test_stages_that_are_free_are_deleted_together(cast: Cast, lead: Lead) -> None:
    free = [cast.stage(Kind.LEAD), cast.stage(Kind.PROSPECT)]
    answer = delete(cast, *free, lead.stage)
    assert "1 lead stands in Discovery." in answer.content.decode()
    assert Stage.of(cast.tenant).count() == 6
    delete(cast, *free)
    assert Stage.of(cast.tenant).count() == 4
    assert last_entry(cast).verb == "deleted"


def test_pipeline_and_kind_stay_while_leads_stand_in_a_stage(cast: Cast, lead: Lead) -> None:
    ada, path = as_person(cast.ada), f"/admin/pipeline/stage/{lead.stage_id}/change/"
    second_entrance(cast)
    sent = {"kind": "lost", "name": "Found", "position": "3", "win_chance": "5"}
    sent["pipeline"] = str(lead.stage.pipeline_id)
    assert "once no lead stands in this stage" in ada.get(path).content.decode()
    assert ada.post(path, sent).status_code == 302
    stage = Stage.of(cast.tenant).get(pk=lead.stage_id)
    assert (stage.kind, stage.name, stage.position) == (Kind.DISCOVERY, "Found", 3)
    Lead.of(cast.tenant).delete()
    assert ada.post(path, sent).status_code == 302
    stage.refresh_from_db()
    assert stage.kind == Kind.LOST


def test_many_leads_in_a_stage_cost_no_query_each(cast: Cast, lead: Lead) -> None:
    ada, path = as_person(cast.ada), f"/admin/pipeline/stage/{lead.stage_id}/delete/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert ada.get(path).status_code == 403
        return len(caught)

    queries()
    with_one = queries()
    LeadFactory.create_batch(5, organisation__tenant=cast.tenant)
    assert queries() == with_one


def test_what_a_stage_asks_for_is_checked(cast: Cast) -> None:
    stage = cast.stage(Kind.PROSPECT)
    ada, path = as_person(cast.ada), f"/admin/pipeline/stage/{stage.pk}/change/"
    sent = {"pipeline": str(stage.pipeline_id), "kind": stage.kind, "name": "P", "position": "2"}
    wrong = ada.post(path, sent | {"win_chance": "101", "wip_limit": "0", "rots_after_days": "0"})
    page = wrong.content.decode()
    assert "A chance is at most 100 %." in page
    assert "Write 1 card or more, or leave it empty for no limit." in page
    assert "Write 1 day or more, or leave it empty for no limit." in page
    stage.refresh_from_db()
    assert (stage.win_chance, stage.wip_limit, stage.rots_after_days) == (25, None, 21)
    right = sent | {"win_chance": "30", "wip_limit": "12", "rots_after_days": ""}
    assert ada.post(path, right).status_code == 302
    stage.refresh_from_db()
    assert (stage.win_chance, stage.wip_limit, stage.rots_after_days) == (30, 12, None)
    assert last_entry(cast).verb == "changed"


def test_a_stage_that_leads_stand_in_is_not_deleted(cast: Cast, lead: Lead) -> None:
    ada = as_person(cast.ada)
    answer = ada.post(f"/admin/pipeline/stage/{lead.stage_id}/delete/", {"post": "yes"})
    assert answer.status_code == 403
    assert (
        "1 lead stands in Discovery. Move them to another stage first." in answer.content.decode()
    )
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
            "win_chance": "5",
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
            "win_chance": "5",
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
            "win_chance": "5",
        },
    )
    assert answer.status_code == 200
    assert Stage.of(cast.tenant).filter(name=own.name).count() == 1
