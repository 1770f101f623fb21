"""Two records: same, maybe or different, and why."""

from itertools import combinations, product

import pytest

from leads.dedupe import thresholds
from leads.dedupe.commonness import Commonness
from leads.dedupe.matcher import Answer, compare
from leads.dedupe.record import Record
from leads.identity.candidate import Candidate
from leads.models import Organisation
from tests.leads.dedupe.records import record
from tests.leads.dedupe.test_naming import STRANGE

pytestmark = pytest.mark.django_db

PHONE = "0116 496 0001"
CHAIN = [record("Boots", f"LE{place} 1AA", address="1 High Street") for place in range(1, 60)]


def around(*records: Record) -> Commonness:
    return Commonness.of(records)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record("Fern Dental", "LE1 1AA"), record("FERN DENTAL LIMITED", "le11aa")),
        (record("St John's Garage", "LE1 1AA"), record("Saint Johns Garage", "LE1 1AA")),
        (record("Ash Grove Surgery", "LE1 1AA"), record("Ashgrove Surgery", "LE1 1AA")),
        (record("Fern Dental", phone=PHONE), record("Fern Dental", phone="+44 116 4960001")),
        (
            record("Fern Ltd", "LE1 1AA", company_number="01234567"),
            record("Moss Care", "LE1 1AA", company_number="01234567"),
        ),
        (
            record("Smith Ltd t/a Copper Kettle", "LE1 1AA"),
            record("The Copper Kettle", "LE1 1AA"),
        ),
        (
            record("Kestrel Smiles", "LE1 1AA", phone=PHONE),
            record("Kestrell Smiles", "LE1 1AA", phone=PHONE),
        ),
        (
            record("Fern Dental", "LE1 1AA", listed=["dentists:1"]),
            record("Moss Dental", "LE2 1AA", listed=["dentists:1"]),
        ),
        (
            record("E12 Medical Centre", "E12 6SH", address="243 High Street North, London"),
            record("E12 Medical Centre", "E12 6SJ", address="243 HIGH ST. NORTH, LONDON"),
        ),
    ],
)
def test_the_same(one: Record, other: Record) -> None:
    verdict = compare(one, other)
    assert verdict.answer == Answer.SAME
    assert verdict.confidence >= thresholds.LEAST_OF_SAME


@pytest.mark.parametrize(
    ("one", "other", "against"),
    [
        (
            record("Fern Dental", "LE1 1AA", company_number="01234567"),
            record("Fern Dental", "LE1 1AA", company_number="07654321"),
            "They are two companies by their company numbers.",
        ),
        (
            record("Fern Dental", "LE1 1AA", listed=["dentists:1"]),
            record("Fern Dental", "LE1 1AA", listed=["dentists:2"]),
            "A register lists each of them with an entry of its own.",
        ),
        (
            record("Fern Dental", "LE1 1AA", town="Leicester"),
            record("Fern Dental", "LE4 2BB", town="Leicester"),
            "One stands at LE1 1AA, the other at LE4 2BB.",
        ),
        (
            record("Robert Street Surgery", "SA73 2JW", address="1 Robert St", phone=PHONE),
            record("Robert Street Pharmacy", "SA73 2JW", address="1 Robert St", phone=PHONE),
            "Their names say that they are different kinds of place.",
        ),
        (
            record("Islington Hub 4", "M4 6EE", address="1 Old Mill St", phone=PHONE),
            record("Islington Hub 5", "M4 6EE", address="1 Old Mill St", phone=PHONE),
            "A number is in one name that is not in the other.",
        ),
    ],
)
def test_a_persons_to_decide(one: Record, other: Record, against: str) -> None:
    verdict = compare(one, other)
    assert verdict.answer == Answer.MAYBE
    assert verdict.confidence <= thresholds.MOST_OF_MAYBE
    assert against in verdict.against
    assert verdict.speaks_for


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record("Fern Dental", "LE1 1AA"), record("Moss Motors", "LE1 1AA")),
        (record("Fern Dental"), record("Moss Motors")),
        (record("Fern Dental", "LE1 1AA"), record("Fern Dental", "EH1 1AA")),
        # One head office answers for both.
        (
            record("Fern Dental", "LE1 1AA", phone=PHONE),
            record("Moss Motors", "TR1 1AA", phone=PHONE),
        ),
        # However many of them answer one phone.
        (
            record("Fern North", "LE1 1AA", company_number="01234567", phone=PHONE),
            record("Moss South", "TR1 1AA", company_number="01234567", phone=PHONE),
        ),
        # Sites of one group are linked, never merged.
        (
            record("Fern North", "LE1 1AA", company_number="01234567", email="a@fern.example"),
            record("Moss South", "TR1 1AA", company_number="01234567", email="b@fern.example"),
        ),
    ],
)
def test_different(one: Record, other: Record) -> None:
    verdict = compare(one, other)
    assert verdict.answer == Answer.DIFFERENT
    assert verdict.confidence < 20


