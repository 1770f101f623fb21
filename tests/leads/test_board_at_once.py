"""Two colleagues drop the same card at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from crm.pipeline.models import Kind
from leads.models import Lead, StageMove
from leads.moving import board
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast


@pytest.mark.usefixtures("committed_db")
def test_one_of_them_moves_it_and_the_other_is_told(cast: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Quay Smiles"))
    start = Barrier(2)

    def drop(who: str) -> str:
        try:
            start.wait(timeout=10)
            to = cast.stage(Kind.LEAD if who == "ada" else Kind.PROSPECT)
            board.move(lead, to=to, by=getattr(cast, who), version=1)
        except board.MovedMeanwhile as refused:
            return str(refused)
        finally:
            connection.close()
        return "moved"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(drop, ["ada", "ben"]))
    winner = StageMove.of(cast.tenant).get().by
    assert said[1] == "moved"
    assert said[0].startswith(f"{winner} moved Quay Smiles to ")
    assert Lead.of(cast.tenant).get().version == 2
