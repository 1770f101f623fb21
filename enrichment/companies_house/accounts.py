"""The figures of the latest accounts, out of the document that was filed."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from crm import http
from crm.outside import forwarding
from crm.outside.errors import Away, Forbidden, NotReadable, NotThere, TooBig
from crm.outside.key import Key
from enrichment import given
from enrichment.companies_house import filings, kept
from enrichment.companies_house.ixbrl import figures
from enrichment.companies_house.kept import Answers, Kept
from enrichment.companies_house.telling import Page
from enrichment.told import Told

SLUG, DOCUMENT = "accounts", "document"
GIVES = frozenset({"turnover", "net_assets", "employees"})
KIND = "application/xhtml+xml"
MOST_BYTES = 20_000_000
# An address of a document is good for a minute; one that has run out is asked for again.
ROUNDS = 2
DEADLINE = 60.0
GONE = "The document is not there."


def is_filed(answers: Answers) -> bool:
    """Whether there are accounts that may be there for machines."""
    return filings.readable(answers) is not None


def ask_document(key: Key, _number: str, answers: Answers) -> Kept:
    """Ask what there is of the document; raises what `crm.outside.errors` holds."""
    filed = filings.readable(answers)
    if filed is None:
        return kept.stamped(None)
    try:
        said = forwarding.describe(key, filed.document)
    except NotThere:
        return kept.stamped(None)
    size = given.part(said, "resources", KIND).get("content_length")
    told = {
        "document": filed.document,
        "made_up_to": filed.made_up_to.isoformat(),
        "transaction": filed.transaction,
        "company_number": given.text(said, "company_number"),
        "is_tagged": KIND in given.part(said, "resources"),
        "bytes": size if isinstance(size, int) else 0,
    }
    return kept.stamped(told)


def read_document(_number: str, _answers: Answers) -> Iterator[Told]:
    """What there is of a document says nothing of a company."""
    return iter(())


def is_readable(answers: Answers) -> bool:
    """Whether the document is there for machines, and not too long."""
    said = kept.said(answers, DOCUMENT)
    is_tagged = given.flag(said, "is_tagged") is True
    return is_tagged and (given.whole(said, "bytes") or 0) <= MOST_BYTES


def ask(key: Key, number: str, answers: Answers) -> Kept:
    """Fetch the document and keep its figures; raises what `crm.outside.errors` holds.

    The document itself names people, and is not kept.
    """
    said = kept.said(answers, DOCUMENT)
    owner = given.text(said, "company_number")
    if owner and owner != number:
        return _untold(f"The document is of another company, {owner}.")
    try:
        content = _content(key, given.text(said, "document"))
    except NotThere:
        return _untold(GONE)
    except (TooBig, NotReadable, Forbidden) as error:
        # The same would come of it again.
        return _untold(str(error))
    report = figures.read(content, number, given.day(said, "made_up_to"))
    told: dict[str, Any] = {name: asdict(each) for name, each in report.figures.items()}
    end = report.end.isoformat() if report.end else ""
    return kept.stamped({"end": end, "figures": told, "untold": report.untold})


def read(number: str, answers: Answers) -> Iterator[Told]:
    """Tell the figures, of the day of the balance sheet."""
    said = kept.said(answers, SLUG)
    transaction = given.text(kept.said(answers, DOCUMENT), "transaction")
    path = f"/{transaction}/document?format=xhtml&download=1" if transaction else ""
    end: date | None = given.day(said, "end")
    page = Page(number, end, f"/filing-history{path}", way="accounts")
    for name in sorted(GIVES):
        figure = given.part(said, "figures", name)
        value = figure.get("value")
        if end and isinstance(value, int | float) and not isinstance(value, bool):
            yield from page.tell(name, value, given.text(figure, "quote"))


def untold(answers: Answers) -> list[str]:
    """Say why figures are missing, where that is known."""
    if filings.SLUG in answers and not is_filed(answers):
        return ["No accounts that machines can read were filed."]
    if DOCUMENT in answers and not kept.said(answers, DOCUMENT):
        return [GONE]
    if DOCUMENT in answers and not is_readable(answers):
        return ["The accounts are there as pictures alone, or too long."]
    return given.texts(kept.said(answers, SLUG), "untold")


def _content(key: Key, document: str) -> bytes:
    for _ in range(ROUNDS):
        address = forwarding.locate(key, document, KIND)
        page = http.fetch(address, accept=KIND, most_bytes=MOST_BYTES, deadline=DEADLINE)
        if page.status == 200:
            return page.content
    raise Away("The store of Companies House’s documents did not give the document.")


def _untold(why: str) -> Mapping[str, Any]:
    return kept.stamped({"untold": [why]})
