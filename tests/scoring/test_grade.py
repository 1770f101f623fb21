"""Ten factors make a grade; what is unknown is left out and named, never guessed."""

from datetime import date, timedelta
from typing import Any

import pytest

from scoring import factors, reading, receipt
from scoring.card import FACTORS, FIRST, WEIGHTS, Ideal
from scoring.engine import Engine
from scoring.evidence import Evidence, Happening
from tests.scoring.test_cards import CATALOGUE, written

TODAY = date(2026, 11, 22)
IDEAL = Ideal(
    industries=("technology", "finance"),
    least_employees=10,
    most_employees=200,
    places=(("LE1 1AA", (52.63, -1.13)),),
    miles=20,
    jobs=("IT manager",),
    technologies=("WordPress",),
    value=10_000,
)


def evidence(*happenings: tuple[str, int], **values: Any) -> Evidence:
    happened = [Happening(kind, TODAY - timedelta(days=ago)) for kind, ago in happenings]
    return Evidence(values, TODAY, happenings=happened)


def test_the_weights_are_the_engines_and_add_up() -> None:
    assert sum(WEIGHTS.values()) == 100
    assert list(WEIGHTS.values()) == [15, 12, 15, 10, 12, 10, 6, 8, 8, 4]
    assert list(factors.ALL) == list(FACTORS)


@pytest.mark.parametrize("slug", [each for each in FACTORS if each != "contactability"])
def test_where_nothing_is_known_each_says_so(slug: str) -> None:
    assert factors.ALL[slug](evidence(), IDEAL) is None


@pytest.mark.parametrize(
    ("slug", "values", "expected"),
    [
        ("potential", {"value": 10_000}, 100),
        ("potential", {"value": 2_500}, 25),
        ("potential", {"turnover": 1_000_000}, 45),
        ("potential", {"turnover": 1_000_000, "vacancies": ["Driver"]}, 55),
        ("company_fit", {"industry": "technology", "employees": 50}, 100),
        ("company_fit", {"industry": "mining", "employees": 400}, 25),
        ("company_fit", {"employees": 5}, 50),
        ("company_fit", {"technologies": ["WordPress 6.4"]}, 100),
        ("contactability", {}, 0),
        ("contactability", {"email": "a@b.example", "email_state": "deliverable"}, 40),
        ("contactability", {"phone": "+441162345678", "phone_state": "barred"}, 0),
        (
            "contactability",
            {"contact_name": "Jo", "email": "a@b.example", "email_state": "deliverable",
             "phone": "+441162345678"},
            100,
        ),
        ("industry_match", {"industry": "finance"}, 100),
        ("industry_match", {"industry": "mining"}, 0),
        ("job_title", {"job_title": "Owner"}, 100),
        ("job_title", {"job_title": "Head of IT"}, 100),
        ("job_title", {"job_title": "Sales manager"}, 60),
        ("job_title", {"job_title": "Former owner"}, 0),
        ("job_title", {"job_title": "PA to the directors"}, 25),
        ("location", {"latitude": 52.63, "longitude": -1.13}, 100),
        ("location", {"latitude": 55.95, "longitude": -3.19}, 0),
        ("company_size", {"employees": 10}, 40),
        ("company_size", {"employees": 1_000_000}, 100),
        ("company_size", {"turnover": 1_000_000}, 50),
        ("history", {"was_customer": True}, 80),
        ("history", {"times_lost": 2}, 0),
        ("email_validity", {"email": "a@b.example", "email_state": "undeliverable"}, 0),
        ("email_validity", {"email": "a@b.example", "email_state": "risky"}, 50),
    ],
)  # fmt: skip
def test_what_each_makes_of_what_is_known(
    slug: str, values: dict[str, Any], expected: int
) -> None:
    found = factors.ALL[slug](evidence(**values), IDEAL)
    assert found is not None
    assert found[0] == expected
    assert found[1]


def test_interest_is_worth_half_after_thirty_days_and_silence_is_nothing() -> None:
    def engagement(*happened: tuple[str, int]) -> Any:
        return factors.engagement(evidence(*happened), IDEAL)

    assert engagement(("replied", 0)) == (30, "1 reply")
    assert engagement(("replied", 30)) == (15, "1 reply")
    assert engagement(("replied", 0), ("meeting", 0), ("call", 0))[0] == 70
    assert engagement(("replied", 91)) == (0, "nothing in 90 days")


@pytest.mark.parametrize("slug", FACTORS)
@pytest.mark.parametrize(
    "held", [float("nan"), -5, "many", True, [], {}, 10**30, None, "\x00" * 500]
)
def test_no_value_breaks_a_factor(slug: str, held: Any) -> None:
    names = (
        "value", "turnover", "employees", "industry", "technologies", "job_title", "latitude",
        "longitude", "was_customer", "times_lost", "email", "email_state", "vacancies",
    )  # fmt: skip
    found = factors.ALL[slug](evidence(**dict.fromkeys(names, held)), IDEAL)
    assert found is None or 0 <= found[0] <= 100


def graded(*happenings: tuple[str, int], **values: Any) -> receipt.Receipt:
    ideal = {
        "industries": ["technology"], "least_employees": 10, "most_employees": 200,
        "jobs": ["IT manager"], "value": 10_000,
    }  # fmt: skip
    weights = FIRST["weights"] | {
        "finance": dict.fromkeys(FACTORS, 0) | {"company_size": 60, "job_title": 40}
    }
    engine = Engine(reading.read(written(ideal=ideal, weights=weights), CATALOGUE))
    scored = engine.score(evidence(*happenings, **values))
    found = receipt.read(scored.receipt, scored.points.points, engine.card)
    assert found is not None
    return found


def test_what_is_unknown_is_left_out_of_the_weighting_and_named() -> None:
    found = graded(value=10_000, industry="technology", employees=100, job_title="IT manager")
    # Nobody can be reached, and they are not large; the rest of what is known is full.
    assert (found.grade, found.grade_value) == ("A", 82)
    assert [each.label for each in found.unknown] == [
        "Engagement", "Location", "Engagement history", "E-mail validity",
    ]  # fmt: skip
    assert found.known == 70


def test_with_too_little_known_there_is_no_grade() -> None:
    found = graded(job_title="Owner")
    assert (found.grade, found.grade_value, found.known) == ("", None, 20)


def test_an_industry_has_weights_of_its_own() -> None:
    found = graded(industry="finance", employees=1_000, job_title="Owner")
    assert (found.grade, found.grade_value) == ("A+", 100)


def test_what_is_unknown_says_whether_the_scorecard_or_the_lead_lacks_it() -> None:
    said = {each.slug: each.saw for each in graded(job_title="Head of IT").factors}

    assert said["company_size"] == "neither employees nor turnover known"
    assert said["job_title"].startswith("Head of IT")
    assert factors.lacking("location", Ideal()) == "the scorecard names no place"
    assert factors.lacking("company_fit", Ideal()) == "the scorecard says no ideal customer"
    assert factors.lacking("location", IDEAL) == "not known"
    assert factors.lacking("company_fit", IDEAL) == "not known"
