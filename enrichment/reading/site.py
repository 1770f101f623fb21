"""Joins what the pages of one website say into one answer about whoever made it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from enrichment import fields
from enrichment.crawling import quality
from enrichment.crawling.contract import Crawl
from enrichment.fields import Form
from enrichment.reading import hosts, states
from enrichment.reading.page import Page
from enrichment.told import ORGANISATION, Told
from enrichment.ways import WAYS

# What can be told of an organisation, and of its people.
GIVES = frozenset((
    "name", "legal_name", "company_number", "vat_number", "address", "postcode", "phone", "email",
    "description", "services", "opening_hours", "founded", "facebook", "instagram", "linkedin", "x",
    "youtube", "tiktok", "pinterest", "threads", "mastodon", "bluesky", "technologies", "vacancies",
    "news", "site_state", "site_is_https", "site_seconds", "site_is_mobile", "site_changed",
))  # fmt: skip
GIVES_PEOPLE = frozenset(("name", "job_title", "email", "phone", "linkedin"))
# Lists of which each page holds a part.
IN_PARTS = frozenset(("technologies", "services", "vacancies", "news"))
MOST_PARTS = 40
# What others have as well: a page may tell theirs.
DOUBTED = frozenset(("phone", "postcode"))
ORDER = {slug: place for place, slug in enumerate(fields.ORGANISATION)}
# A page in such a state says nothing of the rest of the site.
WITHOUT_MEANING = frozenset((states.NOT_FOUND, states.EMPTY, states.WALL))
# What is then said there is said of nobody, or of many others.
NOBODYS = frozenset((states.PARKED, states.DIRECTORY))
# How the address of one page is written in several ways.
SPELLING = re.compile(r"^https?://(?:www\.|m\.)?|/$")

Refused = Counter[tuple[str, str]]


def told(crawl: Crawl[Page]) -> list[Told]:
    """Give what a crawl found, in the order of the fields; of people behind the organisation.

    Of a field with one value that is taken for which most pages and the surest ways speak; of
    others each value once, as the surest way tells it. What is somebody else's on more pages than
    it is its own is left out. Of a website that is nobody's, only its state is told.
    """
    pages = [visit.read for visit in crawl.pages]
    kind = _kind(pages)
    answered = quality.told(crawl)
    if pages and kind != states.NORMAL:
        answered = [_with_state(each, kind) for each in answered]
    if kind in NOBODYS or hosts.registrable(hosts.host(crawl.url or crawl.asked)) in hosts.COMMON:
        return answered
    return _joined(pages, answered)


def _kind(pages: Iterable[Page]) -> str:
    """Give what has become of a site: it is what its first page is that tells something."""
    every = [page.kind for page in pages]
    telling = [each for each in every if each not in WITHOUT_MEANING]
    return (telling or every or [states.EMPTY])[0]


def _with_state(each: Told, kind: str) -> Told:
    return replace(each, value=kind) if each.field == "site_state" else each


def _joined(pages: Sequence[Page], answered: Sequence[Told]) -> list[Told]:
    refused = Counter(value for page in pages for value in page.rejected)
    groups: dict[tuple[str, str], dict[str, list[Told]]] = {}
    for each in (*_admitted(pages), *answered):
        values = groups.setdefault((each.about, each.field), {})
        values.setdefault(_key(each.value), []).append(each)
    joined: list[Told] = []
    for (about, field), values in groups.items():
        every = list(values.values())
        if about == ORGANISATION:
            joined += _of_organisation(field, every, refused)
        else:
            joined.append(_surest(max(every, key=_weight)))
    return sorted(joined, key=lambda each: (each.about, ORDER.get(each.field, len(ORDER))))


def _admitted(pages: Sequence[Page]) -> Iterable[Told]:
    """Leave out what was taken for its own for want of better, where there is better."""
    adopted = {domain for page in pages for domain in page.adopted}
    mails = Counter(_domain(told) for page in pages for told in page.told if told.field == "email")
    has_own = any(domain not in adopted and not hosts.is_free_mail(domain) for domain in mails)
    certain = {
        (each.field, each.value) for page in pages for each in page.told if _is_certain(page, each)
    }
    known = {field for field, _ in certain}
    for page in pages:
        for each in page.told:
            if each.field in known and (each.field, each.value) not in certain:
                continue
            is_adopted = each.field == "email" and _domain(each) in adopted
            if not (is_adopted and has_own and mails[_domain(each)] * 2 < len(pages)):
                yield each


def _is_certain(page: Page, each: Told) -> bool:
    """Whether a phone or a postcode of the organisation is its own beyond doubt."""
    if each.about != ORGANISATION or each.field not in DOUBTED:
        return False
    return (each.field, each.value) not in page.doubtful


def _domain(each: Told) -> str:
    return hosts.registrable(str(each.value).rpartition("@")[2])


def _key(value: Any) -> str:
    if isinstance(value, str) and value.startswith("http"):
        return SPELLING.sub("", value).casefold().replace("twitter.com/", "x.com/")
    return str(value).casefold()


def _of_organisation(field: str, every: list[list[Told]], refused: Refused) -> list[Told]:
    if field in IN_PARTS:
        return [_together(field, [each for same in every for each in same])]
    kept = [same for same in every if len(same) >= refused[(field, str(same[0].value))]]
    if not kept:
        return []
    known = fields.ORGANISATION[field]
    if known.has_many:
        return [_surest(same) for same in kept]
    if field == "description":
        # Of the site speaks its first page, of themselves the others.
        return [_surest(kept[0])]
    if field == "site_changed":
        return [_surest(max(kept, key=lambda same: int(same[0].value)))]
    if field == "founded":
        return [_surest(max(kept, key=lambda same: (_weight(same), -int(same[0].value))))]
    if known.form == Form.YES:
        # A site that fits a phone on one page was made for it.
        return [_surest(max(kept, key=lambda same: (bool(same[0].value), len(same))))]
    return [_surest(max(kept, key=_weight))]


def _weight(same: list[Told]) -> float:
    """How much speaks for a value: each page, the more the surer its way."""
    return sum(WAYS[each.way].sureness for each in same)


def _surest(same: list[Told]) -> Told:
    return max(same, key=lambda each: WAYS[each.way].sureness)


def _together(field: str, every: list[Told]) -> Told:
    """Put the parts of a list together, each once; what is newest of news comes first."""
    parts = list(dict.fromkeys(part for each in every for part in each.value))
    if field == "news":
        parts.sort(reverse=True)
    first = max(every, key=lambda each: (each.as_of or date.min, len(each.value)))
    return replace(first, value=parts[:MOST_PARTS])
