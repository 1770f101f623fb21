"""Whether a number may be rung unasked: loads the registers, and looks into them.

The Privacy and Electronic Communications Regulations 2003 forbid sales calls to who has stood in a
register for 28 days, so that a list is good for 28 days from the day it speaks of.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from django.db import connection, transaction
from django.utils import timezone

from crm.ids import uuid7
from crm.ledger import audit
from crm.tenants.models import Tenant, User
from enrichment.phones import lines
from enrichment.phones.lines import Count, NotTaken
from enrichment.phones.models import Register, ScreeningList, ScreeningPart

__all__ = ["NotTaken", "Screened", "State", "load", "remove", "state", "states"]

GOOD_DAYS = 28
# Older ones say so little that whoever loads one has taken the wrong file.
OLDEST_DAYS = 365
IN_A_PART = 1_000
LONGEST_NAME = 200
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
STAGE = """
    SET LOCAL work_mem = '48MB';
    DROP TABLE IF EXISTS pg_temp.screened;
    CREATE TEMPORARY TABLE screened (number bigint) ON COMMIT DROP
"""
COPY = "COPY pg_temp.screened FROM STDIN"
# Sorted on disk where memory does not suffice.
ORDER = """
    DROP TABLE IF EXISTS pg_temp.ordered;
    CREATE TEMPORARY TABLE ordered ON COMMIT DROP AS
    SELECT number, (row_number() OVER (ORDER BY number) - 1) / %(size)s AS place
    FROM (SELECT DISTINCT number FROM pg_temp.screened) single
"""
PARTS = """
    INSERT INTO phones_screeningpart (id, tenant_id, list_id, first, numbers)
    SELECT ids.id, %(tenant)s, %(list)s, part.first, part.numbers
    FROM (
        SELECT place, min(number) AS first, array_agg(number ORDER BY number) AS numbers
        FROM pg_temp.ordered GROUP BY place
    ) part JOIN unnest(%(ids)s::uuid[]) WITH ORDINALITY ids (id, place)
        ON ids.place = part.place + 1
"""
ASK = """
    SELECT asked.number, list.register FROM unnest(%(numbers)s::bigint[]) asked (number)
    CROSS JOIN phones_screeninglist list
    CROSS JOIN LATERAL (
        SELECT numbers FROM phones_screeningpart part
        WHERE part.tenant_id = list.tenant_id AND part.list_id = list.id
            AND part.first <= asked.number
        ORDER BY part.first DESC LIMIT 1
    ) part
    WHERE list.tenant_id = %(tenant)s AND asked.number = ANY (part.numbers)
"""


class State(StrEnum):
    LISTED = "listed"
    NOT_LISTED = "not_listed"
    TOO_OLD = "too_old"
    NO_LIST = "no_list"

    @property
    def may_be_rung(self) -> bool:
        """Whether nothing here forbids a sales call."""
        return self is State.NOT_LISTED


@dataclass(frozen=True, slots=True)
class Screened:
    """`words` is a sentence of its own; `registers` are those that list the number."""

    state: State
    words: str
    registers: tuple[Register, ...] = ()


def load(
    tenant: Tenant,
    register: Register,
    file: IO[bytes],
    *,
    name: str,
    as_of: datetime.date,
    by: User | None,
    count: Count | None = None,
) -> ScreeningList:
    """Put a register's newer file in the place of the older one, whole or not at all.

    It takes a few seconds for each million lines; `count` tells afterwards what was met. Raises
    NotTaken.
    """
    check_date(as_of)
    count = count or Count()
    with transaction.atomic():
        with connection.cursor() as cursor:
            hold(tenant, register)
            cursor.execute(STAGE)
            with cursor.copy(COPY) as copy:
                for some in lines.numbers(file, count):
                    if some:
                        copy.write(b"\n".join(some) + b"\n")
            cursor.execute(ORDER % {"size": IN_A_PART})
            cursor.execute("SELECT count(*) FROM pg_temp.ordered")
            (held,) = cursor.fetchone()
        row = ScreeningList(
            tenant=tenant, register=register, as_of=as_of, file=name[:LONGEST_NAME], numbers=held,
            unread=count.unread, loaded_by=by,
        )  # fmt: skip
        replace(row, by=by)
        ids = [uuid7() for _ in range(-(-held // IN_A_PART))]
        with connection.cursor() as cursor:
            cursor.execute(PARTS, {"tenant": tenant.pk, "list": row.pk, "ids": ids})
    return row


def hold(tenant: Tenant, register: Register) -> None:
    """Let nobody else put a list of this register in its place before the transaction's end."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"screening:{tenant.pk}:{register}"])


