"""Searches for duplicates whose workers are killed, and that two people begin at one moment."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.work.models import State
from leads.models import DuplicateScan, Proposal, ScanPair
from leads.scanning import judging, scan
from tests.dying import dies, fatal_write
from tests.factories.leads import OrganisationFactory
from tests.meanwhile import meanwhile
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")
PAIRS = 5
MOST_DEATHS = 40


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
    fatal_write(monkeypatch, DuplicateScan, 2)
    deaths = 0
    while dies(cast.tenant) and deaths < MOST_DEATHS:
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
