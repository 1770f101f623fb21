"""Closeness reaches the scores: the lead's column, and the receipt's part for likeness."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from crm.tenants.acting import acting_for
from crm.upward import named
from crm.work.drain import drain
from leads.models import Lead, Recount, Score
from leads.scored import recounting
from leads.vectors.models import Embedding
from tests.closeness.conftest import Made, embed
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db", "worker")


@pytest.fixture
def worker(settings: Any) -> Iterator[None]:
    """Embeds and scores."""
    settings.WORK_TABLES = [
        "leads.scored.flow.TABLE",
        "leads.scored.recounting.TABLE",
        "leads.vectors.embedding.TABLE",
    ]
    named.cache_clear()
    yield
    named.cache_clear()


def test_once_all_are_embedded_leads_are_scored_by_it(cast: Cast, made: Made) -> None:
    near, far = made("dentist", "Quay"), made("mot_garage", "Hale")
    for name in ("Harbour", "Moor"):
        made("dentist", name, "customer")
    made("mot_garage", "Fore Street", "lost")
    embed(cast)
    drain(20)
    near.refresh_from_db()
    far.refresh_from_db()
    assert near.closeness is not None
    assert far.closeness is not None
    assert near.closeness > 50 > 20 > far.closeness
    assert near.score > far.score
    last = Score.of(cast.tenant).filter(lead=near).latest("pk")
    assert last.closeness == near.closeness
    assert '"semantic"' in json.dumps(last.receipt)


def test_with_nobody_won_and_no_words_scores_stay_as_they_are(cast: Cast, made: Made) -> None:
    lead = made("dentist", "Quay")
    embed(cast)
    assert not Recount.of(cast.tenant).exists()
    lead.refresh_from_db()
    assert lead.closeness is None


def test_what_scores_all_leads_is_neither_held_up_nor_ended(
    cast: Cast, made: Made, settings: Any
) -> None:
    made("dentist", "Quay")
    made("dentist", "Harbour", "customer")
    settings.WORK_TABLES = ["leads.vectors.embedding.TABLE"]
    named.cache_clear()
    with acting_for(cast.tenant):
        recount = recounting.begin(cast.tenant, "A new scorecard", cast.ada)
    row = embed(cast)
    assert (row.serves, row.state) == ("", "waiting")
    recount.refresh_from_db()
    assert recount.state == "ready"
    with acting_for(cast.tenant):
        Recount.of(cast.tenant).update(state="done")
        Embedding.of(cast.tenant).update(due_at=recount.created_at)
    assert embed(cast).serves == "lexical-1:256"
    assert Lead.of(cast.tenant).filter(closeness=None).count() == 2
    assert Recount.of(cast.tenant).count() == 2
