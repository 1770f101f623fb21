"""Whom to ask next: in the tenant's order, those that are free first, until values are sure."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enrichment.contract import Provider, Subject

# A value so sure is looked for no longer.
SURE_ENOUGH = 0.8
# How what is wanted of people, and of a value the check, is named beside the organisation's fields.
PERSON, CHECK = "person.", "check."
Place = Callable[[Provider, Collection[str]], float]


class Left(StrEnum):
    """Why a provider is not asked."""

    NOTHING_NEW = "all that it could tell is known"
    NEEDS = "what it would need to know is missing"
    NO_KEY = "there is no key that works"
    SCORE = "the lead's score is below the bound for what costs"
    BUDGET = "what was confirmed does not pay for it"


@dataclass(frozen=True)
class Bounds:
    """What may be spent on a subject: `credits` at the most, and whether its score allows any."""

    credits: int = 0
    is_worth_paying: bool = False


@dataclass(frozen=True)
class Choice:
    """The provider to ask next, None when there is none; and why each other one was left out."""

    provider: Provider | None
    left: Mapping[str, Left]


def choose(
    subject: Subject,
    wants: Collection[str],
    sureness: Mapping[str, float],
    *,
    order: Sequence[Provider],
    asked: Collection[str],
    prices: Mapping[str, int],
    usable: Collection[str],
    bounds: Bounds,
    place: Place | None = None,
    awaited: Collection[Provider] = (),
) -> Choice:
    """Choose from `order`; what costs comes behind all that is free.

    `sureness` is of the best value of each field; `asked` are the slugs of those that answered or
    can't; `prices` are credits by slug, `usable` the slugs of those that have a key or need none.
    `place` says where a provider stands for what is open, if not as in `order`. Nobody is paid for
    what only those can add who are `awaited`, and would have been asked before: they may tell it.
    """
    left: dict[str, Left] = {}
    open_ = {name for name in wants if sureness.get(name, 0.0) < SURE_ENOUGH}

    def standing(provider: Provider) -> tuple[bool, float]:
        return prices.get(provider.slug, 0) > 0, place(provider, open_) if place else 0

    stands = {each.slug: standing(each) for each in (*order, *awaited)}
    for provider in sorted(order, key=lambda each: stands[each.slug]):
        if provider.slug in asked:
            continue
        price = prices.get(provider.slug, 0)
        why = _why_not(provider, subject, open_, price, usable, bounds)
        if why is not None:
            left[provider.slug] = why
            continue
        before = (each for each in awaited if stands[each.slug] < stands[provider.slug])
        coming = frozenset[str]().union(*map(offers, before))
        if not price or offers(provider) & open_ - coming:
            return Choice(provider, left)
    return Choice(None, left)


def most(order: Iterable[Provider], wants: Collection[str], prices: Mapping[str, int]) -> int:
    """Give the credits that one subject takes, should everybody have to be asked."""
    return sum(prices.get(each.slug, 0) for each in order if offers(each) & set(wants))


def offers(provider: Provider) -> frozenset[str]:
    """Name what it can tell as it is named in what is wanted."""
    if provider.checks:
        return frozenset({CHECK + provider.checks})
    return provider.gives | {PERSON + name for name in provider.gives_people}


def _why_not(
    provider: Provider,
    subject: Subject,
    open_: Collection[str],
    price: int,
    usable: Collection[str],
    bounds: Bounds,
) -> Left | None:
    if not offers(provider) & set(open_):
        return Left.NOTHING_NEW
    if any(subject.known.get(name) for name in provider.unless):
        return Left.NOTHING_NEW
    if not provider.about(subject):
        return Left.NEEDS
    if provider.slug not in usable:
        return Left.NO_KEY
    if price and not bounds.is_worth_paying:
        return Left.SCORE
    if price > bounds.credits:
        return Left.BUDGET
    return None
