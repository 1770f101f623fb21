"""What an action takes in credits, and what vendors charge in pounds, as of today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from crm.credits.dated import Action, Exchange, Price, VendorPrice

__all__ = ["Action", "NoPrice", "all_of", "answer", "of", "of_today", "vendor"]
MILLION = 1_000_000
MODELS, SEARCH = "openai", "web_search"
# Of a language model that has no price of its own.
OTHER_MODEL = "other model"


class NoPrice(LookupError):
    """Nobody has said yet what this costs."""

    def __init__(self, called: str) -> None:
        super().__init__(f"There is no price of {called} for {timezone.localdate():%-d %B %Y}.")


@dataclass(frozen=True)
class Offer:
    """What one action takes."""

    action: Action
    credits: int
    since: date


def of(action: str, own_key: bool = False) -> int:
    """Say how many credits an action takes; with the company's own key it takes none."""
    if own_key:
        return 0
    rows = Price.objects.filter(action=action, since__lte=timezone.localdate())
    row = rows.order_by("-since", "-pk").first()
    if row is None:
        raise NoPrice(action)
    return row.credits


def all_of() -> list[Offer]:
    """Give the price list, in the order of the actions."""
    rows = Price.objects.filter(since__lte=timezone.localdate()).order_by("since", "pk")
    last = {row.action: row for row in rows}
    return [
        Offer(action, last[action].credits, last[action].since)
        for action in Action
        if action in last
    ]


def vendor(service: str, what: str, quantity: int = 1) -> int:
    """Say what a vendor charges for so many of it, in millionths of a pound, rounded up."""
    return _pounds(_List(service, [what]).exact(what, quantity))


def answer(model: str, *, taken: int, given: int, cached: int = 0, searches: int = 0) -> int:
    """Say what a language model charges for an answer, in millionths of a pound.

    That is for tokens, those `taken`, some of them `cached`, and `given`, and for its searches.
    """
    used = {"input": taken - cached, "cached": cached, "output": given}
    used = {kind: many for kind, many in used.items() if many > 0}
    names = [f"{name} {kind}" for name in (model, OTHER_MODEL) for kind in used]
    listed = _List(MODELS, [*names, SEARCH])
    tokens = Decimal(0)
    for kind, many in used.items():
        own = f"{model} {kind}"
        tokens += listed.exact(own if own in listed else f"{OTHER_MODEL} {kind}", many)
    return _pounds(tokens) + _pounds(listed.exact(SEARCH, searches))


def of_today(rows: QuerySet[Any], field: str) -> Subquery:
    """Give what a dated setting says today, to be read along with other rows."""
    rows = rows.filter(since__lte=timezone.localdate())
    return Subquery(rows.order_by("-since", "-pk").values(field)[:1])


class _List:
    """A vendor's prices of today with what a dollar is, in one question.

    Of all that one answer cost, each part is reckoned at the same rate.
    """

    def __init__(self, service: str, whats: Iterable[str]) -> None:
        self.service = service
        rows = VendorPrice.objects.filter(
            service=service, what__in=[*whats], since__lte=timezone.localdate()
        )
        newest = rows.order_by("what", "-since", "-pk").distinct("what")
        priced = newest.annotate(dollar=of_today(Exchange.objects.all(), "micros"))
        found = priced.values_list("what", "micros", "per", "dollar")
        self.prices = {what: (micros, per, dollar) for what, micros, per, dollar in found}

    def __contains__(self, what: str) -> bool:
        return what in self.prices

    def exact(self, what: str, quantity: int) -> Decimal:
        """Give the charge for so many in millionths of a pound, not yet rounded."""
        if what not in self.prices:
            raise NoPrice(f"{self.service}, {what}")
        micros, per, dollar = self.prices[what]
        if dollar is None:
            raise NoPrice("a dollar")
        return Decimal(micros) * quantity / per * dollar / MILLION


def _pounds(micros: Decimal) -> int:
    return int(micros.to_integral_value(ROUND_CEILING))
