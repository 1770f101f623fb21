"""What an action takes in credits, and what vendors charge in pounds, as of a day."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from crm.credits.dated import Action, Dated, Exchange, Price, Rate, VendorPrice

__all__ = ["Action", "NoPrice", "all_of", "in_credits", "micros", "of", "tokens", "vendor", "worth"]
MILLION = 1_000_000
# Of a language model that has no price of its own.
OTHER_MODEL = "other model"
Row = TypeVar("Row", bound=Dated)


class NoPrice(LookupError):
    """Nobody has said yet what this costs."""


@dataclass(frozen=True)
class Offer:
    """What one action takes."""

    action: Action
    credits: int
    since: date


def of(action: str, own_key: bool = False, *, on: date | None = None) -> int:
    """Say how many credits an action takes; with the company's own key it takes none."""
    return 0 if own_key else _latest(Price.objects.filter(action=action), action, on).credits


def all_of(on: date | None = None) -> list[Offer]:
    """Give the price list, in the order of the actions."""
    rows = Price.objects.filter(since__lte=on or timezone.localdate()).order_by("since", "pk")
    last = {row.action: row for row in rows}
    return [
        Offer(action, last[action].credits, last[action].since)
        for action in Action
        if action in last
    ]


def vendor(service: str, what: str, quantity: int = 1, *, on: date | None = None) -> int:
    """Say what a vendor charges for so many of it, in millionths of a pound, rounded up."""
    price = _price(service, what, on)
    return _pounds(Decimal(price.micros) * quantity / price.per, on)


def tokens(model: str, *, taken: int, given: int, cached: int = 0, on: date | None = None) -> int:
    """Say what a language model charges for tokens: those `taken`, some `cached`, and `given`."""
    parts = (("input", taken - cached), ("cached", cached), ("output", given))
    dollars = Decimal(0)
    for kind, many in parts:
        if many > 0:
            price = _of_model(model, kind, on)
            dollars += Decimal(price.micros) * many / price.per
    return _pounds(dollars, on)


def micros(usd: Decimal | float | str, *, on: date | None = None) -> int:
    """Give dollars as millionths of a pound, rounded up."""
    return _pounds(Decimal(str(usd)) * MILLION, on)


def worth(credits: int, *, on: date | None = None) -> int:
    """Give credits as millionths of a pound."""
    return credits * _latest(Rate.objects.all(), "a credit", on).micros_per_credit


def in_credits(micros: int, *, on: date | None = None) -> int:
    """Give millionths of a pound as credits, rounded up."""
    return -(-micros // worth(1, on=on))


def _price(service: str, what: str, on: date | None) -> VendorPrice:
    rows = VendorPrice.objects.filter(service=service, what=what)
    return _latest(rows, f"{service}, {what}", on)


def _of_model(model: str, kind: str, on: date | None) -> VendorPrice:
    try:
        return _price("openai", f"{model} {kind}", on)
    except NoPrice:
        return _price("openai", f"{OTHER_MODEL} {kind}", on)


def _pounds(micro_dollars: Decimal, on: date | None) -> int:
    rate = _latest(Exchange.objects.all(), "a dollar", on).micros
    return int((micro_dollars * rate / MILLION).to_integral_value(ROUND_CEILING))


def _latest(rows: QuerySet[Row], called: str, on: date | None) -> Row:
    day = on or timezone.localdate()
    row = rows.filter(since__lte=day).order_by("-since", "-pk").first()
    if row is None:
        raise NoPrice(f"There is no price of {called} for {day:%-d %B %Y}.")
    return row
