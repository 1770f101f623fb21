"""One rate limit per service and key, which all processes on all hosts share.

The row holds when the next call may leave (the generic cell rate algorithm); the database's clock
is the only one. A slot is taken by one statement of its own, so that nobody waits for a lock.
"""

import random
import time
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

TAKE = """
UPDATE outside_pacerow
SET next_at = greatest(next_at, clock_timestamp()) + make_interval(secs => %(interval)s)
WHERE service = %(service)s AND ident = %(ident)s AND lane = %(lane)s
    AND next_at <= clock_timestamp() + make_interval(secs => %(ahead)s)
RETURNING extract(epoch FROM next_at - clock_timestamp()) - %(interval)s
"""
LOOK = """
SELECT extract(epoch FROM next_at - clock_timestamp()) FROM outside_pacerow
WHERE service = %(service)s AND ident = %(ident)s AND lane = %(lane)s
"""
BEGIN = """
INSERT INTO outside_pacerow (service, ident, lane, next_at)
VALUES (%(service)s, %(ident)s, %(lane)s, clock_timestamp())
ON CONFLICT (service, ident, lane) DO NOTHING
"""


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
    taking = named | {"interval": interval, "ahead": burst + patience}
    with connection.cursor() as cursor:
        while True:
            cursor.execute(TAKE, taking)
            if slot := cursor.fetchone():
                return float(slot[0]) - burst
            cursor.execute(LOOK, named)
            row = cursor.fetchone()
            if row is None:
                cursor.execute(BEGIN, named)
                breaker.know(key)
            elif (wait := float(row[0]) - burst) > patience:
                raise _later(service, wait)


def _later(service: Service, wait: float) -> Later:
    # Back while others still wait for theirs, so that no slot stays empty; and not all at once.
    early = clock.real(PATIENCE) * random.uniform(0.2, 0.8)  # noqa: S311 - no secret
    until = timezone.now() + timedelta(seconds=max(wait - early, 0.05))
    return Later(until, f"{service.label} is called as often as it allows; others come first.")
