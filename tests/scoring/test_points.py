"""The points table of the lead management workflow, row by row."""

import json
from datetime import date
from typing import Any

import pytest

from scoring import reading, receipt
from scoring.card import FIRST
from scoring.catalogue import OWN, Field, Form
from scoring.engine import Engine, Scored
from scoring.evidence import Evidence, Happening, Told
from scoring.receipt import Receipt

FULL = {
    "company_name": "Harbour Dental",
    "email": "jenna@harbour-dental.example",
    "phone": "+441326318000",
    "job_title": "Practice manager",
    "industry": "healthcare",
    "source": "referral",
    "employees": 1_200,
}


# What the rules of the standard card ask about besides.
FACTS = {
    name: Field(name, name, form)
    for name, form in {
        "vacancies": Form.WORDS, "incorporated_on": Form.DAY, "is_late_with_accounts": Form.YES,
        "technologies": Form.WORDS, "site_is_https": Form.YES, "site_is_mobile": Form.YES,
        "site_state": Form.TEXT, "is_insolvent": Form.YES, "company_status": Form.TEXT,
    }.items()
}  # fmt: skip
ENGINE = Engine(reading.read(FIRST, OWN | FACTS))


def scored(**known: Any) -> Scored:
    return ENGINE.score(Evidence(known, date(2026, 11, 22)))


def told(**known: Any) -> Receipt:
    """What the page shows of what was stored."""
    made = scored(**known)
    stored = json.loads(json.dumps(made.receipt))
    assert stored == made.receipt
    found = receipt.read(stored, made.points.points, ENGINE.card)
    assert found is not None
    return found


def line(label: str, **known: Any) -> tuple[int, str]:
    """Points and what the rule saw."""
    (found,) = [each for each in told(**known).lines if each.label == label]
    return found.points, found.saw


def test_nothing_known_scores_nothing_and_says_so() -> None:
    found = told()
    assert (found.points, found.total, scored().points.tier) == (0, 0, "cold")
    table = [each for each in found.lines if not each.key.startswith("rule:")]
    assert {(each.points, each.saw) for each in table} == {(0, "not known")}


@pytest.mark.parametrize("field", [field for field in FULL if field != "employees"])
def test_empty_is_as_good_as_unknown(field: str) -> None:
    assert told(**{field: ""}).points == 0


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
    assert ENGINE.card.tier(reached) == tier


def test_the_sum_is_capped_at_100_and_the_receipt_keeps_what_it_was() -> None:
    found = told(**FULL)
    assert (found.points, found.total, scored(**FULL).points.tier) == (100, 115, "hot")


def test_the_groups_can_reach_what_the_workflow_says() -> None:
    reached = {}
    for group in told(**FULL).groups:
        mine = [each for each in group.lines if not each.key.startswith("rule:")]
        if mine and group.slug != "semantic":
            assert all(each.points == each.most for each in mine)
            assert group.points == group.cap
            reached[group.label] = group.points
    assert reached == {
        "Completeness": 20,
        "Profile": 25,
        "Source": 25,
        "Industry": 20,
        "Company size": 25,
    }


@pytest.mark.parametrize("missing", FULL)
def test_there_is_a_line_for_every_rule_whatever_is_known(missing: str) -> None:
    found = told(**FULL | {missing: None})
    labels = [each.label for each in found.lines]
    assert len(set(labels)) == len(labels) == len(ENGINE.card.rules) + 9
    assert found.total == sum(each.points for each in found.lines)
    assert all(0 <= each.points <= max(each.most, 0) and each.saw for each in found.lines)


def test_every_line_stands_under_a_group_and_under_one_of_the_aspects() -> None:
    found = told(**FULL)
    by_group = [line.key for part in found.groups for line in part.lines]
    by_aspect = [line.key for part in found.aspects for line in part.lines]
    assert sorted(by_group) == sorted(by_aspect) == sorted(line.key for line in found.lines)


def test_what_would_raise_it_comes_with_how_much_the_most_first() -> None:
    found = told(company_name="Harbour Dental", source="register")
    first = found.raises[0]
    assert (first.label, first.most, first.raise_by) == (
        "Employees", 25, "Find out how many work there",
    )  # fmt: skip
    assert {"Find out the phone number", "Find out the e-mail address"} <= {
        each.raise_by for each in found.raises
    }


def test_who_never_answered_is_not_asked_for_another_answer() -> None:
    wishes = {each.raise_by for each in told(company_name="Harbour Dental").raises}
    assert {"A reply", "A meeting", "A conversation"} <= wishes
    assert not any(wish.startswith("Another") for wish in wishes)
    happened = (Happening("replied", date(2026, 11, 21)),)
    made = ENGINE.score(Evidence({}, date(2026, 11, 22), happenings=happened))
    found = receipt.read(made.receipt, made.points.points, ENGINE.card)
    assert found is not None
    assert "Another reply" in {each.raise_by for each in found.raises}


