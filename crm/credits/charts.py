"""The use of a month, as the charts of the house draw it."""

from collections.abc import Sequence
from datetime import date, timedelta

from crm.credits import words
from crm.credits.use import Month, Use
from crm.look.graphs import Bar, Point, Said

# The others are added up.
MOST = 10


def bars(uses: Sequence[Use]) -> list[Bar]:
    """Draw a bar for each of the first, and one for all the others."""
    shown = list(uses[:MOST])
    if rest := uses[MOST:]:
        label = f"{len(rest):,} others"
        shown.append(Use(label, sum(u.credits for u in rest), sum(u.micros for u in rest)))
    # Where one's own keys are used, there are costs alone to compare.
    by_cost = not any(use.credits for use in shown)
    return [_bar(use, by_cost=by_cost) for use in shown]


def points(month: Month, first: date, last: date) -> list[Point]:
    """Draw each day from the first to the last, those without any use, too."""
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    return [Point(f"{day:%-d %b}", max(0, month.days.get(day, 0))) for day in days]


def _bar(use: Use, *, by_cost: bool) -> Bar:
    said = Said(f"{use.credits:,}", href=use.url)
    below = (Said(words.cost(use.micros)),)
    return Bar(
        use.label,
        max(0, use.micros if by_cost else use.credits),
        shown=said,
        below=below,
    )
