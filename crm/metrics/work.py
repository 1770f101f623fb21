"""Figures of the background work: how much there is, who does it, what was done."""

from collections.abc import Iterator

from django.db.models import Sum
from django.utils import timezone

from crm.metrics.families import Family
from crm.work import signs_of_life
from crm.work.drain import tables
from crm.work.models import Tally
from crm.work.queue import depth

SERVICE = "service:"
TABLE = ("table",)


def read() -> Iterator[Family]:
    """Give the depth of the tables, the workers' signs of life and the totals of the tally."""
    yield from _depth()
    yield _heartbeats()
    totals = _totals()
    yield from _tables(totals)
    yield from _services(totals)


def _depth() -> Iterator[Family]:
    found = {each.table.key: each for each in depth()}
    states = ("ready", "leased", "waiting", "dead")
    yield Family(
        "work_rows",
        "Unfinished rows of work: ready to be done, leased by a worker, waiting, dead.",
        ("table", "state"),
        [
            ((table, state), getattr(each, state))
            for table, each in found.items()
            for state in states
        ],
    )
    yield Family(
        "work_oldest_waiting_seconds",
        "How long the row has been due that waits longest; 0 when none is due.",
        TABLE,
        [((table,), each.oldest_waiting_s) for table, each in found.items()],
    )


def _heartbeats() -> Family:
    now, ages = timezone.now(), dict[str, float]()
    for beat in signs_of_life.heard():
        # The newest of a host comes first.
        ages.setdefault(beat.host, max(0.0, (now - beat.at).total_seconds()))
    return Family(
        "worker_heartbeat_age_seconds",
        "How long ago a worker of this host last proved that it gets work done.",
        ("host",),
        [((host,), age) for host, age in ages.items()],
    )


Totals = dict[str, tuple[int, int, int, float]]


def _totals() -> Totals:
    """Sum up all minutes by name, those that were folded included: done, failed, ... seconds."""
    sums = Tally.objects.values_list("name").annotate(
        Sum("done"), Sum("failed"), Sum("interrupted"), Sum("busy_ms")
    )
    return {
        name: (done, failed, interrupted, busy / 1000)
        for name, done, failed, interrupted, busy in sums
    }


def _tables(totals: Totals) -> Iterator[Family]:
    # From the first moment on, so that the first failure is seen to be one.
    known = [(table.key, totals.get(table.label, (0, 0, 0, 0.0))) for table in tables()]
    for place, (name, says) in enumerate(
        (
            ("work_done", "Rows of work that a worker brought to an end, or a piece further."),
            ("work_failed", "Attempts at a row of work that failed."),
            ("work_interrupted", "Rows of work that were taken over from a worker that died."),
            ("work_busy_seconds", "Time that workers have spent on rows of work."),
        )
    ):
        figures = [((key,), float(total[place])) for key, total in known]
        yield Family(name, says, TABLE, figures, "counter")


def _services(totals: Totals) -> Iterator[Family]:
    services = {
        name.removeprefix(SERVICE): total
        for name, total in sorted(totals.items())
        if name.startswith(SERVICE)
    }
    yield Family(
        "service_calls",
        "Calls to services outside, by how they ended.",
        ("service", "outcome"),
        [
            ((service, outcome), float(total[place]))
            for service, total in services.items()
            for place, outcome in enumerate(("ok", "failed"))
        ],
        "counter",
    )
    yield Family(
        "service_call_seconds",
        "Time that calls to services outside have taken.",
        ("service",),
        [((service,), total[3]) for service, total in services.items()],
        "counter",
    )
