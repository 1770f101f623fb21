"""Lets a service alone that does not answer, and says when it is tried again and why.

All processes share it, by service and key. After some failures in a row nobody calls for half a
minute, then one call alone tries; each further failure doubles the time.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from crm.outside import clock
from crm.outside.errors import Later
from crm.outside.key import Key
from crm.outside.models import Breaker

FAILURES = 5
FIRST, LONGEST = 30.0, 600.0
# How long the one that tries may take, and when the others ask again meanwhile.
PROBE = 60.0
MEANWHILE = 5.0

READ = """
SELECT until > clock_timestamp(), until, failures, why FROM outside_breaker
WHERE service = %s AND ident = %s
"""
FAILED = """
INSERT INTO outside_breaker AS known
    (service, ident, last4, failures, opened, until, probe_until, why, failed_at)
VALUES (%(service)s, %(ident)s, %(last4)s, 1, 0, NULL, NULL, %(why)s, clock_timestamp())
ON CONFLICT (service, ident) DO UPDATE SET
    failures = known.failures + 1, why = excluded.why, failed_at = excluded.failed_at,
    -- Calls that were under way when it opened say nothing new.
    opened = CASE WHEN known.until > clock_timestamp() THEN known.opened
        WHEN known.failures + 1 >= %(failures)s THEN least(known.opened + 1, 20)
        ELSE known.opened END,
    until = CASE WHEN known.until > clock_timestamp() THEN known.until
        WHEN known.failures + 1 >= %(failures)s THEN clock_timestamp()
            + make_interval(secs => least(%(first)s * power(2, known.opened), %(longest)s))
        ELSE NULL END,
    probe_until = NULL
"""
HOLD = """
INSERT INTO outside_breaker AS known
    (service, ident, last4, failures, opened, until, probe_until, why, failed_at)
VALUES (%(service)s, %(ident)s, %(last4)s, 0, 0, %(until)s, NULL, %(why)s, NULL)
ON CONFLICT (service, ident) DO UPDATE SET
    until = greatest(known.until, excluded.until), why = excluded.why, probe_until = NULL
"""
KNOWN = """
INSERT INTO outside_breaker
    (service, ident, last4, failures, opened, until, probe_until, why, failed_at)
VALUES (%(service)s, %(ident)s, %(last4)s, 0, 0, NULL, NULL, '', NULL)
ON CONFLICT (service, ident) DO NOTHING
"""
ANSWERED = """
UPDATE outside_breaker
SET failures = 0, opened = 0, until = NULL, probe_until = NULL, why = ''
WHERE service = %s AND ident = %s AND (until IS NULL OR until <= clock_timestamp())
"""
PROBING = """
UPDATE outside_breaker SET probe_until = clock_timestamp() + make_interval(secs => %s)
WHERE service = %s AND ident = %s AND until <= clock_timestamp()
    AND (probe_until IS NULL OR probe_until <= clock_timestamp())
RETURNING id
"""


@dataclass(frozen=True)
class Standing:
    """Whether calls are held back, until when, and why; `failures` are those in a row."""

    is_open: bool = False
    until: datetime | None = None
    failures: int = 0
    why: str = ""

    @property
    def is_troubled(self) -> bool:
        return self.failures > 0 or self.until is not None


def standing(service: str, ident: str) -> Standing:
    """Say how a service stands for a key."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [service, ident])
        row = cursor.fetchone()
    return Standing(bool(row[0]), *row[1:]) if row else Standing()


def check(key: Key) -> Standing:
    """Say how it stands; raises Later while it is let alone."""
    found = standing(key.service, key.ident)
    if found.is_open and found.until is not None:
        raise Later(found.until, found.why)
    return found


def enter(key: Key, found: Standing) -> None:
    """Go in; where it was let alone until now, one alone may, and the others get Later."""
    if found.until is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(PROBING, [clock.real(PROBE, least=PROBE / 2), key.service, key.ident])
        if cursor.fetchone():
            return
    again = standing(key.service, key.ident)
    if again.until is None:
        return
    raise Later(again.until if again.is_open else clock.from_now(MEANWHILE), again.why)


def know(key: Key) -> None:
    """Have it stand on the list of services from its first call on."""
    _write(KNOWN, key)


def failed(key: Key, why: str) -> None:
    """Count a call that got no answer."""
    _write(
        FAILED,
        key,
        why=why[:300],
        failures=FAILURES,
        first=clock.real(FIRST),
        longest=clock.real(LONGEST),
    )


def hold(key: Key, until: datetime, why: str) -> None:
    """Let it alone until then, because it has said so itself."""
    _write(HOLD, key, until=until, why=why[:300])


def answered(key: Key, found: Standing) -> None:
    """Forget the failures that were known before this answer; a hold that is new stays."""
    if found.is_troubled:
        with connection.cursor() as cursor:
            cursor.execute(ANSWERED, [key.service, key.ident])


def try_now(rows: list[Breaker]) -> None:
    """Have the next call try, because somebody has mended what was wrong."""
    ids = [row.pk for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE outside_breaker SET until = clock_timestamp(), probe_until = NULL "
            "WHERE id = ANY(%s) AND until > clock_timestamp()",
            [ids],
        )


def _write(statement: str, key: Key, **values: Any) -> None:
    named = {"service": key.service, "ident": key.ident, "last4": key.last4}
    with connection.cursor() as cursor:
        cursor.execute(statement, named | values)