def replace(row: ScreeningList, *, by: User | None) -> None:
    """Put a new list, as yet without its parts, in the place of the one that is there."""
    before = ScreeningList.of(row.tenant).filter(register=row.register).first()
    _delete(row.tenant, before)
    row.save(force_insert=True)
    told = {"before": _told(before)} if before else {}
    audit.write(row, "replaced" if before else "uploaded", by=by, after=_told(row), **told)


def remove(tenant: Tenant, register: Register, *, by: User | None) -> None:
    """Delete a register's list; nothing happens where there is none."""
    with transaction.atomic():
        row = ScreeningList.of(tenant).select_for_update().filter(register=register).first()
        if row is not None:
            audit.write(row, "deleted", by=by, before=_told(row))
            _delete(tenant, row)


def state(tenant: Tenant, number: str, *, today: datetime.date | None = None) -> Screened:
    """Say whether a number in E.164 may be rung."""
    return states(tenant, [number], today=today)[number]


def states(
    tenant: Tenant, numbers: Iterable[str], *, today: datetime.date | None = None
) -> dict[str, Screened]:
    """Say it of many at once, in two statements; what is no number cannot be told of."""
    today = today or timezone.localdate()
    asked = {number: _as_integer(number) for number in numbers}
    lists = {row.register: row for row in ScreeningList.of(tenant).order_by("register")}
    british = sorted({each for each in asked.values() if each and str(each).startswith("44")})
    listed: dict[int, list[Register]] = {}
    if lists and british:
        with connection.cursor() as cursor:
            cursor.execute(ASK, {"tenant": tenant.pk, "numbers": british})
            for number, register in cursor.fetchall():
                listed.setdefault(number, []).append(Register(register))
    unlisted = _unlisted(lists, today)
    return {
        number: _screened(number, found, listed, lists, unlisted) for number, found in asked.items()
    }


def _screened(
    number: str,
    found: int,
    listed: dict[int, list[Register]],
    lists: dict[str, ScreeningList],
    unlisted: Screened,
) -> Screened:
    if not found:
        words = f"“{number[:40]}” is no phone number in full: no list can be asked for it."
        return Screened(State.NO_LIST, words)
    if registers := tuple(sorted(listed.get(found, ()))):
        said = " and ".join(str(lists[each]) for each in registers)
        return Screened(State.LISTED, f"It stands in the {said}: do not ring unasked.", registers)
    if not str(found).startswith("44"):
        return Screened(State.NOT_LISTED, "The registers hold no numbers abroad.")
    return unlisted


def _unlisted(lists: dict[str, ScreeningList], today: datetime.date) -> Screened:
    """What is true of every number that stands in none of the lists."""
    missing = [each.label for each in Register if each not in lists]
    if missing:
        words = f"No {' and no '.join(missing)} list has been loaded: nobody knows."
        return Screened(State.NO_LIST, words)
    old = [row for row in lists.values() if (today - row.as_of).days > GOOD_DAYS]
    if old:
        words = (
            f"It is not in the lists, but the {' and the '.join(map(str, old))} is older than "
            f"{GOOD_DAYS} days: load a newer one before you ring."
        )
        return Screened(State.TOO_OLD, words)
    return Screened(State.NOT_LISTED, f"It is in neither {' nor '.join(map(str, lists.values()))}.")


def check_date(as_of: datetime.date) -> None:
    """Refuse a day that no list can be of; raises NotTaken."""
    age = (timezone.localdate() - as_of).days
    if age < 0:
        raise NotTaken(f"The list is said to be of {as_of}, which is still to come.")
    if age > OLDEST_DAYS:
        raise NotTaken(f"The list is of {as_of}: take one that is younger than {GOOD_DAYS} days.")


def _delete(tenant: Tenant, row: ScreeningList | None) -> None:
    if row is not None:
        # First, in one statement: nobody has to gather the parts.
        ScreeningPart.of(tenant).filter(list=row).delete()
        row.delete()


def _told(row: ScreeningList) -> dict[str, object]:
    return {
        "register": row.register,
        "as of": str(row.as_of),
        "file": row.file,
        "numbers": row.numbers,
    }


def _as_integer(number: str) -> int:
    """Give the digits of a number in E.164 as they are stored, 0 where it is none."""
    digits = number.removeprefix("+")
    is_one = digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15
    return int(digits) if is_one and number.startswith("+") else 0
