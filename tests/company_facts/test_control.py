"""Who controls a company."""

import json
from typing import Any

import pytest

from enrichment.companies_house import control, kept
from tests.company_facts.answers import PROFILE, tells, with_profile

SHARES = "ownership-of-shares-75-to-100-percent"
PERSON = {
    "kind": "individual-person-with-significant-control",
    "name": "Mr Iain Mcdonald",
    "name_elements": {"title": "Mr", "forename": "IAIN", "surname": "MCDONALD"},
    "natures_of_control": [SHARES, "voting-rights-75-to-100-percent"],
}


def owners(*items: Any) -> Any:
    return tells(with_profile(control={"items": list(items)})).get("owners")


def test_a_person_is_told_with_how_much_is_theirs() -> None:
    assert owners(PERSON) == ["Iain McDonald: 75% or more of the shares and of the votes"]
    assert owners(PERSON | {"name_elements": None}) == [
        "Iain Mcdonald: 75% or more of the shares and of the votes"
    ]


@pytest.mark.parametrize("gone", [{"ceased_on": "2020-01-01"}, {"ceased": True}])
def test_who_has_given_up_control_is_not_told(gone: dict[str, Any]) -> None:
    assert owners(PERSON | gone) is None


@pytest.mark.parametrize(
    ("identification", "told"),
    [
        ({"registration_number": "1234567", "country_registered": "England And Wales"},
         "Sable Holdings Limited (company 01234567)"),
        ({"registration_number": "HRB 12345", "country_registered": "Germany"},
         "Sable Holdings Limited (company HRB 12345)"),
        ({"registration_number": "n/a?"}, "Sable Holdings Limited"),
        (None, "Sable Holdings Limited"),
    ],
)  # fmt: skip
def test_a_company_is_told_with_its_number(identification: Any, told: str) -> None:
    item = {
        "kind": "corporate-entity-person-with-significant-control",
        "name": "SABLE HOLDINGS LIMITED",
        "identification": identification,
        "natures_of_control": ["significant-influence-or-control"],
    }

    assert owners(item) == [f"{told}: significant influence or control"]


def test_somebody_under_protection_is_told_without_a_name() -> None:
    item = {"kind": "super-secure-person-with-significant-control", "description": "x"}

    assert owners(item, PERSON) == [
        "Somebody whose details are protected",
        "Iain McDonald: 75% or more of the shares and of the votes",
    ]


@pytest.mark.parametrize(
    ("natures", "words"),
    [
        (["ownership-of-shares-25-to-50-percent"], "more than 25% and up to 50% of the shares"),
        (["ownership-of-shares-50-to-75-percent-as-trust"],
         "more than 50% and less than 75% of the shares through a trust"),
        (["voting-rights-25-to-50-percent-as-firm-limited-liability-partnership"],
         "more than 25% and up to 50% of the votes through a firm"),
        (["right-to-share-surplus-assets-75-to-100-percent-limited-liability-partnership"],
         "75% or more of surplus assets"),
        (["ownership-of-shares-more-than-25-percent-registered-overseas-entity"],
         "more than 25% of the shares"),
        (["right-to-appoint-and-remove-directors-as-firm", "significant-influence-or-control"],
         "appoints and removes directors through a firm, significant influence or control"),
        (["right-to-appoint-and-remove-members-limited-liability-partnership"],
         "appoints and removes members"),
        (["something-new", SHARES], "75% or more of the shares"),
        (["something-new"], ""), ([], ""),
    ],
)  # fmt: skip
def test_kinds_of_control_are_told_in_words(natures: list[str], words: str) -> None:
    assert control.hold(natures) == words


def test_a_statement_is_told_where_nobody_is_named() -> None:
    said = {"items": [
        {"statement": "psc-exists-but-not-identified", "ceased_on": "2017-01-01"},
        {"statement": "no-individual-or-entity-with-signficant-control"},
    ]}  # fmt: skip

    told = tells(with_profile(control={"items": []}, control_statements=said))

    assert told["owners"] == ["Nobody has significant control"]


def test_a_statement_is_asked_for_only_where_there_is_one_and_nobody_is_named() -> None:
    links = {"self": "/company/07310390", "persons_with_significant_control_statements": "/x"}
    linked = PROFILE | {"links": links}

    assert control.is_stated(with_profile(linked))
    assert control.is_stated(with_profile(linked, control={"items": [PERSON | {"ceased": True}]}))
    assert not control.is_stated(with_profile(linked, control={"items": [PERSON]}))
    assert not control.is_stated(with_profile())
    assert not control.is_known(with_profile(linked))


def test_neither_birthdays_nor_addresses_are_kept() -> None:
    private = {
        "date_of_birth": {"year": 1970, "month": 1}, "address": {"premises": "1 Example Street"},
        "nationality": "British",
    }  # fmt: skip

    found = json.dumps(kept.only({"items": [PERSON | private]}, control.SHAPE))

    assert "MCDONALD" in found
    assert not any(word in found for word in ("1970", "Example", "British"))
