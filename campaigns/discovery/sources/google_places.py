"""Google Places: a text search per phrase and rectangle, paid by the page.

A search tells sixty places at the most: where it does, its rectangle is cut in four. What is
nearest comes first, and the next phrase goes beyond its first rectangle only if it brought there
what others had not.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from campaigns.criteria import Criteria
from campaigns.discovery.contract import KEYWORDS, SECTORS, Target
from campaigns.discovery.google_places import page, phrases, place, plan
from campaigns.discovery.google_places.page import MASK, PAGES, PATH, SIZE, Page
from campaigns.discovery.live import (
    Asking,
    Brief,
    LiveSource,
    Question,
    Quote,
    Reply,
    Seen,
    Unanswerable,
)
from campaigns.discovery.plain import text
from campaigns.kinds import PLACES, Kind
from crm import http
from crm.credits import prices
from crm.credits.dated import Action
from crm.outside.errors import NotAccepted, NotReadable, TooBig
from crm.tenants.models import Tenant

# A page brings two thirds of a lead at worst; who wants few needs some pages all the same.
PAGES_A_LEAD, LEAST_PAGES = 1.5, 12
# Usual seconds from question to answer, side by side.
SECONDS = 0.2


class GooglePlacesSource(LiveSource):
    slug = "google_places"
    label = PLACES
    costs = True
    tells_size = False
    understands = frozenset({KEYWORDS, SECTORS})
    service = "google_places"
    action = str(Action.PLACES_PAGE)

    def serves(self, kind: Kind) -> bool:
        return PLACES in kind.needs

    def charge(self) -> int:
        return page_micros()

    def quote(self, tenant: Tenant, wanted: Criteria) -> Quote:
        """Say what every search in three pages would be, or what the number wanted can use up."""
        target = wanted.target()
        searches = len(plan.searches(target, phrases.of(target, wanted.keywords)))
        if not searches:
            return Quote(0, 0, (0, 0), (0, 0), "Nothing here says what to search Google for.")
        needed = max(LEAST_PAGES, ceil(wanted.max_results * PAGES_A_LEAD))
        pages = min(searches * PAGES, needed)
        expects = (0, min(wanted.max_results, pages * SIZE))
        note = (
            f"A page of up to {SIZE} places is paid each time, at most {pages:,} pages. Places"
            " become leads once a register, their website or a person names them, too."
        )
        slowest = ceil(pages * SECONDS) + 2
        return Quote(pages, pages * page_micros(), (1, slowest), expects, note)

    def plan(self, brief: Brief) -> Sequence[Question]:
        """Search from ring to ring, as much at once as what is missing asks for."""
        said = phrases.of(brief.target, brief.wanted.keywords)
        if brief.missing <= 0 or not said:
            return []
        return [each.question for each in plan.wave(brief, said)]

    def ask(self, asking: Asking) -> Reply:
        if asking.key is None:
            raise Unanswerable("Google Places is asked with a key, and there is none.")
        asks, target = page.read(asking.question.asked), asking.target
        try:
            said = http.call(
                asking.key,
                "POST",
                PATH,
                json=asks.body,
                headers={"X-Goog-FieldMask": MASK},
                repeatable=False,
            ).json()
        except NotAccepted as error:
            if asks.number == 1:
                raise
            # Pages can be turned for a while only; a smaller rectangle has all of its own.
            more = [each.question for each in plan.parts(target, asks)]
            return Reply([], more, quantity=0, said={"not turned": str(error)})
        except (NotReadable, TooBig) as error:
            raise Unanswerable(str(error), cost_micros=page_micros()) from None
        if not isinstance(said, dict) or not isinstance(said.get("places", []), list):
            sentence = "Google answered, but without a list of places."
            raise Unanswerable(sentence, cost_micros=page_micros())
        items, token = said.get("places", []), text(said.get("nextPageToken"), 10_000)
        why: Counter[str] = Counter()
        seen = _seen(target, items, why)
        more = _turned(asks, token)
        left_out = {"left_out": dict(why)} if why else {}
        told = {"page": asks.number, "places": len(items)} | left_out
        return Reply(seen, more, cost_micros=page_micros(), said=told)


def page_micros() -> int:
    """Say what one page is charged, in millionths of a pound."""
    return prices.vendor("google_places", "text_search")


def _turned(asks: Page, token: str) -> list[Question]:
    """Give the next page; one that is full behind the last is a matter for the next wave."""
    if not token or asks.number >= PAGES:
        return []
    return [replace(asks, number=asks.number + 1, token=token).question]


def _seen(target: Target, items: Sequence[object], why: Counter[str]) -> list[Seen]:
    """Leave out the corners of a rectangle that lie outside the circle."""
    found: dict[str, Seen] = {}
    for item in items:
        seen = place.read(item, target.place)
        if seen is None:
            why["unreadable"] += 1
        elif seen.miles is not None and seen.miles > target.miles:
            why["outside"] += 1
        elif seen.key in found:
            why["twice"] += 1
        else:
            found[seen.key] = seen
    return list(found.values())
