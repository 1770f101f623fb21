"""Which records are compared at all, and two lists matched with each other."""

import pytest

from leads.dedupe import blocks, pairing
from leads.dedupe.matcher import Answer
from leads.dedupe.record import Record
from tests.benchmarks.contract import verdict
from tests.benchmarks.dedupe_quality import BENCHMARK
from tests.benchmarks.practices import quality
from tests.leads.dedupe.records import record

pytestmark = pytest.mark.django_db


def answers(ones: list[Record], others: list[Record]) -> set[tuple[str, str, str]]:
    return {
        (ones[pair.one].name, others[pair.other].name, pair.verdict.answer.value)
        for pair in pairing.match(ones, others)
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record("Fern Dental", "LE1 1AA"), record("Moss Motors", "LE1 1AA")),
        (record("Fern Dental", "LE1 1AA"), record("FERN DENTAL LTD", "EH1 1AA")),
        (record("Fern", phone="0116 496 0001"), record("Moss", phone="0116 4960001")),
        (record("Fern", website="https://a.fern.co.uk"), record("Moss", email="x@fern.co.uk")),
        (
            record("Fern", "LE1 1AA", address="2 High St"),
            record("Moss", "LE1 1AB", address="Fern House, 2 High Street"),
        ),
        (record("Kestrel Smiles", "LE1 1AA"), record("Kestrell Smiles", "LE1 9ZZ")),
        (record("Moss, formerly Kestrel Smiles"), record("Kestrel Smiles Ltd")),
    ],
)
def test_who_may_be_one_shares_a_key(one: Record, other: Record) -> None:
    assert set(blocks.keys(one)) & set(blocks.keys(other))


def test_others_share_none_and_each_key_is_there_once() -> None:
    one, other = record("Fern Dental", "LE1 1AA"), record("Moss Dental", "EH1 1AA")
    assert not set(blocks.keys(one)) & set(blocks.keys(other))
    assert len(blocks.keys(one)) == len(set(blocks.keys(one)))


def test_the_renamed_one_is_found_once_its_neighbour_is_settled() -> None:
    old = [record("Robert Street Practice", "SA73 2JW"), record("Manor Clinic", "SA73 2JW")]
    new = [record("Robert Street Surgery", "SA73 2JW"), record("Manor Clinic", "SA73 2JW")]
    assert answers(old, new) == {
        ("Manor Clinic", "Manor Clinic", "same"),
        ("Robert Street Practice", "Robert Street Surgery", "same"),
    }


def test_two_of_one_name_and_postcode_are_a_maybe() -> None:
    old = [record("Fern Dental", "LE1 1AA"), record("Fern Dental", "LE1 1AA")]
    told = pairing.match(old, [record("Fern Dental", "LE1 1AA")])
    assert {pair.verdict.answer for pair in told} == {Answer.MAYBE}
    assert len(told) == 2


def test_another_name_alone_at_its_postcode_is_a_maybe_only() -> None:
    old, new = [record("Yeadon Tarn", "LS19 7JN")], [record("Aire Valley", "LS19 7JN")]
    assert answers(old, new) == {("Yeadon Tarn", "Aire Valley", "maybe")}


def test_no_list_is_a_list() -> None:
    assert pairing.match([], [record("Fern")]) == []


def test_practices_are_known_again_after_nine_years() -> None:
    told = quality.measure(1500)["even"]
    targets = {name: target for name, target in BENCHMARK.figures.items() if target is not None}
    assert len(targets) == 4
    stand = {name: verdict(target, told[name]) for name, target in targets.items()}
    assert not [name for name, said in stand.items() if not said.endswith(": met")], stand
