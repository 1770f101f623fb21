"""A person's word about the same organisation in two runs."""

import pytest

from campaigns import overruling
from campaigns.models import Run
from crm.ledger.models import AuditEntry
from crm.pipeline.models import Kind
from leads.models import Lead
from leads.moving import board
from tests.campaigns.meeting import listed, met, run_of
from tests.factories.registers import RegisterEntryFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(cast: Cast) -> Run:
    return run_of(cast)


def test_one_customer_of_two_runs_is_pursued_once(cast: Cast, run: Run) -> None:
    entry = RegisterEntryFactory()
    lead = met(run, listed(entry)).lead
    assert lead is not None
    board.move(lead, to=cast.stage(Kind.CUSTOMER), by=cast.ben)
    both = [met(run_of(cast, campaign=run.campaign), listed(entry)) for _ in range(2)]
    answers = overruling.overrule_all(both, campaign=run.campaign, by=cast.ben)
    assert sorted(answer.refusal for answer in answers) == [
        "",
        "it is a lead already, in Discovery",
    ]
    assert Lead.of(cast.tenant).count() == 2
    assert AuditEntry.objects.filter(verb="overruled").count() == 1
