"""Whether the company of a number is the one that is meant."""

from typing import Any

import pytest

from enrichment.companies_house import fitting, steps
from enrichment.companies_house.fitting import Company, Subject
from tests.company_facts.answers import NUMBER, PROFILE, WHO, outcome, with_profile

ELSEWHERE = "LE1 1AA"


@pytest.fixture(autouse=True)
def _generic(bundled: None, db: None) -> None:
    """The bundled registers have many a "Dental Surgery"."""


def why_not(name: str, *registered: str, at: str = ELSEWHERE) -> str:
    company = Company(registered, "CT1 3DZ")
    return fitting.by_name(Subject(NUMBER, name, at), company)


@pytest.mark.parametrize(
    ("name", "registered"),
    [
        ("Alder & Finch Joinery", "ALDER & FINCH JOINERY LIMITED"),
        ("The Alder and Finch Joinery", "ALDER & FINCH JOINERY LTD"),
        ("alderfinch joinery", "ALDER FINCH JOINERY LTD."),
        ("Alder & Finch", "ALDER & FINCH JOINERY LIMITED"),
        ("Alder & Finch Joinery Services", "ALDER & FINCH LIMITED"),
        ("Boots", "BOOTS UK LIMITED"),
        ("Aldr & Finch Joinery", "ALDER & FINCH JOINERY LIMITED"),
        ("Café Noël", "CAFE NOEL LTD"),
        ("", "ANYBODY LIMITED"),
    ],
)
def test_names_that_mean_the_same_fit_wherever_the_office_is(name: str, registered: str) -> None:
    assert why_not(name, registered) == ""


@pytest.mark.parametrize(
    ("name", "registered"),
    [
        ("Alder & Finch Joinery", "PFB HIRE LIMITED"),
        ("Leicester Plumbing", "LEICESTER DENTAL CARE LIMITED"),
        ("Smith Services", "JONES SERVICES LIMITED"),
        ("Royal Hospital of Leicester", "LEICESTER & CO LIMITED"),
        ("UK Group", "UK HOLDINGS LIMITED"),
        ("Ace", "ACE PLUMBING LIMITED"),
        ("Dental Surgery", "DENTAL SURGERY LIMITED"),
        ("x" * 5_000, "PFB HIRE LIMITED"),
    ],
)
def test_other_names_do_not_fit_unless_they_are_at_the_same_place(
    name: str, registered: str
) -> None:
    why = why_not(name, registered)

    assert why.startswith(f"{NUMBER} is ")
    assert "at CT1 3DZ, which is not “" in why
    assert len(why) < 400
    assert why_not(name, registered, at="ct1 3dz") == ""


def test_a_name_that_it_had_before_fits() -> None:
    now, before = "CANDOUR GROUP LIMITED", "LONDON & KENT ESTATES LIMITED"

    assert why_not("London & Kent Estates", now) != ""
    assert why_not("London & Kent Estates", now, before) == ""


def test_of_a_company_that_does_not_fit_nothing_is_told_or_asked() -> None:
    who = Subject(NUMBER, "PFB Hire", ELSEWHERE)
    answers = with_profile(officers={"items": [{"name": "SMITH, Jo", "officer_role": "director"}]})

    assert steps.told(who, answers).told == []
    assert steps.told(who, answers).untold == [
        f"{NUMBER} is Alder & Finch Joinery Limited at CT1 3DZ, which is not “PFB Hire”."
    ]
    assert steps.following(who, set(steps.GIVES), answers) is None


def test_the_judgement_may_be_the_callers() -> None:
    seen: list[Any] = []

    def judge(who: Subject, company: Company) -> str:
        seen.append((who, company))
        return "Not today."

    former = [{"name": "LONDON & KENT ESTATES LIMITED"}, {"name": None}, "x"]
    answers = with_profile(PROFILE | {"previous_company_names": former})

    assert outcome(answers, judge).untold == ["Not today."]
    name = "ALDER & FINCH JOINERY LIMITED"
    assert seen == [(WHO, Company([name, "LONDON & KENT ESTATES LIMITED"], "CT1 3DZ"))]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (None, f"Companies House has no company {NUMBER}."),
        ({}, f"Companies House answered, but not with company {NUMBER}."),
        (PROFILE | {"company_number": "09999999"}, "but not with company"),
        (PROFILE | {"company_name": None}, "but not with company"),
    ],
)
def test_an_answer_about_somebody_else_or_nobody_is_none(said: Any, why: str) -> None:
    answers = {"profile": {"on": "2026-11-22", "said": said}}

    assert outcome(answers).told == []
    assert why in outcome(answers).untold[0]


@pytest.mark.parametrize("number", ["", "ABCDEFGH", "1234567 8 9", "../12345", "0" * 8, "É" * 8])
def test_what_is_no_number_is_neither_asked_for_nor_told(number: str) -> None:
    who = steps.subject(number, "Alder & Finch")

    assert steps.following(who, set(steps.GIVES), {}) is None
    assert "is no company number" in steps.told(who, {}).untold[0]


@pytest.mark.parametrize(
    ("written", "number"), [("7310390", "07310390"), ("sc 312961", "SC312961"), ("R0000123",) * 2]
)
def test_a_number_is_taken_as_it_is_published(written: str, number: str) -> None:
    assert steps.subject(written).number == number
    assert steps.following(steps.subject(written), {"address"}, {}) is steps.STEPS[0]
