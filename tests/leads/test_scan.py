"""A search of all records for duplicates: what it proposes, forgets, remembers and passes over."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.tenants.models import Tenant
from crm.work.lease import claim
from crm.work.models import State
from crm.work.queue import CannotQueue
from leads.merging import merge as merging
from leads.merging import proposals, unmerge
from leads.models import DuplicateScan, Organisation, Proposal, ScanPair, ScanPlan
from leads.scanning import plan, scan
from tests.factories.leads import OrganisationFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db


def place(tenant: Tenant, name: str, **fields: Any) -> Organisation:
    made: Any = OrganisationFactory(tenant=tenant, name=name, **fields)
    return made  # type: ignore[no-any-return]


def twins(tenant: Tenant) -> tuple[Organisation, Organisation]:
    """Two that are surely one: the second with a slip of the pen and without its legal form."""
    same = {"phone": "+441326318000", "domain": "kestrelsmiles.example", "postcode": "TR11 3HH"}
    return (
        place(tenant, "Kestrel Smiles Limited", **same),
        place(tenant, "Kestrell Smiles", **same),
    )


def piece(row: DuplicateScan) -> DuplicateScan:
    """A worker does the next piece."""
    rows = DuplicateScan.of(row.tenant).filter(pk=row.pk)
    rows.update(due_at=timezone.now() - timedelta(hours=1))
    lease = claim(DuplicateScan, 1, tenant=row.tenant_id)
    assert lease is not None
    scan.work(rows.select_related("tenant", "by").get(), lease)
    return rows.get()


def searched(tenant: Tenant) -> DuplicateScan:
    row, _ = scan.begin(tenant, by=None)
    while row.state != State.DONE:
        row = piece(row)
    return row


def pairs(tenant: Tenant, state: str = "open") -> list[set[str]]:
    rows = Proposal.of(tenant).filter(state=state).order_by("-confidence")
    return [{each.one.name, each.other.name} for each in rows]


def test_what_is_surely_one_is_proposed_with_its_reasons(cast: Cast) -> None:
    one, other = twins(cast.tenant)
    place(cast.tenant, "Harbour Garage", phone="+441326000009", trade="garage")
    done = searched(cast.tenant)
    found = Proposal.of(cast.tenant).get()
    assert {found.one_id, found.other_id} == {one.pk, other.pk}
    assert found.is_sure
    assert found.confidence > 80
    assert {"phone", "website", "postcode"} <= set(found.shared)
    assert found.by is None
    assert (done.organisations, done.sure, done.maybe) == (3, 1, 0)
    assert done.ended_at is not None
    assert not ScanPair.objects.exists()


def test_it_finds_the_same_again_and_proposes_nothing_twice(cast: Cast) -> None:
    twins(cast.tenant)
    first, again = searched(cast.tenant), searched(cast.tenant)
    assert (first.sure, again.sure, Proposal.of(cast.tenant).count()) == (1, 1, 1)


def test_strangers_are_never_compared(cast: Cast) -> None:
    one, _ = twins(cast.tenant)
    one.delete()
    place(cast.other, "Kestrel Smiles", phone="+441326318000", postcode="TR11 3HH")
    assert searched(cast.tenant).pairs == 0
    assert not Proposal.across_tenants.exists()


def test_what_was_called_different_is_never_proposed_again(cast: Cast) -> None:
    twins(cast.tenant)
    searched(cast.tenant)
    found = Proposal.of(cast.tenant).get()
    proposals.settle(found, state="different", by=cast.ada)
    assert searched(cast.tenant).pairs == 0
    assert pairs(cast.tenant) == []
    # Until a person takes that back.
    proposals.settle(found, state="open", by=cast.ada)
    searched(cast.tenant)
    assert len(pairs(cast.tenant)) == 1


def test_different_stays_different_through_a_merge_and_its_undo(cast: Cast) -> None:
    one, other = twins(cast.tenant)
    searched(cast.tenant)
    proposals.settle(Proposal.of(cast.tenant).get(), state="different", by=cast.ada)
    third = place(cast.tenant, "Kestrel Smiles", phone="+441326318000", domain=one.domain)
    searched(cast.tenant)
    assert len(pairs(cast.tenant)) == 2
    # The third is the first, so it isn't the second either.
    made = merging.merge(third, one, chosen={}, by=cast.ada)
    searched(cast.tenant)
    assert pairs(cast.tenant) == []
    assert pairs(cast.tenant, "different") == [{third.name, other.name}]
    unmerge.undo(made, by=cast.ada)
    searched(cast.tenant)
    assert {one.name, other.name} not in pairs(cast.tenant)
    assert pairs(cast.tenant, "different") == [{one.name, other.name}]


def test_a_pair_that_is_no_longer_alike_goes_with_the_next_search(cast: Cast) -> None:
    one, other = twins(cast.tenant)
    third = place(cast.tenant, "Elm Grove Surgery", phone="", postcode="TR1 2HW")
    searched(cast.tenant)
    asked = proposals.propose(one, third, cast.ben)
    Organisation.of(cast.tenant).filter(pk=other.pk).update(
        name="Quayside Vets", name_key="quayside vets", phone="", domain="", postcode="PL1 1AA",
        town="Plymouth", address="9 Drake Circus",
    )  # fmt: skip
    done = searched(cast.tenant)
    assert done.dropped == 1
    # What a person proposed, a person settles.
    assert list(Proposal.of(cast.tenant)) == [asked]


def test_a_chain_is_passed_over_and_the_report_says_so(cast: Cast) -> None:
    for number in range(40):
        place(
            cast.tenant,
            f"Boots {number}",
            company_number="00928555",
            domain="boots.example",
            postcode=f"TR{number} 1AA",
            town=f"Town {number}",
            address=f"{number} Fore Street",
        )
    done = searched(cast.tenant)
    told = {each["noun"]: each for each in done.passed_over}
    assert told["company number"]["biggest"] == [["00928555", 40]]
    assert told["website"]["many"] == 1
    assert done.pairs == 0


def test_a_search_that_is_under_way_is_not_begun_again(cast: Cast) -> None:
    first, is_new = scan.begin(cast.tenant, by=cast.ada)
    again, is_newer = scan.begin(cast.tenant, by=cast.ben)
    assert (is_new, is_newer) == (True, False)
    assert first == again
    assert scan.begin(cast.other, by=None)[1]


def test_a_stopped_one_writes_no_more_and_the_next_begins_anew(cast: Cast) -> None:
    twins(cast.tenant)
    row, _ = scan.begin(cast.tenant, by=cast.ada)
    row = piece(row)
    assert scan.stop(row, by=cast.ben)
    assert not scan.stop(row, by=cast.ben)
    assert not ScanPair.objects.exists()
    assert searched(cast.tenant).sure == 1


def test_one_that_died_is_not_gone_on_with_while_another_is_under_way(cast: Cast) -> None:
    twins(cast.tenant)
    dead, _ = scan.begin(cast.tenant, by=cast.ada)
    dead = piece(dead)
    DuplicateScan.of(cast.tenant).filter(pk=dead.pk).update(state=State.DEAD)
    scan.gave_up(dead)
    scan.begin(cast.tenant, by=cast.ada)
    with pytest.raises(CannotQueue):
        scan.queued_again(dead)


def test_it_runs_at_night_where_that_is_wanted_and_once(cast: Cast) -> None:
    plan.choose(cast.tenant, is_nightly=True, is_after_runs=False, by=cast.ada)
    plan.begin_due()
    assert scan.latest(cast.tenant) is None
    ScanPlan.of(cast.tenant).update(next_at=timezone.now() - timedelta(minutes=1))
    plan.begin_due()
    plan.begin_due()
    begun = DuplicateScan.of(cast.tenant).get()
    assert (begun.why, begun.by) == ("night", None)
    assert ScanPlan.of(cast.tenant).filter(next_at__gt=timezone.now()).exists()
    assert not DuplicateScan.of(cast.other).exists()
