"""How fast the work goes in the whole installation, from the minutes of the tally."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from crm.work.drain import tables
from crm.work.models import Tally

MINUTE = timedelta(minutes=1)
MINUTES_SHOWN = 60
WINDOWS = {"last minute": 1, "last 15 minutes": 15, "last day": 24 * 60}


@dataclass(frozen=True)
class Window:
    """What was done in so many minutes and what has passed of the present one."""

    label: str
    done: int
    failed: int
    per_second: float


@dataclass(frozen=True)
class Minute:
    at: datetime
    done: int
    failed: int


@dataclass(frozen=True)
class Pace:
    windows: list[Window]
    minutes: list[Minute]

    @property
    def is_moving(self) -> bool:
        """Say whether anything was done lately."""
        return self.windows[0].done > 0

    @property
    def busy_minutes(self) -> list[Minute]:
        """Give those of the last hour in which there was work, the latest first."""
        return [each for each in reversed(self.minutes) if each.done or each.failed]


def without_failures(pace: Pace) -> Pace:
    """Leave out the attempts that failed: they are tried again, and tell of the queue alone."""
    return Pace(
        [replace(each, failed=0) for each in pace.windows],
        [replace(each, failed=0) for each in pace.minutes],
    )


def read() -> Pace:
    """Sum up the rows of all tables."""
    now = timezone.now()
    this_minute = now.replace(second=0, microsecond=0)
    rows = Tally.objects.filter(name__in=[table.label for table in tables()]).order_by()
    return Pace(_windows(rows, now, this_minute), _minutes(rows, this_minute))


def is_moving() -> bool:
    """Say whether anything was done in the last minute, and nothing else."""
    since = timezone.now().replace(second=0, microsecond=0) - MINUTE
    names = [table.label for table in tables()]
    return Tally.objects.filter(name__in=names, minute__gte=since, done__gt=0).exists()


def _windows(rows: QuerySet[Tally], now: datetime, this_minute: datetime) -> list[Window]:
    sums = {}
    for minutes in WINDOWS.values():
        lately = Q(minute__gte=this_minute - minutes * MINUTE)
        sums[f"done_{minutes}"] = Sum("done", filter=lately, default=0)
        sums[f"failed_{minutes}"] = Sum("failed", filter=lately, default=0)
    found = rows.filter(minute__gte=this_minute - max(WINDOWS.values()) * MINUTE).aggregate(**sums)
    passed = (now - this_minute).total_seconds()
    return [
        Window(
            label,
            found[f"done_{minutes}"],
            found[f"failed_{minutes}"],
            found[f"done_{minutes}"] / (minutes * 60 + passed),
        )
        for label, minutes in WINDOWS.items()
    ]


def _minutes(rows: QuerySet[Tally], this_minute: datetime) -> list[Minute]:
    """Give every minute of the last hour, also those in which nothing was done."""
    first = this_minute - (MINUTES_SHOWN - 1) * MINUTE
    found = rows.filter(minute__gte=first).values_list("minute")
    summed = {at: (done, failed) for at, done, failed in found.annotate(Sum("done"), Sum("failed"))}
    shown = (first + number * MINUTE for number in range(MINUTES_SHOWN))
    return [Minute(at, *summed.get(at, (0, 0))) for at in shown]