def test_what_would_raise_it_says_by_how_much_and_nothing_where_nothing_can() -> None:
    def raised(known: dict[str, Any], *kinds: str) -> dict[str, int]:
        happened = [Happening(kind, date(2026, 11, 22)) for kind in kinds]
        made = ENGINE.score(Evidence(known, date(2026, 11, 22), happenings=happened))
        found = receipt.read(made.receipt, made.points.points, ENGINE.card)
        assert found is not None
        return {each.raise_by: each.gain for each in found.raises}

    # Fifteen is the most for replies, and ten are there.
    assert raised({}, "replied")["Another reply"] == 5
    # The group gives twenty at the most, of which 15 and 3 are there.
    left = raised({}, "replied", "replied", "email_clicked")
    assert (left["A meeting"], left["A conversation"], left["Another link clicked"]) == (2, 2, 2)
    assert "Another reply" not in left
    # All groups together give a hundred at the most.
    assert max(raised(FULL | {"email": "", "job_title": ""}).values()) == 5
    assert raised(FULL) == {}


@pytest.mark.parametrize(
    ("form", "label", "asked", "said"),
    [
        (Form.WORDS, "Technologies", {"op": "filled"}, "If technologies are known"),
        (Form.WORDS, "Technologies", {"op": "has", "value": "Sage"},
         "If technologies include Sage"),
        (Form.TEXT, "SIC codes", {"op": "empty"}, "If SIC codes are not known"),
        (Form.TEXT, "LinkedIn", {"op": "filled"}, "If LinkedIn is known"),
        (Form.NUMBER, "People who work there", {"op": "atleast", "value": 50},
         "If people who work there are at least 50"),
        (Form.MONEY, "Turnover", {"op": "atleast", "value": 5000},
         "If turnover is at least £5,000"),
        (Form.DAY, "Incorporated", {"op": "within", "value": 30},
         "If incorporated in the last 30 days"),
        (Form.DAY, "Contract ends", {"op": "over"}, "If contract ends has passed"),
        (Form.DAY, "Contract ends", {"op": "filled"}, "If contract ends is known"),
        (Form.NUMBER, "Website answers in seconds", {"op": "atmost", "value": 2},
         "If website answers in seconds is at most 2"),
        (Form.YES, "Has a fleet", {"op": "yes"}, "If has a fleet is yes"),
    ],
)  # fmt: skip
def test_what_would_raise_it_is_said_in_a_sentence(
    form: Form, label: str, asked: dict[str, Any], said: str
) -> None:
    rule = {"key": "one", "name": "One", "group": "signals", "aspect": "growth", "points": 4,
            "when": {"field": "f_one", **asked}}  # fmt: skip
    card = reading.read(FIRST | {"rules": [rule]}, OWN | {"f_one": Field("f_one", label, form)})
    made = Engine(card).score(Evidence({"f_one": 0}, date(2026, 11, 22)))
    found = receipt.read(made.receipt | {"lines": []}, 0, card)
    assert found is not None
    assert said in {each.raise_by for each in found.lines}


def test_the_standard_card_s_wishes_are_what_a_colleague_would_say() -> None:
    wishes = {each.raise_by for each in told().raises}
    assert {
        "If vacancies are advertised",
        "If its accounts are not overdue",
        "If its website is not secure or its website does not fit a phone",
    } <= wishes


def test_lines_that_one_source_brought_name_it_once() -> None:
    by = Told("listed:Dentists", "2016-01-01")
    known = Evidence(
        {"phone": "+441326318000", "company_name": "Harbour", "employees": 12, "industry": "it"},
        date(2026, 11, 22),
        told={"employees": Told("companies_house", "2026-03-01")},
        otherwise=lambda name: by,
        happenings=(Happening("replied", date(2026, 11, 21)),),
    )
    stored = json.loads(json.dumps(ENGINE.score(known).receipt))
    rows = {row[0]: row[3:] for row in stored["lines"]}
    assert stored["sources"] == [["listed:Dentists", "2016-01-01"]]
    assert rows["given:phone"] == rows["given:company_name"] == rows["rule:replies"] == [0]
    assert rows["size"] == ["companies_house", "2026-03-01"]
    found = receipt.read(stored, 0, ENGINE.card, lambda source, on: (source.upper(), on))
    assert found is not None
    shown = {line.key: (line.source, line.on) for line in found.lines}
    assert shown["given:phone"] == ("LISTED:DENTISTS", "2016-01-01")
    assert shown["size"] == ("COMPANIES_HOUSE", "2026-03-01")
    assert shown["given:email"] == ("", "")
    # The grade's factor that looks at the same says the same.
    factors = {each.slug: (each.source, each.on) for each in found.factors}
    assert factors["company_size"] == ("COMPANIES_HOUSE", "2026-03-01")
    assert factors["industry_match"] == factors["contactability"] == ("", "")


def test_a_receipt_from_before_sources_were_kept_still_reads() -> None:
    stored = scored(phone="+441326318000", employees=12).receipt
    del stored["sources"]
    found = receipt.read(stored, 10, ENGINE.card)
    assert found is not None
    assert {line.source for line in found.lines} == {""}
