"""Which calls are made for which fields, and what comes of answers that are not as they should."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from enrichment import fields
from enrichment.companies_house import steps
from enrichment.fields import Form
from tests.company_facts.answers import PROFILE, outcome, with_profile
from tests.company_facts.looking import anybody
from tests.simulators import spoiling

LINKS = {"self": "/company/07310390", "persons_with_significant_control": "/x"}
FILINGS = {"items": [{
    "type": "AA", "date": "2025-09-01", "description_values": {"made_up_date": "2025-03-31"},
    "transaction_id": "MzE20250331", "links": {"document_metadata": "https://x/document/abcdefghij"},
}]}  # fmt: skip
DOCUMENT = {"document": "abcdefghij", "made_up_to": "2025-03-31", "is_tagged": True, "bytes": 9_000,
            "transaction": "MzE20250331", "company_number": "07310390"}  # fmt: skip
FIGURE = {"value": 12_480, "quote": "Net assets £12,480", "currency": "GBP"}
ACCOUNTS = {"end": "2025-03-31", "figures": {"net_assets": FIGURE}, "untold": ["A sentence."]}
OFFICERS = {"items": [{"name": "SMITH, Jo", "officer_role": "director"}], "active_count": 1}
CONTROL = {"items": [{"kind": "individual-person-with-significant-control", "name": "Mr Jo Smith"}]}
CHARGES = {"items": [{"status": "outstanding", "persons_entitled": [{"name": "BANK PLC"}]}]}
CASES = {"cases": [{"type": "in-administration"}]}
EVERY = with_profile(
    PROFILE | {"links": LINKS, "has_charges": True, "has_insolvency_history": True},
    officers=OFFICERS, control=CONTROL, charges=CHARGES, insolvency=CASES, filings=FILINGS,
    document=DOCUMENT, accounts=ACCOUNTS,
)  # fmt: skip


def order(wants: set[str], profile: dict[str, Any], **others: Any) -> list[str]:
    """The steps that follow the profile, each answered as given or with nothing."""
    answers, found = with_profile(PROFILE | profile), []
    while step := steps.following(steps.subject("07310390"), wants, answers, anybody):
        found.append(step.slug)
        answers[step.slug] = {"on": "2026-11-22", "said": others.get(step.slug)}
    return found


@pytest.mark.parametrize(
    ("wants", "profile", "slugs"),
    [
        ({"company_status", "postcode"}, {}, []),
        ({"officer_role"}, {}, ["officers"]),
        ({"owners"}, {}, []),
        ({"owners"}, {"links": LINKS}, ["control"]),
        ({"owners"}, {"links": None}, ["control"]),
        ({"charges_outstanding"}, {"has_charges": False}, []),
        ({"charges_outstanding"}, {"has_charges": True}, ["charges"]),
        ({"is_insolvent"}, {}, []),
        ({"is_insolvent"}, {"has_insolvency_history": True}, ["insolvency"]),
        ({"is_insolvent"}, {"company_status": "liquidation"}, ["insolvency"]),
        ({"filed_late_share"}, {}, ["filings"]),
        ({"employees"}, {}, ["filings", "document", "accounts"]),
        ({"employees"}, {"accounts": {"last_accounts": {"type": "null"}}}, []),
        ({"website"}, {}, []),
    ],
)
def test_only_the_calls_that_are_worth_it_are_made(
    wants: set[str], profile: dict[str, Any], slugs: list[str]
) -> None:
    assert order(wants, profile, filings=FILINGS, document=DOCUMENT) == slugs


@pytest.mark.parametrize(
    ("filings", "document", "slugs"),
    [
        (None, None, ["filings"]), ({"items": []}, None, ["filings"]),
        (FILINGS, None, ["filings", "document"]),
        (FILINGS, DOCUMENT | {"is_tagged": False}, ["filings", "document"]),
        (FILINGS, DOCUMENT | {"bytes": 30_000_000}, ["filings", "document"]),
    ],
)  # fmt: skip
def test_no_document_is_fetched_that_can_not_be_read(
    filings: Any, document: Any, slugs: list[str]
) -> None:
    assert order({"turnover"}, {}, filings=filings, document=document) == slugs


def test_what_is_kept_is_enough_to_go_on_after_an_interruption() -> None:
    answers = json.loads(json.dumps(with_profile(filings=FILINGS)))

    step = steps.following(steps.subject("07310390"), {"turnover"}, answers, anybody)

    assert step is not None
    assert step.slug == "document"


def test_everything_that_is_told_is_of_a_known_field_and_in_its_form() -> None:
    forms = {
        Form.WORDS: list, Form.YES: bool, Form.NUMBER: (int, float), Form.MONEY: int,
        Form.DAY: str, Form.TEXT: str, Form.ADDRESS: str, Form.POSTCODE: str,
    }  # fmt: skip
    found = outcome(EVERY)

    assert {"owners", "net_assets", "officer_role", "is_insolvent"} < {
        each.field for each in found.told
    }
    for each in found.told:
        known = (fields.CONTACT if each.about else fields.ORGANISATION)[each.field]
        assert isinstance(each.value, forms[known.form])
        assert each.url.startswith("https://find-and-update.company-information.service.gov.uk/")
        assert each.as_of is not None
    assert found.untold == ["A sentence."]


def test_figures_are_of_the_day_of_the_balance_sheet_and_their_page_is_the_document() -> None:
    (found,) = (each for each in outcome(EVERY).told if each.way == "accounts")

    assert (found.field, found.value, found.quote) == ("net_assets", 12_480, "Net assets £12,480")
    assert str(found.as_of) == "2025-03-31"
    assert found.url.endswith("/filing-history/MzE20250331/document?format=xhtml&download=1")


@pytest.mark.parametrize("spoil", spoiling.KINDS)
@pytest.mark.parametrize("slug", list(EVERY))
def test_an_answer_that_has_lost_its_sense_tells_nothing_and_breaks_nothing(
    slug: str, spoil: str
) -> None:
    said = spoiling.KINDS[spoil](EVERY[slug]["said"])
    spoilt = {**EVERY, slug: {"on": "2026-11-22", "said": said}}

    found = outcome(spoilt)

    for step in steps.STEPS:
        list(step.read("07310390", spoilt))
        step.needs(spoilt)
    assert (slug == "profile") is not any(each.field == "legal_name" for each in found.told)


def with_each_part(value: Any, odd: Any) -> Iterator[Any]:
    """The value again and again, each time with another of its parts replaced."""
    parts: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    for name, inner in parts:
        for other in (odd, *with_each_part(inner, odd)):
            changed = value.copy()
            changed[name] = other
            yield changed


@pytest.mark.parametrize(
    "odd",
    [None, True, 0, -1, 1e300, float("nan"), "", "x" * 100_000, "\x00", [], [[]], {}, "2026-13-45"],
)
def test_no_single_value_breaks_the_reading(odd: Any) -> None:
    for slug, answer in EVERY.items():
        for each in (odd, *with_each_part(answer, odd)):
            answers = {**EVERY, slug: each}
            for step in steps.STEPS:
                assert all(len(str(told.value)) < 2_000 for told in step.read("07310390", answers))
                step.needs(answers)
            assert len(outcome(answers).told) < 60
