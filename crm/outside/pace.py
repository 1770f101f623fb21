"""One rate limit per service and key, which all processes on all hosts share.

The row holds when the next call may leave (the generic cell rate algorithm); the database's clock
is the only one. A slot is taken by one statement of its own, so that nobody waits for a lock.
"""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from crm.outside import breaker, clock
from crm.outside.errors import Later
from crm.outside.key import Key
from crm.outside.service import Pace, Service

# Seconds that a call waits for its slot in place: long enough that none stays empty, and no longer,
# since whoever waits so has a thread that could ask somebody else.
PATIENCE = 2.0
# Whoever wakes up so much later than its slot would crowd into those of others: it takes another.
GRACE = 1.0
# Nobody is sent away for longer, however many wait.
LONGEST_LINE = 60.0
# Whoever stays and tries again takes no place in line.
STAYS = ContextVar("STAYS", default=False)

TAKE = """
UPDATE outside_pacerow
SET next_at = greatest(next_at, clock_timestamp()) + make_interval(secs => %(interval)s)
WHERE service = %(service)s AND ident = %(ident)s AND lane = %(lane)s
    AND next_at <= clock_timestamp() + make_interval(secs => %(ahead)s)
RETURNING extract(epoch FROM next_at - clock_timestamp()) - %(interval)s
"""
# Whoever finds no slot gets a place in line, one interval behind the last: about as many come back
# as can be let through, and hundreds who wait don't ask the database over and over. It is a moment
# to try again, no right: whoever comes first takes the slot.
LINE_UP = """
UPDATE outside_pacerow
SET line_at = least(
    greatest(line_at, clock_timestamp()) + make_interval(secs => %(interval)s),
    clock_timestamp() + make_interval(secs => %(longest)s)
)
WHERE service = %(service)s AND ident = %(ident)s AND lane = %(lane)s
    AND next_at > clock_timestamp() + make_interval(secs => %(ahead)s)
RETURNING extract(epoch FROM next_at - clock_timestamp()),
    extract(epoch FROM line_at - clock_timestamp())
"""
# Whoever stays asks far more often, and writes nothing.
LOOK = """
SELECT extract(epoch FROM next_at - clock_timestamp()), 0 FROM outside_pacerow
WHERE service = %(service)s AND ident = %(ident)s AND lane = %(lane)s
    AND next_at > clock_timestamp() + make_interval(secs => %(ahead)s)
"""
BEGIN = """
INSERT INTO outside_pacerow (service, ident, lane, next_at)
VALUES (%(service)s, %(ident)s, %(lane)s, clock_timestamp())
ON CONFLICT (service, ident, lane) DO NOTHING
"""


@contextmanager
def staying() -> Iterator[None]:
    """Say that this thread waits for its slots in the block, however often it is sent away."""
    before = STAYS.set(True)
    try:
        yield
    finally:
        STAYS.reset(before)


class InTransaction(RuntimeError):
    """A slow call would keep rows locked and let the database wait."""


def outside_transactions() -> None:
    """Refuse to go on within a transaction that the caller opened; tests have one around all."""
    blocks = connection.atomic_blocks
    if connection.in_atomic_block and not (blocks and getattr(blocks[-1], "_from_testcase", False)):
        raise InTransaction(
            "Nobody outside is called while a transaction is open: end it first, and write what "
            "came of the call in another."
        )


def take(service: Service, key: Key, path: str, *, patience: float) -> bool:
    """Wait for the next slot of this service and key; raises Later, and takes none, if it is far.

    `patience` is in our seconds. Says whether it had to wait: much may have changed meanwhile.
    """
    pace = service.pace(path)
    ends = time.monotonic() + patience
    has_waited = False
    while True:
        asked = time.monotonic()
        wait = _take(service, key, pace, max(0.0, ends - asked))
        if wait > 0:
            time.sleep(wait)
        late = time.monotonic() - asked - max(wait, 0.0)
        has_waited |= wait > 0
        if late <= clock.real(GRACE):
            return has_waited
        has_waited = True


def _take(service: Service, key: Key, pace: Pace, patience: float) -> float:
    """Give the seconds until the slot that was taken."""
    interval = clock.real(pace.interval)
    burst = interval * (pace.burst - 1)
    named = {"service": service.slug, "ident": key.ident, "lane": pace.lane}
    values = named | {
        "interval": interval,
        "ahead": burst + patience,
        "longest": clock.real(LONGEST_LINE),
    }
    with connection.cursor() as cursor:
        while True:
            cursor.execute(TAKE, values)
            if slot := cursor.fetchone():
                return float(slot[0]) - burst
            cursor.execute(LOOK if STAYS.get() else LINE_UP, values)
            if row := cursor.fetchone():
                raise _later(service, float(row[0]) - burst, float(row[1]))
            cursor.execute(BEGIN, named)
            breaker.know(key)


def _later(service: Service, wait: float, line: float) -> Later:
    """Say when to come back: `wait` are the seconds to the next slot, `line` those to the turn."""
    chance = random.uniform(0.2, 0.8)  # noqa: S311 - no secret
    # Back while others still wait for theirs, so that no slot stays empty; and not all at once.
    early = clock.real(PATIENCE) * chance
    seconds = max(wait - early, line * (1 - chance / 4), 0.05)
    until = timezone.now() + timedelta(seconds=seconds)
    return Later(until, f"{service.label} is called as often as it allows; others come first.")
