"""The accounts that a company has filed: how punctually, and which document can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from crm.outside.key import Key
from enrichment import given
from enrichment.companies_house import deadlines, kept, profile
from enrichment.companies_house.kept import VALUE, Answers, Kept
from enrichment.companies_house.telling import Page
from enrichment.given import Given
from enrichment.told import Told

SLUG = "filings"
GIVES = frozenset({"filed_late_share", "accounts_filed_on"})
MOST = 100
SHAPE = {
    "items": [
        {
            "type": VALUE,
            "date": VALUE,
            "action_date": VALUE,
            "description": VALUE,
            "description_values": {"made_up_date": VALUE},
            "paper_filed": VALUE,
            "transaction_id": VALUE,
            "links": {"document_metadata": VALUE},
        }
    ]
}
# Others of this category change the year-end, or remove auditors.
TYPES = {"AA", "AAMD", "AA02"}
DOCUMENT = re.compile(r".*/document/([A-Za-z0-9_-]{10,100})/?")
TRANSACTION = re.compile(r"[A-Za-z0-9_-]{5,60}")
# Whoever was late so long ago is another company by now.
YEARS = 10
# On paper a filing is dated when it was dealt with.
PAPER = timedelta(days=7)
# Older figures are not looked for.
DOCUMENTS = 2


@dataclass(frozen=True)
class Accounts:
    """One filing. `document` is the id of its document, "" where there is none to be read."""

    made_up_to: date
    filed: date
    is_on_paper: bool
    document: str
    transaction: str


def ask(key: Key, number: str, _answers: Answers) -> Kept:
    """Ask for the latest of them; raises what `crm.outside.errors` holds."""
    query = {"category": "accounts", "items_per_page": MOST}
    return kept.ask(key, f"/company/{number}/filing-history", SHAPE, query)


def are_any(answers: Answers) -> bool:
    """Whether there can be some, by what the profile says."""
    return profile.has_accounts(kept.said(answers, profile.SLUG))


def read(number: str, answers: Answers) -> Iterator[Told]:
    """Tell when the last came, and which share of them came late."""
    page = Page(number, kept.on(answers, SLUG), "/filing-history?category=accounts")
    found = filed(answers)
    latest = max((each.filed for each in found), default=None)
    yield from page.tell("accounts_filed_on", latest, str(latest or ""))
    late = _late(answers, found)
    if late:
        yield from page.tell("filed_late_share", round(sum(late) / len(late), 2))


def filed(answers: Answers) -> list[Accounts]:
    """The accounts that were filed, each year's once and the latest year's first.

    Of what was filed again for a year the first day counts, and the last document.
    """
    years: dict[date, Accounts] = {}
    for item in given.items(kept.said(answers, SLUG)):
        each = _accounts(item)
        if each is None:
            continue
        other = years.get(each.made_up_to, each)
        first, last = sorted((each, other), key=lambda one: one.filed)
        years[each.made_up_to] = Accounts(
            each.made_up_to, first.filed, last.is_on_paper, last.document, last.transaction
        )
    return sorted(years.values(), key=lambda one: one.made_up_to, reverse=True)


def readable(answers: Answers) -> Accounts | None:
    """The latest accounts that may be there for machines: not those that came on paper."""
    latest = filed(answers)[:DOCUMENTS]
    return next((each for each in latest if each.document and not each.is_on_paper), None)


def _late(answers: Answers, found: list[Accounts]) -> list[bool]:
    """Whether each of the last years' accounts came late; empty where the law doesn't say."""
    about = kept.said(answers, profile.SLUG)
    kind, since = given.text(about, "type"), given.day(about, "date_of_creation")
    late = []
    for each in found[:YEARS]:
        due = deadlines.due(each.made_up_to, kind, since if each is found[-1] else None)
        if due:
            late.append(each.filed > due + (PAPER if each.is_on_paper else timedelta()))
    return late


def _accounts(item: Given) -> Accounts | None:
    """A filing; None for one of another kind, like that of another year-end."""
    told = given.part(item, "description_values")
    made_up_to = given.day(told, "made_up_date") or given.day(item, "action_date")
    filed_on = given.day(item, "date")
    if not _is_of_accounts(item) or not made_up_to or not filed_on or filed_on < made_up_to:
        return None
    link = DOCUMENT.fullmatch(given.text(given.part(item, "links"), "document_metadata"))
    transaction = TRANSACTION.fullmatch(given.text(item, "transaction_id"))
    return Accounts(
        made_up_to,
        filed_on,
        given.flag(item, "paper_filed") is True,
        link[1] if link else "",
        transaction[0] if transaction else "",
    )


def _is_of_accounts(item: Given) -> bool:
    described = given.text(item, "description").startswith("accounts-")
    return described or given.text(item, "type") in TYPES
