"""What was published scores the company's leads, in the background."""

from typing import Any

import pytest

from crm.upward import named
from crm.work.drain import drain
from leads.models import Lead
from leads.scorecards import cards
from leads.scored import scores
from scoring.card import FIRST
from tests.factories.leads import LeadFactory
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")


def test_leads_come_to_be_scored_by_what_was_published(cast: Cast, settings: Any) -> None:
    settings.WORK_TABLES = ["leads.scored.recounting.TABLE"]
    named.cache_clear()
    lead = LeadFactory(organisation__tenant=cast.tenant)
    scores.refresh(lead)
    before = Lead.of(cast.tenant).get().score
    draft = cards.draft(cast.tenant, by=cast.ada)
    written = {**FIRST, "given": {**FIRST["given"], "company_name": 1}}
    draft = cards.save(draft, written, draft.edition, by=cast.ada)
    assert drain(30) is False
    assert Lead.of(cast.tenant).get().score == before
    cards.publish(draft, draft.edition, by=cast.ada)
    drain(30)

    assert before - Lead.of(cast.tenant).get().score == 9
    assert lead.scores.order_by("id").last().card == draft
