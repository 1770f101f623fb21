"""What an organisation does and whom it serves, summed up by a language model from its own pages.

A sentence counts if the words that it quotes stand in the page that it names.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crm.ai import ai, pages
from crm.credits.prices import Action
from enrichment import by_model, orders
from enrichment.contract import Answer, Asking, NotYet, Provider, Subject
from enrichment.crawling import addresses
from enrichment.providers import pagetexts
from enrichment.quoting import occurs, spaced
from enrichment.told import Told

PROMPT = Path(__file__).with_suffix(".md")
# Of one page, and of all: the first thousands of letters say what a website is about.
MOST_OF_A_PAGE, MOST = 8_000, 40_000
# Letters and words of a quote; fewer prove nothing.
SHORTEST, LONGEST, FEWEST_WORDS = 15, 600, 3
LONGEST_SENTENCE, MOST_READ = 300, 20
# How many sentences make the value of each field, by their name in the answer.
FIELDS = {"what_they_do": ("summary", 3), "whom_they_serve": ("customers", 2)}
WORD = re.compile(r"[^\W\d_]{2,}")
# Words that say something, by their beginnings: “supplies” and “supply” are one.
TELLING_WORD, BEGINNING = re.compile(r"[^\W_]{4,}"), 4
CONTACT = re.compile(r"https?:|www\.|@|\d[\d ()-]{7,}\d", re.IGNORECASE)
PARTS: dict[str, Any] = {each: {"type": "string"} for each in ("sentence", "quote", "url")}
SENTENCES: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": list(PARTS),
        "properties": PARTS,
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": list(FIELDS),
    "properties": dict.fromkeys(FIELDS, SENTENCES),
}
UNPROVEN = "Nothing that the model said of the website could be proven by the website's own words."


@dataclass(frozen=True)
class Material:
    """A page: what is shown of it to the model, in which no orders are, and all that was kept."""

    url: str
    shown: str
    whole: str


@dataclass(frozen=True)
class Sentence:
    """One that is proven by these words of this page."""

    sentence: str
    quote: str
    url: str


@dataclass(frozen=True)
class WebsiteSummary(Provider):
    """It reads what the website's own provider has kept (`site_text`), and calls no website."""

    slug = "website_summary"
    label = "AI summary of the website"
    service = "openai"
    needs = (frozenset({"site_text"}),)
    gives = frozenset({"summary", "customers"})
    gives_people = frozenset[str]()
    action = Action.WEBSITE_SUMMARY
    good_for = 90
    is_shared = False
    is_of_people = False
    checks = ""

    def about(self, subject: Subject) -> str:
        found = pagetexts.read(subject.known.get("site_text", ()))
        return addresses.site(found[0][0])[:200] if found else ""

    def charge(self) -> int:
        return by_model.charge(searches=False, letters=MOST)

    def ask(self, asking: Asking) -> Answer | NotYet:
        material = _material(asking.subject)
        if not material:
            return Answer(why_nothing="There are no pages of its website to read.")
        given = {"pages": [{"url": each.url, "text": each.shown} for each in material]}
        question = by_model.Question(
            PROMPT, given, SCHEMA, "summary", self.charge(), searches=False
        )
        answer = by_model.answered(asking, question)
        if isinstance(answer, NotYet):
            return answer
        return _answer(answer, material)


def _material(subject: Subject) -> list[Material]:
    found, left = [], MOST
    for url, text in pagetexts.read(subject.known.get("site_text", ())):
        shown = orders.without(text)[: min(MOST_OF_A_PAGE, left)]
        if shown.strip():
            left -= len(shown)
            found.append(Material(url, shown, text))
    return found


def _answer(answer: ai.Told, material: Sequence[Material]) -> Answer:
    told: list[Told] = []
    used: dict[str, list[Sentence]] = {}
    unproven = 0
    for name, (field, most) in FIELDS.items():
        proven = list(_proven(answer.data[name][:MOST_READ], material))
        unproven += len(answer.data[name]) - len(proven)
        # What was said of the one is not said again of the other.
        before = {each.sentence for those in used.values() for each in those}
        fresh = {each.sentence: each for each in proven if each.sentence not in before}
        if sentences := list(fresh.values())[:most]:
            used[field] = sentences
            value, first = " ".join(each.sentence for each in sentences), sentences[0]
            told.append(Told(field, value, "read_by_model", first.url, first.quote))
    kept = answer.kept() | {
        "proven": {field: [asdict(each) for each in those] for field, those in used.items()},
        "unproven": unproven,
    }
    return Answer(told, cost_micros=answer.cost_micros, kept=kept, why_nothing=UNPROVEN)


def _proven(rows: Sequence[Mapping[str, Any]], material: Sequence[Material]) -> Iterator[Sentence]:
    by_url: dict[str, Material] = {}
    for page in material:
        by_url.setdefault(pages.normalised(page.url), page)
    words = {word for page in material for word in _words(page.shown)}
    for row in rows:
        sentence, quote = spaced(row["sentence"]), spaced(row["quote"])
        named = by_url.get(pages.normalised(row["url"]))
        if named is None or not _is_proof(quote, named) or not _is_sound(sentence, words):
            continue
        if _beginnings(sentence) & _beginnings(quote):
            whole = sentence if sentence[-1] in ".!?" else f"{sentence}."
            yield Sentence(whole, quote, named.url)


def _is_proof(quote: str, page: Material) -> bool:
    is_long_enough = SHORTEST <= len(quote) <= LONGEST and len(quote.split()) >= FEWEST_WORDS
    # What was left out of what was shown may join words that are apart on the page.
    return is_long_enough and occurs(quote, page.shown) and occurs(quote, page.whole)


def _is_sound(sentence: str, words: set[str]) -> bool:
    """Whether it is one of ours to show: no order, no address, nobody whom no page names."""
    if not 0 < len(sentence) <= LONGEST_SENTENCE or CONTACT.search(sentence):
        return False
    if orders.is_one(sentence):
        return False
    return all(_plain(word) in words for word in _named(sentence))


def _named(sentence: str) -> Iterator[str]:
    """Give the words that may be names: a sentence begins with a capital, whatever its word."""
    every = WORD.findall(sentence)
    for at, word in enumerate(every):
        is_name = word[0].isupper() and (at or any(each[0].isupper() for each in every[1:2]))
        if is_name:
            yield word


def _words(text: str) -> Iterator[str]:
    return map(_plain, WORD.findall(text))


def _plain(word: str) -> str:
    return word.casefold().removesuffix("s")


def _beginnings(text: str) -> set[str]:
    return {word[:BEGINNING].casefold() for word in TELLING_WORD.findall(text)}


PROVIDER = WebsiteSummary()
