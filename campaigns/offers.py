"""What each source would cost, take and find, before a launch."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns import choosing, unsearched
from campaigns.criteria import Criteria
from campaigns.discovery.contract import Asked, Source
from campaigns.discovery.live import LiveSource
from campaigns.discovery.sources import answering, serving
from campaigns.kinds import Kind
from crm.credits import credits
from crm.keys import keys
from crm.tenants.models import Tenant

# Registers in our own database take seconds, whatever is asked.
SECONDS_AT_HOME = (0, 5)


@dataclass(frozen=True)
class Offer:
    """One source: whether it is chosen, and what asking it would be.

    `obstacle` says what is missing, "" if it can be asked. `credits` and `cost_micros` are the
    most that it may cost; seconds and organisations go from…to.
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

    @property
    def is_own_key(self) -> bool:
        """Whether it is paid for with the company's own key: no credits, but the vendor's bill."""
        return self.source.costs and not self.credits and not self.obstacle

    @property
    def pence(self) -> int:
        return -(-self.cost_micros // 10_000)


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

    @property
    def obstacles(self) -> Sequence[str]:
        """What keeps those that were chosen from being asked."""
        return [offer.obstacle for offer in self.each if offer.is_chosen and offer.obstacle]


def read(tenant: Tenant, wanted: Criteria) -> Offers:
    """Quote every source of the kind."""
    balance = credits.balance(tenant)
    offers = [_walked(tenant, wanted, source) for source in serving(wanted.kind)]
    offers += [_asked(tenant, wanted, source) for source in answering(wanted.kind)]
    return Offers(offers, balance.available, balance.held)


def can_ask(tenant: Tenant, kind: Kind) -> bool:
    """Say whether any source can find something for the kind here and now."""
    if serving(kind):
        return True
    return any(not _obstacle(tenant, source) for source in answering(kind))


def _is_chosen(wanted: Criteria, source: Asked) -> bool:
    return not source.costs if wanted.sources is None else wanted.asks(source)


def _walked(tenant: Tenant, wanted: Criteria, source: Source) -> Offer:
    most = min(wanted.max_results, source.new(tenant, wanted.target()))
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
    return Offer(
        source=source,
        is_chosen=_is_chosen(wanted, source),
        obstacle=_obstacle(tenant, source),
        credits=price * quote.questions,
        cost_micros=quote.cost_micros,
        questions=quote.questions,
        seconds=quote.seconds,
        expects=quote.expects,
        note=quote.note,
        misses=unsearched.not_understood(wanted, source),
    )


def _obstacle(tenant: Tenant, source: LiveSource) -> str:
    if not source.service:
        obstacle = getattr(source, "obstacle", None)
        return obstacle(tenant) if obstacle else ""
    standing = keys.standing(tenant, source.service)
    return "" if standing.usable else f"{source.label}: {standing.label}. {standing.said}"
