"""Large files of a register, which become a list in the background, piece by piece.

The request that brings one writes it down as it came. First pieces read its numbers, text by text;
the next put those in order that begin alike; the last puts the list in the place of the older one.
Each is one transaction: a worker that is killed loses a piece at the most.
"""

import datetime
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import IO, Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, Sum

from crm.ids import uuid7
from crm.tasks import wake
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User
from crm.work import queue
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.table import Table
from enrichment.phones import lines, screening
from enrichment.phones.lines import Count, NotTaken
from enrichment.phones.models import (
    Register,
    ScreeningBlock,
    ScreeningList,
    ScreeningText,
    ScreeningUpload,
)

UNDER_WAY = "Another {} list is being loaded at the moment. Wait until it stands here."
# About a hundred thousand lines, which take less than a second.
SMALL = 1_500_000
LIVE = (State.READY, State.LEASED, State.WAITING)
# Bytes that are read in a piece, and numbers that are put in order in one.
TEXT = 4_000_000
AT_ONCE = 500_000
ENDING = 10_000_000
WRITE = """
    COPY phones_screeningblock (id, tenant_id, upload_id, beginning, many, is_sorted, numbers)
    FROM STDIN
"""
GATHER = """
    INSERT INTO pg_temp.screened SELECT unnest(numbers) FROM phones_screeningblock
    WHERE tenant_id = %s AND upload_id = %s AND NOT is_sorted AND beginning = ANY (%s)
"""
BLOCKS = """
    INSERT INTO phones_screeningblock
        (id, tenant_id, upload_id, beginning, many, is_sorted, numbers)
    SELECT ids.id, %(tenant)s, %(upload)s, part.first / 10000000, part.many, true, part.numbers
    FROM (
        SELECT place, min(number) AS first, count(*) AS many,
            array_agg(number ORDER BY number) AS numbers
        FROM pg_temp.ordered GROUP BY place
    ) part JOIN unnest(%(ids)s::uuid[]) WITH ORDINALITY ids (id, place)
        ON ids.place = part.place + 1
"""
PARTS = """
    INSERT INTO phones_screeningpart (id, tenant_id, list_id, first, numbers)
    SELECT id, tenant_id, %s, numbers[1], numbers FROM phones_screeningblock
    WHERE tenant_id = %s AND upload_id = %s AND is_sorted
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """`row` is the list, or the upload that becomes one; `count` is what has been met so far."""

    row: ScreeningList | ScreeningUpload
    count: Count


def take(
    tenant: Tenant,
    register: Register,
    file: IO[bytes],
    *,
    size: int,
    name: str,
    as_of: datetime.date,
    by: User | None,
) -> Taken:
    """Load a small file at once, and have a larger one be loaded. Raises NotTaken."""
    screening.check_date(as_of)
    count = Count()
    try:
        with transaction.atomic():
            if live(tenant, register) is not None:
                raise NotTaken(UNDER_WAY.format(register.label))
            # Nobody needs what came to no end, nor the trace of what did.
            ScreeningUpload.of(tenant).filter(register=register).exclude(state__in=LIVE).delete()
            if size <= SMALL:
                row = screening.load(
                    tenant, register, file, name=name, as_of=as_of, by=by, count=count
                )
                return Taken(row, count)
            upload = ScreeningUpload(
                tenant=tenant, register=register, as_of=as_of, by=by,
                file=name[: screening.LONGEST_NAME], size=size,
            )  # fmt: skip
            upload.save(force_insert=True)
            _keep(upload, file, count)
            wake()
    except IntegrityError:
        # Somebody else began one at this moment.
        if live(tenant, register) is None:
            raise
        raise NotTaken(UNDER_WAY.format(register.label)) from None
    return Taken(upload, count)


def live(tenant: Tenant, register: Register) -> ScreeningUpload | None:
    """Give the one that is under way."""
    return ScreeningUpload.of(tenant).filter(register=register, state__in=LIVE).first()


def unfinished(tenant: Tenant) -> list[ScreeningUpload]:
    """Give those that are under way, came to no end, or were not taken."""
    rows = ScreeningUpload.of(tenant).filter(~Q(state=State.DONE) | ~Q(said=""))
    return list(rows.select_related("by").order_by("created_at"))


def done(upload: ScreeningUpload) -> float:
    """Say how much of the work is done, between 0 and 1; reading is half of it."""
    read = min(1.0, upload.read / upload.size) if upload.size else 0.0
    ordered = min(1.0, _in_order(upload) / upload.numbers) if upload.numbers else 0.0
    return (read + ordered) / 2


def work(upload: ScreeningUpload, lease: Lease) -> None:
    """Read on, put the next numbers in order, or the whole in its place."""
    with acting_for(upload.tenant):
        texts = ScreeningText.of(upload.tenant).filter(upload=upload)
        if text := texts.order_by("position").first():
            try:
                with transaction.atomic():
                    met = _read(upload, text)
            except NotTaken as error:
                _forget(upload)
                lease.finish(upload, said=str(error)[:500])
            else:
                lease.release(upload, **met)
        elif beginnings := _next(upload):
            _order(upload, beginnings)
            lease.release(upload)
        else:
            _put(upload)
            lease.finish(upload)


def gave_up(upload: ScreeningUpload) -> None:
    """What has come of it stays, so that it can be queued again."""


def queued_again(upload: ScreeningUpload) -> None:
    """Go on where it stopped, unless another is under way; raises CannotQueue."""
    if live(upload.tenant, Register(upload.register)) is not None:
        raise queue.CannotQueue("A newer file is being loaded.")


TABLE = Table(
    model=ScreeningUpload, work=work, gave_up=gave_up, queued_again=queued_again, about=str
)


def _keep(upload: ScreeningUpload, file: IO[bytes], count: Count) -> None:
    """Write the file down in whole lines, and read the first of them."""
    rest, position = b"", 0
    while block := file.read(TEXT):
        text, cut, rest = (rest + block).rpartition(b"\n")
        if len(rest) > lines.LONGEST_LINE:
            raise NotTaken("A line of it is endless: is this a list?")
        if cut:
            _keep_text(upload, text, position, count)
            position += 1
    if rest:
        _keep_text(upload, rest, position, count)


def _keep_text(upload: ScreeningUpload, text: bytes, position: int, count: Count) -> None:
    if not position:
        # What is no list at all is refused at once.
        for _ in lines.numbers(io.BytesIO(text), count):
            pass
    ScreeningText.of(upload.tenant).create(
        tenant=upload.tenant, upload=upload, position=position, text=text
    )


def _read(upload: ScreeningUpload, row: ScreeningText) -> dict[str, Any]:
    """Read a text's numbers; give what has been met up to there. Raises NotTaken."""
    count = Count(upload.lines, upload.numbers, upload.unread, upload.example)
    text = bytes(row.text)
    _write(upload, (each for some in lines.numbers(io.BytesIO(text), count) for each in some))
    row.delete()
    return asdict(count) | {"read": upload.read + len(text) + 1}


