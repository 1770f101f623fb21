"""What a company has pledged, and whether it is insolvent."""

import json
from typing import Any

import pytest

from enrichment.companies_house import charges, insolvency, kept
from tests.company_facts.answers import PROFILE, outcome, tells, with_profile

CHARGE = {"status": "outstanding", "created_on": "2015-12-18",
          "persons_entitled": [{"name": "ART SHARE LIMITED"}]}  # fmt: skip


def count(said: Any) -> Any:
    return tells(with_profile(PROFILE | {"has_charges": True}, charges=said)).get(
        "charges_outstanding"
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"items": [CHARGE, CHARGE | {"status": "part-satisfied"}]}, 2),
        ({"items": [CHARGE, CHARGE | {"status": "fully-satisfied"}, {"status": "satisfied"}]}, 1),
        ({"items": [CHARGE | {"status": "fully-satisfied"}], "total_count": 1}, 0),
        # More than are listed: the totals say how many are left.
        ({"items": [CHARGE], "total_count": 130, "satisfied_count": 100}, 30),
        ({"items": []}, None), ({}, None), ({"items": None, "total_count": None}, None),
    ],
)  # fmt: skip
def test_charges_are_counted_that_still_stand(said: Any, told: int | None) -> None:
    assert count(said) == told


def test_the_latest_charge_and_its_lender_prove_it() -> None:
    older = CHARGE | {"created_on": "2014-10-07", "persons_entitled": [{"name": "BANK PLC"}]}
    answers = with_profile(PROFILE | {"has_charges": True}, charges={"items": [older, CHARGE]})

    (found,) = (each for each in outcome(answers).told if each.field == "charges_outstanding")
    every = {each.field: each.value for each in charges.read("07310390", answers)}

    assert found.quote == "ART SHARE LIMITED"
    assert found.url.endswith("/company/07310390/charges")
    assert every["lenders"] == ["Art Share Limited", "Bank PLC"]
    assert every["last_charge_on"] == "2015-12-18"


def insolvent(*cases: Any, status: str = "active") -> dict[str, Any]:
    profile = PROFILE | {"company_status": status, "has_insolvency_history": True}
    answers = with_profile(profile, insolvency={"cases": list(cases)})
    return {each.field: each.value for each in insolvency.read("07310390", answers)}


@pytest.mark.parametrize(
    ("case", "is_insolvent"),
    [
        ({"type": "creditors-voluntary-liquidation"}, True),
        ({"type": "members-voluntary-liquidation"}, False),
        ({"type": "in-administration",
          "dates": [{"type": "administration-started-on", "date": "2026-01-05"}]}, True),
        ({"type": "in-administration",
          "dates": [{"type": "administration-ended-on", "date": "2026-02-05"}]}, False),
        ({"type": "in-administration",
          "dates": [{"type": "administration-ended-on", "date": "2027-02-05"}]}, True),
        ({"type": "receiver-manager", "practitioners": [{"ceased_to_act_on": "2019-01-01"}]},
         False),
        ({"type": "receiver-manager",
          "practitioners": [{"ceased_to_act_on": "2019-01-01"}, {}]}, True),
    ],
)  # fmt: skip
def test_a_case_counts_until_it_has_ended(case: Any, is_insolvent: bool) -> None:
    assert insolvent(case)["is_insolvent"] is is_insolvent


def test_cases_are_told_in_words_and_only_once_what_the_profile_has_decided() -> None:
    told = insolvent({"type": "in-administration"}, {"type": "brand-new"}, status="administration")

    assert told == {"insolvency": ["In administration", "Brand new"]}
    assert insolvent() == {}
    assert insolvent({"type": None}, "x", {}) == {}


def test_who_looks_after_an_insolvency_is_not_kept() -> None:
    case = {"type": "in-administration", "practitioners": [
        {"name": "Rowena Ashdown", "address": {"locality": "Leeds"}, "appointed_on": "2026-01-05"},
    ]}  # fmt: skip

    found = json.dumps(kept.only({"cases": [case]}, insolvency.SHAPE))

    assert found == '{"cases": [{"type": "in-administration", "practitioners": [{}]}]}'
