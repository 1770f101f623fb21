"""The filing history of a company."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.simulators.companies.codes import etag, opaque
from tests.simulators.companies.forms import last_year_end
from tests.simulators.companies.officers import directing
from tests.simulators.companies.register import Company
from tests.simulators.truth import accounts, days, standing

TRANSACTION = 24  # characters of a transaction's id
DOCUMENT = 44
# The links name this host, though documents are asked for at another.
DOCUMENTS = "https://frontend-doc-api.company-information.service.gov.uk"
STATEMENTS = 3  # years of confirmation statements that are shown


def listed(company: Company, start: int, size: int, categories: set[str]) -> dict[str, Any]:
    items = [item for item in every(company) if not categories or item["category"] in categories]
    return {
        "etag": etag(company.number, "filings"),
        "kind": "filing-history",
        "filing_history_status": "filing-history-available",
        "start_index": start,
        "items_per_page": size,
        "total_count": len(items),
        "items": items[start : start + size],
    }


def every(company: Company) -> list[dict[str, Any]]:
    """All filings, the newest first."""
    found = sorted(filings(company), key=lambda item: item["date"], reverse=True)
    for at, item in enumerate(reversed(found)):
        number = opaque(company.number, at, TRANSACTION)
        item["transaction_id"] = number
        item["links"] = {
            "self": f"/company/{company.number}/filing-history/{number}",
            **item["links"],
        }
    return found


def filings(company: Company) -> Iterator[dict[str, Any]]:
    yield filing("incorporation", "NEWINC", "incorporation-company", company.created)
    yield from accounts_of(company)
    yield from statements(company)
    for who in directing(company):
        if who.since > company.created:
            yield filing("officers", "AP01", "appoint-person-director-company", who.since)
        if who.left:
            yield filing("officers", "TM01", "termination-director-company", who.left)
    for charge in standing.charges(company.one) if company.one else ():
        yield filing("mortgage", "MR01", "mortgage-create-with-deed", charge.created)
        if charge.satisfied:
            yield filing("mortgage", "MR04", "mortgage-satisfy-charge-full", charge.satisfied)
    if company.ceased:
        yield filing("gazette", "GAZ2", "gazette-dissolved-voluntary", company.ceased)


def accounts_of(company: Company) -> Iterator[dict[str, Any]]:
    if company.one is None:
        # Of the companies behind the fakes no more is known than that they file.
        year_end = last_year_end(company).isoformat()
        if company.created < year_end and not company.ceased:
            told = "accounts-with-accounts-type-micro-entity"
            yield filing("accounts", "AA", told, year_end)
        return
    for at, year in enumerate(accounts.filed(company.one)):
        told = f"accounts-with-accounts-type-{year.kind}"
        item = filing("accounts", "AA", told, year.filed)
        item |= {
            "action_date": year.year_end,
            "description_values": {"made_up_date": year.year_end},
            "pages": 4 if year.kind in ("dormant", "micro-entity") else 12,
            "paper_filed": year.form == "pdf",
        }
        code = opaque(company.number, at, DOCUMENT)
        item["links"] = {"document_metadata": f"{DOCUMENTS}/document/{code}"}
        yield item


def statements(company: Company) -> Iterator[dict[str, Any]]:
    """Each year on the day of incorporation."""
    month, day = int(company.created[5:7]), min(28, int(company.created[8:]))
    first = int(company.created[:4])
    for year in range(max(first + 1, date.today().year - STATEMENTS), date.today().year + 1):
        made = date(year, month, day).isoformat()
        if made <= (company.ceased or days.ago(14)):
            told = "confirmation-statement-with-no-updates"
            item = filing("confirmation-statement", "CS01", told, days.later(made, 9))
            yield item | {"description_values": {"made_up_date": made}}


def filing(category: str, kind: str, description: str, day: str) -> dict[str, Any]:
    return {
        "category": category,
        "type": kind,
        "description": description,
        "date": day,
        "links": {},
    }
