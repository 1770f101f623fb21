"""Searches for duplicates whose workers are killed, and that two people begin at one moment."""

import os
import signal
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.work.drain import drain
from crm.work.lease import Lease
from crm.work.models import State
from leads.models import DuplicateScan, Proposal, ScanPair
from leads.scanning import judging, scan
from tests.factories.leads import OrganisationFactory
from tests.meanwhile import meanwhile
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")
PAIRS = 5
MOST_DEATHS = 40


def killed_in_its_second_piece(cast: Cast) -> bool:
    """A worker does a piece, and dies in the next before that is committed; say whether it died."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            drain(20, tenant=cast.tenant)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def dying(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have whoever writes for the second time be killed there."""
    write, parent, written = Lease.write, os.getpid(), []

    def fatal(self: Lease, row: Any, **changes: Any) -> None:
        write(self, row, **changes)
        written.append(row)
        if os.getpid() != parent and len(written) > 1:
            os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(Lease, "write", fatal)


def test_whoever_goes_on_after_a_kill_loses_and_repeats_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "PIECE", 2)
    for number in range(PAIRS):
        for name in ("Kestrel Smiles", "Kestrel Smiles Ltd"):
            OrganisationFactory(
                tenant=cast.tenant,
                name=f"{name}",
                phone=f"+44132631800{number}",
                postcode=f"TR{number} 3HH",
                town=f"Town {number}",
                address=f"{number} Quay Street",
            )
    row, _ = scan.begin(cast.tenant, by=cast.ada)
    dying(monkeypatch)
    deaths = 0
    while killed_in_its_second_piece(cast) and deaths < MOST_DEATHS:
        deaths += 1
        past = timezone.now() - timedelta(seconds=1)
        DuplicateScan.of(cast.tenant).update(lease_until=past, due_at=past)
    # Each worker got one piece further than the last.
    assert 10 < deaths < MOST_DEATHS
    done = DuplicateScan.of(cast.tenant).get(pk=row.pk)
    assert done.state == State.DONE
    assert (done.judged, done.sure + done.maybe) == (done.pairs, PAIRS)
    assert Proposal.of(cast.tenant).count() == PAIRS
    told = AuditEntry.objects.filter(tenant_id=cast.tenant.pk, target_type="leads.proposal")
    assert told.count() == PAIRS
    assert not ScanPair.objects.exists()
    connection.close()


def test_two_who_begin_at_one_moment_begin_one(cast: Cast) -> None:
    [(again, is_new)] = meanwhile(
        lambda: scan.begin(cast.tenant, by=cast.ada), lambda: scan.begin(cast.tenant, by=cast.ben)
    )
    assert not is_new
    assert DuplicateScan.of(cast.tenant).get() == again
    assert again.by == cast.ada