def _forget(upload: ScreeningUpload) -> None:
    ScreeningText.of(upload.tenant).filter(upload=upload).delete()
    ScreeningBlock.of(upload.tenant).filter(upload=upload).delete()


def _write(upload: ScreeningUpload, numbers: Iterable[bytes]) -> None:
    found = sorted(set(map(int, numbers)))
    with connection.cursor() as cursor, cursor.copy(WRITE) as copy:
        for beginning, alike in groupby(found, lambda number: number // ENDING):
            some = list(map(str, alike))
            row = (uuid7(), upload.tenant_id, upload.pk, beginning, len(some), "f")
            copy.write("\t".join(map(str, row)) + "\t{" + ",".join(some) + "}\n")


def _next(upload: ScreeningUpload) -> list[int]:
    """Give beginnings of numbers that are in no order yet, in theirs: one at least, few at once."""
    blocks = ScreeningBlock.of(upload.tenant).filter(upload=upload, is_sorted=False)
    counted = blocks.order_by("beginning").values_list("beginning").annotate(Sum("many"))
    found: list[int] = []
    total = 0
    for beginning, many in counted:
        total += many
        if found and total > AT_ONCE:
            break
        found.append(beginning)
    return found


def _in_order(upload: ScreeningUpload) -> int:
    blocks = ScreeningBlock.of(upload.tenant).filter(upload=upload, is_sorted=True)
    return int(blocks.aggregate(many=Sum("many"))["many"] or 0)


def _order(upload: ScreeningUpload, beginnings: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(screening.STAGE)
        cursor.execute(GATHER, [upload.tenant_id, upload.pk, beginnings])
        cursor.execute(screening.ORDER % {"size": screening.IN_A_PART})
        cursor.execute("SELECT count(*) FROM pg_temp.ordered")
        (held,) = cursor.fetchone()
        given = ScreeningBlock.of(upload.tenant).filter(upload=upload, is_sorted=False)
        given.filter(beginning__in=beginnings).delete()
        ids = [uuid7() for _ in range(-(-held // screening.IN_A_PART))]
        told: dict[str, Any] = {"tenant": upload.tenant_id, "upload": upload.pk, "ids": ids}
        cursor.execute(BLOCKS, told)


def _put(upload: ScreeningUpload) -> None:
    screening.hold(upload.tenant, Register(upload.register))
    row = ScreeningList(
        tenant=upload.tenant, register=upload.register, as_of=upload.as_of, file=upload.file,
        numbers=_in_order(upload), unread=upload.unread, loaded_by=upload.by,
    )  # fmt: skip
    screening.replace(row, by=upload.by)
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [row.pk, upload.tenant_id, upload.pk])
    _forget(upload)
