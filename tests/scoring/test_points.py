"""The points table of the lead management workflow, row by row."""

from typing import Any

import pytest

from scoring import points
from scoring.evidence import Evidence

FULL = {
    "company_name": "Harbour Dental",
    "email": "jenna@harbour-dental.example",
    "phone": "+441326318000",
    "job_title": "Practice manager",
    "industry": "healthcare",
    "source": "referral",
    "employees": 1_200,
}


def line(label: str, **known: Any) -> tuple[int, str]:
    """Points and what the rule saw."""
    receipt = points.score(Evidence(**known))
    (found,) = [each for each in receipt.lines if each.label == label]
    return found.points, found.saw


def test_nothing_known_scores_nothing_and_says_so() -> None:
    receipt = points.score(Evidence())
    assert (receipt.points, receipt.before_cap, receipt.tier) == (0, 0, "cold")
    assert {(each.points, each.saw) for each in receipt.lines} == {(0, "not known")}


@pytest.mark.parametrize("field", [field for field in FULL if field != "employees"])
def test_empty_is_as_good_as_unknown(field: str) -> None:
    assert points.score(Evidence(**{field: ""})).points == 0


@pytest.mark.parametrize(
    ("label", "field", "value", "worth"),
    [
        ("E-mail address", "email", "jenna@harbour-dental.example", 10),
        ("Phone number", "phone", "+441326318000", 10),
        ("Company name", "company_name", "Harbour Dental", 10),
        ("Job title", "job_title", "Practice manager", 10),
        ("Industry known", "industry", "mining", 5),
    ],
)
def test_what_is_known_of_the_lead(label: str, field: str, value: str, worth: int) -> None:
    assert line(label, **{field: value}) == (worth, value)


@pytest.mark.parametrize(
    ("source", "worth"),
    [
        ("referral", 25),
        ("partner", 25),
        ("organic_search", 15),
        ("website_form", 15),
        ("paid_search", 10),
        ("paid_social", 10),
        ("register", 5),
        ("trade_fair", 5),
        (None, 0),
    ],
)
def test_where_it_came_from(source: str | None, worth: int) -> None:
    assert line("Where it came from", source=source)[0] == worth


@pytest.mark.parametrize(
    ("industry", "worth"),
    [
        ("healthcare", 20),
        ("finance", 20),
        ("technology", 20),
        ("manufacturing", 20),
        ("education", 10),
        ("retail", 10),
        ("professional_services", 10),
        ("construction", 10),
        ("logistics", 10),
        ("mining", 5),
        (None, 0),
    ],
)
def test_the_value_of_the_industry(industry: str | None, worth: int) -> None:
    assert line("Value of the industry", industry=industry)[0] == worth


@pytest.mark.parametrize(
    ("employees", "worth", "saw"),
    [
        (None, 0, "not known"),
        (0, 0, "0 employees (fewer than 10)"),
        (9, 0, "9 employees (fewer than 10)"),
        (10, 5, "10 employees (small business)"),
        (99, 5, "99 employees (small business)"),
        (100, 15, "100 employees (mid-market)"),
        (999, 15, "999 employees (mid-market)"),
        (1_000, 25, "1,000 employees (enterprise)"),
    ],
)
def test_the_size_of_the_company(employees: int | None, worth: int, saw: str) -> None:
    assert line("Employees", employees=employees) == (worth, saw)


@pytest.mark.parametrize(
    ("reached", "tier"),
    [(0, "cold"), (39, "cold"), (40, "warm"), (69, "warm"), (70, "hot"), (100, "hot")],
)
def test_the_tier_follows_from_the_points(reached: int, tier: str) -> None:
    assert points.tier(reached) == tier


def test_the_sum_is_capped_at_100_and_the_receipt_keeps_what_it_was() -> None:
    receipt = points.score(Evidence(**FULL))  # type: ignore[arg-type]
    assert (receipt.points, receipt.before_cap, receipt.tier) == (100, 115, "hot")


def test_the_groups_can_reach_what_the_workflow_says() -> None:
    receipt = points.score(Evidence(**FULL))  # type: ignore[arg-type]
    reached: dict[str, int] = {}
    for each in receipt.lines:
        assert each.points == each.most
        reached[each.group] = reached.get(each.group, 0) + each.points
    assert reached == {
        "Completeness": 20,
        "Profile": 25,
        "Source": 25,
        "Industry": 20,
        "Company size": 25,
    }


@pytest.mark.parametrize("missing", FULL)
def test_there_is_a_line_for_every_rule_whatever_is_known(missing: str) -> None:
    known = FULL | {missing: None}
    receipt = points.score(Evidence(**known))  # type: ignore[arg-type]
    labels = [each.label for each in receipt.lines]
    assert labels == [rule.label for rule in points.RULES]
    assert len(set(labels)) == 8
    assert receipt.before_cap == sum(each.points for each in receipt.lines)
    assert all(0 <= each.points <= each.most and each.saw for each in receipt.lines)


def test_a_receipt_can_be_stored_and_names_its_card() -> None:
    stored = points.score(Evidence(company_name="Harbour Dental")).as_json()
    assert stored["card"] == "points-1"
    assert stored["points"] == 10
    assert len(stored["lines"]) == 8
