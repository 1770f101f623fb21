"""Judges gathered pairs a piece at a time, and keeps what is suspected as proposals."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from crm.ledger import audit
from leads.merging import doubts, suspicion
from leads.merging.suspicion import Suspicion
from leads.models import DuplicateScan, Organisation, Proposal, ScanPair

State = Proposal.State
Pair = tuple[UUID, UUID]
# A second's work, and few enough organisations to hold at a time.
PIECE = 2000
NEXT = """
SELECT one, other FROM leads_scanpair WHERE scan_id = %(scan)s
    AND (one, other) > (%(last_one)s::uuid, %(last_other)s::uuid)
ORDER BY one, other LIMIT %(most)s
"""
NO_ONE = UUID(int=0)


def judge(scan: DuplicateScan) -> int:
    """Judge the next piece, and have the scan say how far it has come; give how many they were."""
    pairs = _next(scan)
    if not pairs:
        return 0
    idents = {ident for pair in pairs for ident in pair}
    rows = Organisation.of(scan.tenant).filter(pk__in=idents).only(*suspicion.FIELDS)
    there = {each.pk: each for each in rows}
    left = [(one, other) for one, other in pairs if one in there and other in there]
    judged = suspicion.of_pairs([(there[one], there[other]) for one, other in left])
    found = {
        pair: suspected
        for pair, suspected in zip(left, judged, strict=True)
        if not suspected.is_none
    }
    _keep(scan, pairs, found, there)
    scan.judged += len(pairs)
    scan.last_one, scan.last_other = pairs[-1]
    return len(pairs)


def forget(scan: DuplicateScan) -> None:
    """Throw away the pairs of a search that has come to its end."""
    ScanPair.objects.filter(scan=scan)._raw_delete(using=connection.alias)


def _next(scan: DuplicateScan) -> list[Pair]:
    given: dict[str, Any] = {
        "scan": scan.pk,
        "last_one": scan.last_one or NO_ONE,
        "last_other": scan.last_other or NO_ONE,
        "most": PIECE,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEXT, given)
        return cursor.fetchall()


def _keep(
    scan: DuplicateScan,
    pairs: Sequence[Pair],
    found: dict[Pair, Suspicion],
    there: dict[UUID, Organisation],
) -> None:
    """Bring the proposals of these pairs to what was found."""
    known, different = _known(scan, pairs)
    suspected = {pair: each for pair, each in found.items() if pair not in different}
    scan.sure += sum(each.is_sure for each in suspected.values())
    scan.maybe += sum(not each.is_sure for each in suspected.values())
    fresh = {pair: each for pair, each in suspected.items() if pair not in known}
    doubts.raise_all(
        [(there[one], there[other], each) for (one, other), each in fresh.items()],
        tenant=scan.tenant,
    )
    _change(scan, [(known[pair], each) for pair, each in suspected.items() if pair in known])
    # What a person proposed, a person settles.
    drop(
        scan, [each for pair, each in known.items() if pair not in suspected and each.by_id is None]
    )


def _known(scan: DuplicateScan, pairs: Sequence[Pair]) -> tuple[dict[Pair, Proposal], set[Pair]]:
    """Give what is proposed of these pairs, and those that somebody called different."""
    wanted, idents = set(pairs), {one for one, _ in pairs}
    rows = Proposal.of(scan.tenant).filter(Q(one__in=idents) | Q(other__in=idents))
    known: dict[Pair, Proposal] = {}
    different: set[Pair] = set()
    for each in rows:
        pair = min(each.one_id, each.other_id), max(each.one_id, each.other_id)
        if pair in wanted and each.state == State.DIFFERENT:
            different.add(pair)
        elif pair in wanted:
            known[pair] = each
    return known, different


def _change(scan: DuplicateScan, found: Sequence[tuple[Proposal, Suspicion]]) -> None:
    """Write down what the matcher says of them by now, where that is something else."""
    changed = []
    for proposal, suspected in found:
        kept = suspected.kept
        if any(getattr(proposal, name) != value for name, value in kept.items()):
            for name, value in kept.items():
                setattr(proposal, name, value)
            changed.append(proposal)
    fields = ("confidence", "is_sure", "shared")
    Proposal.of(scan.tenant).bulk_update(changed, fields, batch_size=500)


def drop(scan: DuplicateScan, gone: Sequence[Proposal]) -> None:
    """Take away proposals that no person made, and that nothing speaks for any more."""
    if not gone:
        return
    audit.write_all(gone, "removed", by=None, before={"why": "no longer alike"})
    rows = Proposal.of(scan.tenant).filter(pk__in=[each.pk for each in gone])
    rows._raw_delete(using=connection.alias)
    scan.dropped += len(gone)