def test_the_sites_of_a_chain_are_never_one_at_another_postcode() -> None:
    commonness = around(*CHAIN)
    for one, other in combinations(CHAIN[:8], 2):
        assert compare(one, other, commonness=commonness).answer == Answer.DIFFERENT
    calls = [record("Boots", code, phone=PHONE) for code in ("LE1 1AA", "LE2 1AA")]
    assert compare(*calls, commonness=commonness).answer != Answer.SAME
    again = record("BOOTS PLC", "LE1 1AA", address="Unit 2, 1 High St")
    assert compare(CHAIN[0], again, commonness=commonness).answer == Answer.SAME


def test_a_third_of_the_name_and_postcode_makes_it_a_maybe() -> None:
    one, other, third = (record("Fern Dental", "LE1 1AA", address=f"{n} Elm Rd") for n in "123")
    assert compare(one, other, commonness=around(one, other)).answer == Answer.SAME
    verdict = compare(one, other, commonness=around(one, other, third))
    assert verdict.answer == Answer.MAYBE
    assert "1 more record has that name at LE1 1AA." in verdict.against


@pytest.mark.usefixtures("generic_names")
def test_a_name_that_says_nothing_needs_its_door() -> None:
    one = record("Dental Surgery", "LE5 5HH", address="386 East Park Rd", town="Leicester")
    assert compare(
        one, record("DENTAL SURGERY", "LE5 5HH", address="386 East Park Road")
    ).answer == (Answer.SAME)
    next_door = compare(
        one, record("Dental Surgery", "LE5 5HH", address="2 Moat Lane", town="Leicester")
    )
    assert next_door.answer == Answer.MAYBE
    assert "They share a name that many places bear, which says little." in next_door.against


def test_a_code_of_sic_may_mean_the_trade_that_we_name() -> None:
    said = "They are of different trades."
    one = record("Fern Dental", "LE1 1AA", trade="dentist")
    for trade, is_other in (("86230", False), ("my_own_dentists", False), ("pharmacy", True)):
        other = record("Fern Dental", "LE1 1AA", trade=trade)
        assert (said in compare(one, other).against) == is_other


def test_a_former_name_is_recognised() -> None:
    one = record("Kestrel Smiles, formerly Harbour Dental Ltd", "LE1 1AA", phone=PHONE)
    verdict = compare(one, record("Harbour Dental", "LE1 1AA", phone=PHONE))
    assert verdict.answer == Answer.SAME
    assert "One has the name that the other had." in verdict.speaks_for


def test_reasons_are_sentences_with_the_weightiest_first() -> None:
    one = record(
        "Fern Dental", "LE1 1AA", address="2 High Street", phone=PHONE, website="https://fern.co.uk"
    )
    other = record("Fern Dental Care", "LE1 1AA", address="2 HIGH ST", phone="0116 496 0002")
    verdict = compare(one, other)
    assert verdict.speaks_for == [
        "Both stand at LE1 1AA.",
        "The names are alike: “Fern Dental” and “Fern Dental Care”.",
        "The same door: 2 High St.",
    ]
    assert verdict.against == ["They have different phone numbers."]


def test_it_makes_no_difference_which_is_given_first_nor_how_often() -> None:
    places = [("LE1 1AA", "1 Elm Rd, Leicester"), ("LE1 1AB", "Elm House, Leicester"), ("", "")]
    records = [record(name, code, address=at) for name, (code, at) in product(STRANGE, places)]
    commonness = around(*records)
    for one, other in combinations(records, 2):
        told = compare(one, other, commonness=commonness)
        assert told == compare(other, one, commonness=commonness)
    for each in records:
        if each.postcode:
            assert compare(each, each).answer == Answer.SAME


def test_every_ground_has_its_points_and_nothing_is_listed_twice() -> None:
    assert not thresholds.MEASURED.keys() & thresholds.BY_HAND.keys()
    assert all(thresholds.POINTS.values())


def test_a_stored_organisation_reads_as_its_candidate() -> None:
    candidate = Candidate(name="Fern", source="import", address="2 Elm Rd", postcode="LE1 1AA")
    stored = Organisation(name="Fern", address="2 Elm Rd", postcode="LE1 1AA")
    assert compare(Record.of(stored), record(candidate.name, "LE1 1AA")).answer == Answer.SAME
    assert Record.of(stored).house == "2"
