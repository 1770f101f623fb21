"""The website of whoever is known by name and place, by a language model that searches the web.

What it says is a pointer: the website itself must prove whose it is.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm.ai import ai
from crm.credits.prices import Action
from crm.registers import names
from enrichment import by_model, everybodys, given, whose
from enrichment.contract import Answer, Asking, NotYet, Provider, Subject
from enrichment.crawling import addresses
from enrichment.providers import values, website_proof
from enrichment.providers.website_proof import Standing
from enrichment.storable import storable

PROMPT = Path(__file__).with_suffix(".md")
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["website", "found_on"],
    "properties": {"website": {"type": "string"}, "found_on": {"type": "string"}},
}
# What helps to find it, and to tell it from its namesakes.
HELPING = ("trade", "industry", "address", "town", "postcode", "phone", "company_number")
# Of one subject always the same, whatever else is found out while the answer takes its time.
NAMED_BY = ("company_number", "postcode", "phone")
NOTHING = "The search found no website of it."
UNCITED = "The search named a website, and no page that it had read that shows it."
SHARED = "The search named {host}, where many have a page; that is no website of its own."


@dataclass(frozen=True)
class WebsiteSearch(Provider):
    """Credits are taken for a website that proves itself; one that may be theirs is proposed."""

    slug = "website_search"
    label = "Website by AI web search"
    service = "openai"
    needs = tuple(frozenset({"name", each}) for each in NAMED_BY)
    gives = frozenset({"website"})
    gives_people = frozenset[str]()
    action = Action.WEBSITE_SEARCH
    good_for = 90
    is_shared = False
    is_of_people = False
    checks = ""
    unless = frozenset({"website", "domain"})

    def about(self, subject: Subject) -> str:
        """The name alone may be that of many, and so may a name and a town."""
        called = next(iter(whose.telling(subject)), "")
        known = website_proof.marks(subject)
        mark = next((known[each][0] for each in NAMED_BY if each in known), "")
        if not called or not mark or website_proof.has_website(subject):
            return ""
        return f"{names.name_key(called)} {mark}"[:200]

    def charge(self) -> int:
        return by_model.charge()

    def ask(self, asking: Asking) -> Answer | NotYet:
        subject = asking.subject
        if not self.about(subject):
            return Answer(why_nothing="Too little is known of it to tell it from its namesakes.")
        question = by_model.Question(PROMPT, _given(subject), SCHEMA, "website")
        answer = by_model.answered(asking, question)
        return answer if isinstance(answer, NotYet) else _answer(answer, subject)


def _given(subject: Subject) -> dict[str, Any]:
    said: dict[str, Any] = {each: given.plain(subject.get(each)) for each in HELPING}
    said = {"organisation": whose.telling(subject), **said}
    return {name: value for name, value in said.items() if value}


def _answer(answer: ai.Told, subject: Subject) -> Answer:
    start = _start(answer.data["website"])
    cited = values.page(answer.page(answer.data["found_on"]))
    if not start:
        return _nothing(answer, NOTHING)
    if not cited:
        return _nothing(answer, UNCITED)
    if everybodys.is_one(start):
        return _nothing(answer, SHARED.format(host=addresses.host(start)))
    found = website_proof.look(start, subject)
    if found.standing is Standing.NOT_THEIRS:
        return _nothing(answer, found.said)
    is_proven = found.standing is Standing.PROVEN
    return Answer(
        [website_proof.told(found, cited)],
        quantity=1 if is_proven else 0,
        cost_micros=answer.cost_micros,
        kept=storable(answer.kept() | {"standing": str(found.standing), "said": found.said}),
    )


def _start(written: str) -> str:
    """Give the address as it was written, whole; "" where it is none of a website."""
    url = next(addresses.starts(written[: addresses.MOST_LONG]), "")
    if not addresses.is_name(addresses.host(url)):
        return ""
    return addresses.clean(written) or url


def _nothing(answer: ai.Told, why: str) -> Answer:
    kept = storable(answer.kept() | {"said": why})
    return Answer(cost_micros=answer.cost_micros, kept=kept, why_nothing=why)


PROVIDER = WebsiteSearch()
