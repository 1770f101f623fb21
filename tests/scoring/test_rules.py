"""Rules of a manager's own: over fields, facts and what has happened, with caps and fading."""

from datetime import date, timedelta
from typing import Any

import pytest

from scoring import reading
from scoring.engine import Engine
from scoring.evidence import Evidence, Happening
from tests.scoring.test_cards import CATALOGUE, rule, written

TODAY = date(2026, 11, 22)


def gives(rules: list[dict[str, Any]], *happenings: tuple[str, int], **values: Any) -> int:
    """Points that these rules alone give; happenings are so many days ago."""
    nothing = {
        "given": {}, "sources": {}, "sizes": [], "semantic": 0,
        "industries": {"high": [], "medium": [], "points": [0, 0, 0]},
    }  # fmt: skip
    card = reading.read(written(rules=rules, **nothing), CATALOGUE)
    happened = [Happening(kind, TODAY - timedelta(days=ago)) for kind, ago in happenings]
    return Engine(card).score(Evidence(values, TODAY, happenings=happened)).points.points


def met(when: Any, *happenings: tuple[str, int], **values: Any) -> bool:
    return gives([rule(when=when)], *happenings, **values) == 5


@pytest.mark.parametrize(
    ("field", "op", "value", "held", "is_met"),
    [
        ("employees", "atleast", 50, 50, True),
        ("employees", "atleast", 50, 49, False),
        ("employees", "atmost", 50, 50, True),
        ("employees", "atmost", 50, None, False),
        ("employees", "filled", None, 0, True),
        ("employees", "empty", None, None, True),
        ("job_title", "is", "it manager", "IT Manager", True),
        ("job_title", "is", ["director", "owner"], "Owner", True),
        ("job_title", "isnt", "owner", "Director", True),
        ("job_title", "isnt", "owner", None, False),
        ("job_title", "has", "manager", "IT Manager", True),
        ("job_title", "lacks", "manager", "Director", True),
        ("technologies", "has", "wordpress", ["Google Ads", "WordPress 6"], True),
        ("technologies", "lacks", "shopify", ["WordPress"], True),
        ("technologies", "lacks", "shopify", [], False),
        ("is_insolvent", "yes", None, True, True),
        ("is_insolvent", "no", None, False, True),
        ("is_insolvent", "no", None, None, False),
        ("incorporated_on", "within", 30, "2026-11-01", True),
        ("incorporated_on", "within", 30, "2026-09-01", False),
        ("incorporated_on", "within", 30, "2027-01-01", False),
        ("incorporated_on", "older", 30, "2026-09-01", True),
        ("incorporated_on", "next", 30, "2026-12-01", True),
        ("incorporated_on", "over", None, "2026-11-21", True),
        ("incorporated_on", "older", 30, "soon", False),
    ],
)
def test_a_condition_over_a_field(
    field: str, op: str, value: Any, held: Any, is_met: bool
) -> None:
    assert met({"field": field, "op": op, "value": value}, **{field: held}) is is_met


def test_and_needs_all_and_or_needs_any() -> None:
    big = {"field": "employees", "op": "atleast", "value": 50}
    boss = {"field": "job_title", "op": "has", "value": "director"}
    assert not met({"all": [big, boss]}, employees=60)
    assert met({"all": [big, boss]}, employees=60, job_title="Director")
    assert met({"any": [big, boss]}, employees=60)
    assert not met({"any": [big, boss]}, employees=5)


def test_a_condition_over_what_has_happened() -> None:
    twice = {"event": "call", "op": "atleast", "value": 2, "within": 30}
    assert met(twice, ("call", 1), ("call", 29))
    assert not met(twice, ("call", 1), ("call", 30))
    assert not met(twice, ("call", 1), ("spoke", 2))


REPLIES = {
    "key": "replies", "name": "Replied", "group": "engagement", "points": 10, "event": "replied",
    "most": 15, "fades": 100,
}  # fmt: skip


@pytest.mark.parametrize(
    ("ago", "points"), [((0,), 10), ((50,), 5), ((99,), 0), ((100,), 0), ((0, 50), 15), ((-1,), 0)]
)
def test_a_happening_gives_points_that_fade(ago: tuple[int, ...], points: int) -> None:
    assert gives([REPLIES], *(("replied", each) for each in ago)) == points


def test_a_rule_gives_no_more_than_its_most_and_a_group_than_its_cap() -> None:
    assert gives([REPLIES], ("replied", 0), ("replied", 0), ("replied", 0)) == 15
    more = REPLIES | {"key": "more", "most": 90, "points": 30, "fades": 0}
    assert gives([more], ("replied", 0), ("replied", 0)) == 20


def test_a_most_below_what_one_happening_gives_holds_as_well() -> None:
    low = REPLIES | {"most": 3, "fades": 0}
    assert gives([low], ("replied", 0)) == 3
    assert gives([low], ("replied", 0), ("replied", 0)) == 3


def test_points_that_are_taken_away_end_at_nothing() -> None:
    bad = rule(points=-30, when={"field": "is_insolvent", "op": "yes"})
    assert gives([bad], is_insolvent=True) == 0
    good = rule(key="good", group="profile", points=12, when={"field": "email", "op": "filled"})
    assert gives([bad | {"points": -5}, good], is_insolvent=True, email="a@b.example") == 7
