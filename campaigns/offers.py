"""What each source would cost, take and find, before a launch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from campaigns import choosing, unsearched
from campaigns.criteria import Criteria
from campaigns.discovery.contract import Asked, Preview, Source
from campaigns.discovery.live import LiveSource
from campaigns.discovery.sources import answering, serving
from campaigns.kinds import Kind
from crm.credits import credits
from crm.credits.words import PENNY
from crm.keys import keys
from crm.tenants.models import Tenant

# Registers in our own database take seconds, whatever is asked.
SECONDS_AT_HOME = (0, 5)


@dataclass(frozen=True)
class Way:
    """The page on which a person clears an obstacle; one with a `service` is about its key."""

    label: str
    url: str
    service: str = ""


@dataclass(frozen=True)
class Offer:
    """One source: whether it is chosen, and what asking it would be.

    `obstacle` says what is missing, "" if it can be asked, and `way` leads to where that can be
    mended. `credits`, `cost_micros` and `questions` are the most that it may take: with the
    company's own key no credits, but the vendor's bill. Seconds and organisations go from…to.
    """

    source: Asked
    is_chosen: bool
    obstacle: str
    credits: int
    cost_micros: int
    questions: int
    seconds: tuple[int, int]
    expects: tuple[int, int]
    note: str
    misses: Sequence[str]
    way: Way | None = None
    is_own_key: bool = False

    @property
    def expected(self) -> str:
        """How many organisations it may tell of, in figures."""
        least, most = self.expects
        return f"{most:,}" if least == most else f"{least:,}–{most:,}"

    @property
    def pence(self) -> int:
        return -(-self.cost_micros // PENNY)


@dataclass(frozen=True)
class Offers:
    """`credits` is what all that are chosen take at the most, `available` what the company has."""

    each: Sequence[Offer]
    available: int
    held: int

    @property
    def chosen(self) -> Sequence[Offer]:
        return [offer for offer in self.each if offer.is_chosen and not offer.obstacle]

    @property
    def credits(self) -> int:
        return sum(offer.credits for offer in self.chosen)

    @property
    def is_enough(self) -> bool:
        return self.credits <= self.available

    @property
    def seconds(self) -> tuple[int, int]:
        """They are asked side by side: as long as the slowest."""
        spans = [offer.seconds for offer in self.chosen] or [(0, 0)]
        return max(least for least, _ in spans), max(most for _, most in spans)

    @property
    def asks(self) -> bool:
        """Whether somebody outside is asked, who may find more than a preview can tell."""
        return any(offer.questions for offer in self.chosen)


def read(tenant: Tenant, wanted: Criteria, seen: Mapping[str, Preview] | None = None) -> Offers:
    """Quote every source of the kind; what was `seen` of one, by its slug, is not counted again."""
    balance, seen = credits.balance(tenant), seen or {}
    offers = [_walked(tenant, wanted, each, seen.get(each.slug)) for each in serving(wanted.kind)]
    offers += [_asked(tenant, wanted, source) for source in answering(wanted.kind)]
    return Offers(offers, balance.available, balance.held)


def can_ask(tenant: Tenant, kind: Kind) -> bool:
    """Say whether any source can find something for the kind here and now."""
    if serving(kind):
        return True
    return any(not _obstacle(tenant, source) for source in answering(kind))


def _is_chosen(wanted: Criteria, source: Asked) -> bool:
    return not source.costs if wanted.sources is None else wanted.asks(source)


def _walked(tenant: Tenant, wanted: Criteria, source: Source, seen: Preview | None) -> Offer:
    if seen is not None and (not seen.is_more or seen.new >= wanted.max_results):
        new = seen.new
    else:
        new = source.new(tenant, wanted.target())
    most = min(wanted.max_results, new)
    return Offer(
        source=source,
        is_chosen=_is_chosen(wanted, source),
        obstacle="",
        credits=0,
        cost_micros=0,
        questions=0,
        seconds=SECONDS_AT_HOME,
        expects=(most, most),
        note="",
        misses=unsearched.not_understood(wanted, source),
    )


def _asked(tenant: Tenant, wanted: Criteria, source: LiveSource) -> Offer:
    quote = source.quote(tenant, wanted)
    key = choosing.key_of(tenant, source)
    price = choosing.price(source, key) if source.costs else 0
    obstacle = _obstacle(tenant, source)
    is_own_key = key is not None and not key.is_system
    return Offer(
        source=source,
        is_chosen=_is_chosen(wanted, source),
        obstacle=obstacle,
        way=_way(source) if obstacle else None,
        credits=price * quote.questions,
        cost_micros=quote.cost_micros,
        questions=quote.questions,
        seconds=quote.seconds,
        expects=quote.expects,
        note=quote.note,
        misses=unsearched.not_understood(wanted, source),
        is_own_key=source.costs and is_own_key and not obstacle,
    )


def _obstacle(tenant: Tenant, source: LiveSource) -> str:
    if not source.service:
        return source.obstacle(tenant)
    standing = keys.standing(tenant, source.service)
    return "" if standing.usable else f"{standing.label}. {standing.said}"


def _way(source: LiveSource) -> Way | None:
    if source.service:
        return Way("API keys", f"{reverse('keys:page')}#key-{source.service}", source.service)
    return Way(source.label, reverse(source.page)) if source.page else None
