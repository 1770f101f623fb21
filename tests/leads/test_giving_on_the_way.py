"""A stage that asks for an owner, and one that is full: what is asked, and how far is counted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import assign_perm

from crm.pipeline.models import Asked, Kind, Stage
from leads.models import Lead, Proposal
from leads.moving import asking
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker(cast: Cast) -> Stage:
    """A stage that asks whose the lead is; Ben sees what is his or shared with him."""
    cast.tenant.rep_reach, cast.tenant.shows_unowned = "own", False
    cast.tenant.save()
    stage = cast.stage(Kind.CUSTOMER)
    stage.asks = [Asked.OWNER]
    stage.save()
    return stage


def shared(cast: Cast) -> Lead:
    lead: Lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=None)
    assign_perm("leads.view_lead", cast.ben, lead)
    return lead


def test_a_lead_that_is_only_shared_is_given_to_nobody(cast: Cast, asker: Stage) -> None:
    lead = shared(cast)
    ben, at = as_person(cast.ben), f"/leads/{lead.pk}/move/"
    sent = {"stage": asker.pk, "version": lead.version, "ask-owner": cast.ben.pk, "answered": 1}
    answer = ben.post(at, sent)
    assert answer.status_code == 422
    assert "has no owner, which" in answer.content.decode()
    lead.refresh_from_db()
    assert (lead.owner, lead.stage.kind) == (None, Kind.DISCOVERY)
    assert as_person(cast.ada).post(at, sent).status_code == 302
    lead.refresh_from_db()
    assert lead.owner == cast.ben


def test_of_several_only_those_are_given_that_may_be(cast: Cast, asker: Stage) -> None:
    theirs = shared(cast)
    given = asking.Answers(owner=cast.ben, giveable=set())
    assert given.unmet(theirs, asker) == [Asked.OWNER]
    assert asking.fill(theirs, asker, given) == ([], None)


def test_a_full_stage_is_counted_no_further_than_needed(cast: Cast) -> None:
    stage = cast.stage(Kind.CUSTOMER)
    stage.wip_limit = 1
    stage.save()
    for _ in range(4):
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), stage=stage)
    full = asking.full(stage, 1)
    assert full is not None
    assert full.held == 2
    assert "more than its 1" in full.said


def test_proposals_look_into_the_registers_once(cast: Cast) -> None:
    def asked(many: int) -> int:
        for _ in range(many):
            pair = [OrganisationFactory(tenant=cast.tenant) for _ in "ab"]
            Proposal.of(cast.tenant).create(tenant=cast.tenant, one=pair[0], other=pair[1])
        with CaptureQueriesContext(connection) as queries:
            assert ada.get("/leads/proposals/").status_code == 200
        return len(queries)

    ada = as_person(cast.ada)
    ada.get("/leads/proposals/")
    assert asked(1) == asked(5)
