"""Companies House, asked live: who is registered in the circle, by what they say that they do.

Answers hold up to five thousand companies of one outward code; the walk goes from the middle
outwards until enough are found. Where there are few in the whole kingdom, one answer tells all.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from django.utils import timezone

from campaigns.criteria import Criteria
from campaigns.discovery import around
from campaigns.discovery.companies_house import answer, search, windows, wish
from campaigns.discovery.companies_house.answer import Answer, Unreadable
from campaigns.discovery.companies_house.company import Company
from campaigns.discovery.companies_house.search import TELL_NOTHING, Search
from campaigns.discovery.companies_house.windows import Window
from campaigns.discovery.companies_house.wish import DEEPEST, MOST, Step, Wish
from campaigns.discovery.contract import SECTORS, Target
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
from campaigns.discovery.registers import asked
from campaigns.kinds import By, Kind
from crm.credits.dated import Action
from crm.registers import near
from crm.registers.near import OUTWARD_ERROR_MILES
from crm.tenants.models import Tenant

A_SECOND = 2
# A count of the whole kingdom pays where more than so many codes would be asked.
FEW_CODES = 2
FIRST_WAVE, MOST_IN_A_WAVE = 4, 16
# Of those that were told of, some are known already or turn out not to fit.
SPARE = 1.5


class CompaniesHouseSource(LiveSource):
    slug = "companies_house"
    label = "Companies House"
    costs = False
    tells_size = False
    understands = frozenset({SECTORS})
    service = "companies_house"
    action = str(Action.COMPANIES_HOUSE)

    def serves(self, kind: Kind) -> bool:
        return bool(kind.sic_codes) if kind.by == By.TRADES else kind.by != By.NOTHING

    def charge(self) -> int:
        return 0

    def quote(self, tenant: Tenant, wanted: Criteria) -> Quote:
        """What registers here know of a trade is there, too; nobody is called for this."""
        target = wanted.target()
        sought = search.of(target)
        if sought is None:
            return Quote(0, 0, (0, 0), (0, 0), "Nothing here tells Companies House whom to find.")
        if sought.names:
            many = len(sought.names)
            return Quote(many, 0, (1, _seconds(many)), (0, many), "One call for each name.")
        codes = len(around.outwards(target))
        known = 0
        if sought.codes:
            known = near.count(sought.codes, target.place, target.miles, most=wanted.max_results)
        expects = (min(known, wanted.max_results), wanted.max_results)
        note = (
            f"At most one call for each of {codes:,} outward codes, the nearest first; it stops"
            " when enough are found."
        )
        return Quote(codes + 2 + windows.MOST_PARTS, 0, (2, _seconds(codes + 2)), expects, note)

    def plan(self, brief: Brief) -> Sequence[Question]:
        """Ask for what the whole kingdom has, then code by code, the nearest first."""
        sought = search.of(brief.target)
        if sought is None or brief.missing <= 0:
            return []
        known = {each.key for each in brief.earlier}
        wave = list(_wave(brief, sought, known))
        return [each.question for each in wave if each.key not in known][: brief.most]

    def ask(self, asking: Asking) -> Reply:
        if asking.key is None:
            raise Unanswerable("Companies House is asked with a key, and there is none.")
        asks = wish.read(asking.question.asked)
        try:
            said = answer.fetch(asking.key, asks)
        except Unreadable as error:
            if asks.again:
                raise
            more = [replace(asks, again=1).question]
            return Reply([], more, said={"unreadable": str(error)})
        match asks.step:
            case Step.LIKE:
                return _alike(asking.target, asks, said)
            case Step.COUNT:
                return _counted(asks, said)
        return _told(asking.target, asks, said)


def _seconds(calls: int) -> int:
    return ceil(calls / A_SECOND) + 1


def _wave(brief: Brief, sought: Search, known: set[str]) -> Iterator[Wish]:
    target = brief.target
    before = [wish.read(each.asked) for each in brief.earlier]
    before = [each for each in before if each.mark == sought.mark]
    # Midnight makes no new questions of those of a run.
    since = sought.since
    if since:
        since = min((each.window.first for each in before if each.window.first), default=since)
    asks = Wish(Step.TELL, sought.mark, _circle(target), sought.codes, window=Window(since))
    if sought.names:
        yield from (replace(asks, name=name) for name in sought.names)
        return
    if sought.like:
        counts = (each for each in before if each.step == Step.COUNT)
        count = next((each for each in counts if each.circle == asks.circle), None)
        if count is None:
            yield replace(asks, step=Step.LIKE, name=sought.like)
            return
        asks = replace(asks, codes=count.codes)
    codes = around.outwards(target)
    if sought.like or (len(codes) > FEW_CODES and (asks.codes or since)):
        count = replace(asks, step=Step.COUNT)
        if count.key not in known:
            yield count
            return
        if asks.key in known:
            return
    walk = [_at(asks, code, target) for code in codes]
    left = [each for each in walk if each.key not in known]
    yield from left[: _many(brief, len(walk) - len(left))]


def _circle(target: Target) -> str:
    return f"{target.place.postcode.text.replace(' ', '')}+{target.miles}"


def _at(asks: Wish, code: around.Near, target: Target) -> Wish:
    """Ask for one code; what lies wholly inside stays answered in a wider circle."""
    is_inside = code.miles + OUTWARD_ERROR_MILES <= target.miles
    return replace(asks, at=code.code, circle="" if is_inside else asks.circle)


def _many(brief: Brief, done: int) -> int:
    """Say how many codes to ask for by what those before have brought; more and more if little."""
    if not done:
        return FIRST_WAVE
    fresh = sum(each.fresh for each in brief.earlier if each.asked.get("at"))
    needed = ceil(brief.missing * SPARE * done / fresh) if fresh else done * 2
    return min(max(needed, FIRST_WAVE), MOST_IN_A_WAVE)


def _alike(target: Target, asks: Wish, said: Answer) -> Reply:
    """Go on with the codes of the company that is named, here or else in our registers."""
    namesakes = [each for each in said.companies if search.is_called(each.name, asks.name)]
    codes = search.of_trades(code for each in namesakes for code in each.codes)
    codes = codes or search.of_trades(asked.like(target))
    codes = tuple(code for code in codes if code not in TELL_NOTHING)
    more = [replace(asks, step=Step.COUNT, name="", codes=codes, again=0).question] if codes else []
    return Reply([], more, said={"namesakes": len(namesakes), "codes": list(codes)})


def _counted(asks: Wish, said: Answer) -> Reply:
    """Have all of them at once if one answer can hold them."""
    more = [replace(asks, step=Step.TELL, again=0).question] if said.hits <= MOST else []
    return Reply([], more, said={"hits": said.hits})


def _told(target: Target, asks: Wish, said: Answer) -> Reply:
    more, is_split = _rest(asks, said)
    companies = said.companies
    if is_split:
        # They come again with their days; those without a day would not.
        companies = [each for each in companies if not each.is_dated]
    why: Counter[str] = Counter()
    seen = _seen(target, asks, companies, why)
    if said.given > len(said.companies):
        why["unreadable or twice"] = said.given - len(said.companies)
    reached = asks.start + said.given
    if not more and reached < said.hits:
        why["out of reach"] = said.hits - reached
    return Reply(seen, more, said={"hits": said.hits, "left_out": dict(why)})


def _rest(asks: Wish, said: Answer) -> tuple[list[Question], bool]:
    """Ask for what did not fit: in parts, or where days can't be cut any more, page by page."""
    reached = asks.start + said.given
    if reached >= said.hits:
        return [], False
    first = replace(asks, again=0)
    if said.hits > MOST and not asks.start:
        parts = windows.split(asks.window, said.hits, MOST, timezone.localdate())
        if parts:
            return [replace(first, window=part).question for part in parts], True
    if said.given and reached < DEEPEST:
        return [replace(first, start=reached).question], False
    return [], False


def _seen(
    target: Target, asks: Wish, companies: Sequence[Company], why: Counter[str]
) -> list[Seen]:
    """Leave out what is surely not meant, and sort the rest by distance."""
    spots = around.spots(target.place, {each.postcode for each in companies if each.postcode})
    found = []
    for each in companies:
        spot = spots.get(each.postcode)
        if asks.name and not search.is_called(each.name, asks.name):
            why["another name"] += 1
        elif spot is None:
            why["no known postcode"] += 1
        elif asks.at and each.postcode.partition(" ")[0] != asks.at:
            # Their own code is asked for, too, if it is near.
            why["another code"] += 1
        elif spot.is_outside(target.miles):
            why["outside"] += 1
        else:
            found.append((spot.miles, each.number, each.seen(spot, asks.codes)))
    return [seen for _, _, seen in sorted(found, key=lambda one: one[:2])]
