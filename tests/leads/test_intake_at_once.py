"""Two workers who admit the same organisation at the same moment make one of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from leads.intake import intake
from leads.models import Group, Lead, Organisation, Proposal
from tests.factories.leads import CandidateFactory, OriginRefFactory
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")


def at_once(cast: Cast, *all_fields: dict[str, str]) -> list[str]:
    """Admit these candidates side by side, and give their verdicts."""
    start = Barrier(len(all_fields))
    origin = OriginRefFactory()

    def one(fields: dict[str, str]) -> str:
        try:
            start.wait(timeout=10)
            with transaction.atomic():
                into = intake.entrance(cast.tenant)
                candidate = CandidateFactory(**fields)
                return intake.admit(candidate, into=into, origin=origin, by=None).verdict
        finally:
            connection.close()

    with ThreadPoolExecutor(len(all_fields)) as pool:
        return sorted(pool.map(one, all_fields))


def test_the_same_candidate_four_times_at_once_is_one_lead(cast: Cast) -> None:
    for number in range(5):
        verdicts = at_once(cast, *[{"name": f"Harbour Dental {number}"}] * 4)
        assert verdicts == ["created", "duplicate", "duplicate", "duplicate"]
    assert Organisation.of(cast.tenant).count() == Lead.of(cast.tenant).count() == 5


def test_candidates_that_share_keys_crosswise_do_not_wait_for_ever(cast: Cast) -> None:
    verdicts = at_once(
        cast,
        {"name": "Harbour Dental", "phone": "01326 318000", "company_number": "01234567"},
        {"name": "Quay Smiles", "company_number": "01234567", "phone": "01326 318000"},
        {"name": "Quay Smiles", "phone": "01326 318000"},
    )
    # Who comes first decides whether the name without the number is known by then.
    assert verdicts.count("created") == Organisation.of(cast.tenant).count()
    assert "duplicate" in verdicts


def test_two_sites_of_one_company_at_once_share_one_group(cast: Cast) -> None:
    at_once(
        cast,
        {"name": "Boots", "company_number": "00928555", "postcode": "TR11 3HH"},
        {"name": "Boots", "company_number": "00928555", "postcode": "TR1 2HW"},
        {"name": "Boots", "company_number": "00928555", "postcode": "PL1 1AA"},
    )
    assert Organisation.of(cast.tenant).count() == 3
    assert Group.of(cast.tenant).count() == 1


SPELLINGS = (
    {"name": "The Lantern & Anchor Ltd", "phone": "01326 999123"},
    {"name": "LANTERN AND ANCHOR LIMITED", "postcode": "tr113hh"},
    {"name": "Lantern and Anchor", "website": "https://lantern-anchor.co.uk"},
    {"name": "Lantern & Anchor", "email": "desk@lantern-anchor.co.uk"},
)


def test_two_hundred_who_bring_one_organisation_make_one(cast: Cast) -> None:
    verdicts = at_once(cast, *[SPELLINGS[number % 4] for number in range(200)])
    assert verdicts == ["created"] + ["duplicate"] * 199
    assert Organisation.of(cast.tenant).count() == Lead.of(cast.tenant).count() == 1
    assert not Proposal.of(cast.tenant).exists()


def test_two_who_may_be_one_at_once_are_one_proposal(cast: Cast) -> None:
    for number in range(3):
        phone = f"01326 31800{number}"
        at_once(
            cast,
            {"name": f"Harbour Dental {number}", "phone": phone},
            {"name": f"Quayside Smiles {number}", "phone": phone},
        )
    assert Organisation.of(cast.tenant).count() == 6
    assert Proposal.of(cast.tenant).count() == 3
