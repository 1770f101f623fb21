"""What a target looks for in the registers."""

from calendar import monthrange
from datetime import date

from django.db.models import Q
from django.utils import timezone

from campaigns.discovery.contract import Target
from campaigns.kinds import By
from crm.registers import names, sought, spots
from crm.registers.models import RegisterEntry
from crm.registers.near import Wanted

# Where nobody has said of how many months.
MONTHS = 12
# So many namesakes say what a company does.
MOST_NAMESAKES = 20


def wanted(target: Target) -> Wanted:
    """Say it to a search around a place."""
    match target.kind.by:
        case By.EVERY:
            return tuple(target.sectors) or (spots.ANY,)
        case By.OPENED:
            return sought.opened(since(target))
        case By.NAMES:
            return sought.called(keys(target))
    return trades(target)


def trades(target: Target) -> tuple[str, ...]:
    """Give the trades that are looked for, narrowed to the sectors that were chosen."""
    kind = like(target) if target.kind.by == By.LIKE else target.kind.register_trades
    return tuple(each for each in kind if each in target.sectors) or tuple(target.sectors) or kind


def fits(target: Target) -> Q:
    """Say it of entries, open or closed."""
    match target.kind.by:
        case By.EVERY:
            return of_trades(tuple(target.sectors)) if target.sectors else Q()
        case By.OPENED:
            return Q(opened_date__gte=since(target)) | Q(opened_date=None)
        case By.NAMES:
            return Q(name_key__in=keys(target))
    return of_trades(trades(target))


def of_trades(trades: tuple[str, ...]) -> Q:
    return Q(trade__in=trades) | Q(more_trades__overlap=list(trades))


def since(target: Target) -> date:
    """Give the day from which on something is new."""
    months = target.extra.get("months", "")
    return months_before(timezone.localdate(), int(months) if months.isdecimal() else MONTHS)


def months_before(day: date, months: int) -> date:
    """Go back so many months, to their last day where they are shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def keys(target: Target) -> list[str]:
    """Give the names of which one stands on each line, as registers are asked for them."""
    lines = target.extra.get("companies", "").splitlines()
    return [key for line in lines if (key := names.name_key(line))]


def like(target: Target) -> tuple[str, ...]:
    """Give the trades of the company that is named; none if no register lists it."""
    key = names.name_key(target.extra.get("company", ""))
    if not key:
        return ()
    namesakes = RegisterEntry.objects.active().called(key).order_by("site_key")
    rows = namesakes.values_list("trade", "more_trades")[:MOST_NAMESAKES]
    trades = dict.fromkeys(each for trade, more in rows for each in (trade, *(more or ())))
    return tuple(filter(None, trades))
