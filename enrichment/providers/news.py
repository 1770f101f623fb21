"""Recent news of an organisation, by a language model that searches the web and cites its pages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from crm.ai import ai
from crm.credits.prices import Action
from crm.registers import names
from enrichment import by_model, given, linkedin, orders
from enrichment.contract import Answer, Asking, NotYet, Provider, Subject
from enrichment.crawling import addresses
from enrichment.providers import domain, values
from enrichment.told import Told

PROMPT = Path(__file__).with_suffix(".md")
A_YEAR = timedelta(days=366)
MOST, MOST_READ, MOST_NAMES = 10, 30, 5
LONGEST_HEADLINE, LONGEST_SENTENCE, LONGEST_NAME = 200, 400, 200
# What an organisation is told from its namesakes by.
TELLING = ("address", "postcode", "website", "company_number")
# Newspapers write the year into the addresses of their pages.
YEAR = re.compile(r"/((?:19|20)\d\d)(?=[/-])")
PARTS: dict[str, Any] = {
    each: {"type": "string"} for each in ("date", "headline", "sentence", "url")
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["items"],
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": list(PARTS),
                "properties": PARTS,
            },
        }
    },
}
NOTHING = "No page that was read tells of it in the last twelve months."


@dataclass(frozen=True)
class News(Provider):
    """One value for each event: “2026-03-02: Fernbook wins £1.2m contract”, with its page."""

    slug = "news"
    label = "News by AI web search"
    service = "openai"
    needs = tuple(frozenset({"name", each}) for each in TELLING)
    gives = frozenset({"news"})
    gives_people = frozenset[str]()
    action = Action.NEWS_QUESTION
    good_for = 7
    is_shared = False
    is_of_people = False
    checks = ""

    def about(self, subject: Subject) -> str:
        """The name alone may be that of many: of what says no more nothing is asked.

        By the number before the website: that is found out later, and would name the same anew.
        """
        called = next(_names(subject), "")
        number = _known(subject, "company_number")
        where = number or domain.of(subject) or _known(subject, "postcode")
        where = where or _known(subject, "address")
        return f"{names.name_key(called)} {where}"[:200] if called and where else ""

    def charge(self) -> int:
        return by_model.charge()

    def ask(self, asking: Asking) -> Answer | NotYet:
        subject = asking.subject
        if not self.about(subject):
            return Answer(why_nothing="Too little is known of it to tell it from its namesakes.")
        question = by_model.Question(PROMPT, _given(asking), SCHEMA, "news")
        answer = by_model.answered(asking, question)
        if isinstance(answer, NotYet):
            return answer
        told = list(_told(answer, subject, asking.today))
        kept = answer.kept() | {"left_out": len(answer.data["items"]) - len(told)}
        told += _profile(answer, subject)
        return Answer(told, cost_micros=answer.cost_micros, kept=kept, why_nothing=NOTHING)


def _given(asking: Asking) -> dict[str, Any]:
    subject = asking.subject
    said = {
        "organisation": list(_names(subject)),
        "period": f"since {asking.today - A_YEAR}, until {asking.today}",
    } | {each: _known(subject, each) for each in TELLING}
    return {name: value for name, value in said.items() if value}


def _known(subject: Subject, name: str) -> str:
    return given.plain(subject.get(name))


def _names(subject: Subject) -> Iterator[str]:
    """Give the names by which a page may call it, that of the house door first."""
    every = (
        given.plain(value)[:LONGEST_NAME]
        for name in ("name", "legal_name")
        for value in list(subject.known.get(name, ()))[:MOST_NAMES]
    )
    for called in dict.fromkeys(every):
        if called and not names.is_generic(names.name_key(called)):
            yield called


def _told(answer: ai.Told, subject: Subject, today: date) -> Iterator[Told]:
    """Give what may be told, the newest first, and of one page and one headline the first."""
    keys = [names.name_key(called) for called in _names(subject)]
    own = domain.all_of(subject)
    seen: set[str] = set()
    found = []
    for row in answer.data["items"][:MOST_READ]:
        each = _item(row, answer, today)
        if each is None or not _is_named(each, keys) or _is_own(each.url, own):
            continue
        about = {each.url, str(each.value)}
        if not about & seen:
            seen |= about
            found.append(each)
    found.sort(key=lambda each: each.as_of or today, reverse=True)
    yield from found[:MOST]


def _item(row: Mapping[str, Any], answer: ai.Told, today: date) -> Told | None:
    """Give an item of a page that was read, of a day of the last twelve months."""
    url = values.page(answer.page(row["url"]))
    day = given.day(row, "date")
    headline = values.text(row, "headline", LONGEST_HEADLINE)
    sentence = values.text(row, "sentence", LONGEST_SENTENCE)
    if not url or day is None or not headline or not today - A_YEAR <= day <= today:
        return None
    if orders.is_one(headline) or orders.is_one(sentence):
        return None
    year = YEAR.search(url)
    if year and int(year[1]) != day.year:
        return None
    return Told("news", [f"{day}: {headline}"], "cited", url, sentence or headline, day)


def _is_named(item: Told, keys: list[str]) -> bool:
    """Whether the item calls it by its whole name: of the first word of it there are many."""
    said = f" {names.name_key(f'{item.value[0]} | {item.quote} |')} "
    return any(f" {key} " in said for key in keys)


def _is_own(url: str, own: frozenset[str]) -> bool:
    return addresses.registrable(url) in own


def _profile(answer: ai.Told, subject: Subject) -> list[Told]:
    """Give its profile at LinkedIn, if one was cited that is called as it is; never looked at."""
    keys = {names.name_key(called).replace(" ", "") for called in _names(subject)}
    for page in sorted(answer.pages.values()):
        url = linkedin.company(page)
        slug = url.rpartition("/")[2]
        if url and names.name_key(slug.replace("-", " ")).replace(" ", "") in keys:
            return [Told("linkedin", url, "cited", page)]
    return []


PROVIDER = News()
