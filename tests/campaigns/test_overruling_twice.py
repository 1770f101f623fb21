"""A person's word about the same organisation in two runs."""

import pytest

from campaigns import overruling
from campaigns.models import Run
from crm.ledger.models import AuditEntry
from crm.pipeline.models import Kind
from leads.merging import proposals
from leads.models import Lead
from leads.moving import board
from tests.campaigns.meeting import listed, met, overrule, run_of
from tests.factories.registers import RegisterEntryFactory
from tests.leads.test_scan import searched
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


def test_what_was_told_apart_is_asked_about_no_more(cast: Cast, run: Run) -> None:
    """No search for duplicates brings it up, so no merge of the sure ones takes it."""
    for number in (1, 2):
        entry = RegisterEntryFactory(
            name="Boots", address="1 High Street", register__slug=f"list-{number}"
        )
        finding = met(run, listed(entry))
    known = finding.organisation
    taken = overrule(finding, by=cast.ben)
    assert known
    assert taken.lead
    assert [each.state for each in proposals.about(known, taken.lead.organisation)] == ["different"]
    assert searched(cast.tenant).pairs == 0
