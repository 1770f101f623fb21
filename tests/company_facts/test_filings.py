"""How punctually a company files its accounts."""

from datetime import date
from typing import Any

import pytest

from enrichment.companies_house import deadlines, filings
from tests.company_facts.answers import PROFILE, tells, with_profile

DOCUMENTS = "https://frontend-doc-api.company-information.service.gov.uk/document"


def filing(made_up_to: str, filed: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "AA",
        "date": filed,
        "description": "accounts-with-accounts-type-micro-entity",
        "description_values": {"made_up_date": made_up_to},
        "transaction_id": f"MzE{made_up_to.replace('-', '')}",
        "links": {"document_metadata": f"{DOCUMENTS}/doc-{made_up_to}"},
        **more,
    }


def share(*items: Any, **profile: Any) -> Any:
    answers = with_profile(PROFILE | profile, filings={"items": list(items)})
    return tells(answers).get("filed_late_share")


@pytest.mark.parametrize(
    ("end", "kind", "incorporated", "due"),
    [
        ("2025-03-31", "ltd", None, "2025-12-31"),
        ("2025-06-30", "ltd", None, "2026-03-31"),
        ("2023-02-28", "llp", None, "2023-11-30"),
        ("2025-05-15", "ltd", None, "2026-02-15"),
        ("2025-05-30", "ltd", None, "2026-02-28"),
        ("2025-03-31", "plc", None, "2025-09-30"),
        ("2025-08-31", "plc", None, "2026-02-28"),
        # First accounts of more than a year: 21 months from the first day, 18 for a public company.
        ("2025-03-31", "ltd", "2024-03-10", "2025-12-10"),
        ("2025-03-31", "plc", "2024-03-10", "2025-09-10"),
        # Of a year and a half: at least three months after its end.
        ("2025-09-10", "ltd", "2024-03-10", "2025-12-10"),
        ("2025-09-30", "ltd", "2024-03-31", "2025-12-31"),
        ("2025-03-31", "ltd", "2024-06-01", "2025-12-31"),
        ("2025-03-31", "ltd", "2023-03-10", "2025-12-31"),
        # What fell due in the first year of the pandemic was due three months later.
        ("2019-12-31", "ltd", None, "2020-12-31"),
        ("2020-06-30", "ltd", None, "2021-06-30"),
        ("2020-07-31", "ltd", None, "2021-04-30"),
        ("2019-03-31", "ltd", None, "2019-12-31"),
    ],
)
def test_the_law_says_until_when(
    end: str, kind: str, incorporated: str | None, due: str
) -> None:
    since = date.fromisoformat(incorporated) if incorporated else None

    assert deadlines.due(date.fromisoformat(end), kind, since) == date.fromisoformat(due)


def test_of_others_the_law_says_nothing_here() -> None:
    assert deadlines.due(date(2025, 3, 31), "royal-charter") is None
    assert share(filing("2025-03-31", "2026-06-01"), type="royal-charter") is None


def test_the_share_of_late_accounts_is_told() -> None:
    items = [
        filing("2025-03-31", "2025-12-31"), filing("2024-03-31", "2025-01-01"),
        filing("2023-03-31", "2023-11-02"), filing("2022-03-31", "2023-02-02"),
    ]  # fmt: skip

    assert share(*items) == 0.5


def test_first_accounts_have_longer() -> None:
    assert share(filing("2015-03-31", "2015-12-20"), date_of_creation="2014-03-25") == 0.0
    assert share(filing("2015-03-31", "2016-01-02"), date_of_creation="2014-03-25") == 1.0
    # Of an old company the earliest that are listed are not its first.
    assert share(filing("2015-03-31", "2015-12-31"), date_of_creation="1989-03-25") == 0.0


def test_what_was_filed_again_counts_by_its_first_day_and_is_read_as_last_filed() -> None:
    again = filing("2025-03-31", "2026-05-01", type="AAMD")
    again["links"] = {"document_metadata": f"{DOCUMENTS}/amended-2025"}
    answers = with_profile(filings={"items": [again, filing("2025-03-31", "2025-10-01")]})

    (found,) = filings.filed(answers)

    assert (found.filed, found.document) == (date(2025, 10, 1), "amended-2025")


def test_paper_has_a_week_since_it_is_dated_when_it_is_dealt_with() -> None:
    assert share(filing("2025-03-31", "2026-01-05", paper_filed=True)) == 0.0
    assert share(filing("2025-03-31", "2026-01-09", paper_filed=True)) == 1.0


@pytest.mark.parametrize(
    "other",
    [
        {"type": "AA01", "description": "change-account-reference-date-company-current-extended"},
        {"type": "AA03", "description": "resolution-removing-auditors"},
        {"description_values": None, "action_date": None}, {"date": "someday"}, {"date": None},
        {"date": "2024-01-01"},
    ],
)  # fmt: skip
def test_what_are_no_accounts_is_not_counted(other: dict[str, Any]) -> None:
    assert share(filing("2025-03-31", "2026-06-01") | other) is None


def test_only_the_last_ten_years_count() -> None:
    items = [filing(f"{year}-03-31", f"{year}-09-01") for year in range(2015, 2026)]
    old = [filing(f"{year}-03-31", f"{year + 1}-09-01") for year in range(1995, 2015)]

    assert share(*items, *old) == 0.0


def test_the_newest_accounts_that_did_not_come_on_paper_are_read() -> None:
    paper = filing("2025-03-31", "2025-12-01", paper_filed=True)
    older, oldest = filing("2024-03-31", "2024-12-01"), filing("2023-03-31", "2023-12-01")

    def readable(*items: Any) -> Any:
        return filings.readable(with_profile(filings={"items": list(items)}))

    assert readable(older, paper, oldest).document == "doc-2024-03-31"
    assert readable(paper, older | {"paper_filed": True}, oldest) is None
    assert readable(older | {"links": {"document_metadata": "https://x/../etc"}}) is None
    assert readable(older | {"links": None}) is None
