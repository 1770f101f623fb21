"""The answer that is a file: written while it is read, and noted in the audit trail."""

import logging
from collections.abc import Callable, Generator, Sequence
from socket import socket
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from crm.exporting import lines, room, supply, workbook
from crm.exporting.columns import Column, Row
from crm.ledger import audit, author
from crm.tenants import whereabouts
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, TenantRequest, may

logger = logging.getLogger(__name__)

Kind = Literal["csv", "xlsx"]
WRITERS: dict[str, Any] = {"csv": lines, "xlsx": workbook}
SECONDS_TO_COME_BACK = 60
BUSY = {
    "title": "Other exports are being written",
    "saved": "So that everybody's pages stay fast, only a few are written at the same time.",
    "advice": "Go back and try it again in a minute.",
}
ONE_ALREADY = {
    "title": "Your other export is still being written",
    "saved": "Everybody has one at a time, so that there is room for all.",
    "advice": "Wait until it is there, or end its download, and try it again.",
}
LEFT = "The download was broken off."
TOO_LONG = "It was not taken within 30 minutes, so it was broken off."


def may_be_given(membership: Membership) -> bool:
    """Say whether the member may take files away; who comes to help looks and takes nothing."""
    return may(membership, Permission.EXPORT) and not membership.is_support


def answer(
    request: TenantRequest,
    *,
    name: str,
    columns: Sequence[Column[Row]],
    rows: supply.Rows[Row],
    kind: str = "csv",
    filters: dict[str, str] | None = None,
    target: models.Model | None = None,
) -> HttpResponseBase:
    """Hand out the table `name` as a file; `rows` gives chunks, read after the request.

    The trail says who exported what of which `target` (their company, if nothing is said), by
    which filters, before the first byte; and how many rows it became after the last.
    """
    membership = request.membership
    if not may_be_given(membership):
        raise PermissionDenied("You may look at this, but not export it.")
    writer = WRITERS.get(kind, lines)
    try:
        room.take(membership.user_id)
    except room.Full:
        return _refused(request, BUSY)
    except room.OneAlready:
        return _refused(request, ONE_ALREADY)
    about = target or request.tenant
    told = {"what": name, "as": "Excel" if writer is workbook else "CSV"}
    address, way = whereabouts.address(request), author.now().via
    tally = supply.Tally()

    def note(broken: str) -> None:
        why = tally.why or broken
        verb = "exported in part" if why else "exported in full"
        came = told | {"rows": tally.rows} | ({"why": why} if why else {})
        with author.acting(via=way, address=address), acting_for(membership.tenant):
            audit.write(about, verb, by=membership.user, after=came)

    chunks = supply.walk(rows, membership, tally)
    parts = writer.write(columns, chunks, timezone.get_current_timezone(), tally)
    line = request.META.get("gunicorn.socket")
    download = _Download(parts, note, lambda: room.give_back(membership.user_id), line)
    audit.write(about, "exported", by=request.user, after=told | {"filters": filters or {}})
    response = StreamingHttpResponse(download, content_type=writer.CONTENT_TYPE)
    ending = "xlsx" if writer is workbook else "csv"
    title = f"{slugify(name) or 'export'}-{timezone.localdate():%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, title)
    response["Cache-Control"] = "no-store"
    # A proxy hands on what it has instead of gathering it first.
    response["X-Accel-Buffering"] = "no"
    return response


def _refused(request: TenantRequest, why: dict[str, str]) -> HttpResponseBase:
    said = render(request, "503.html", why, status=503)
    said["Retry-After"] = str(SECONDS_TO_COME_BACK)
    return said


class _Download:
    """The parts of the file; whoever stops reading, early or at the end, it is noted once.

    No generator, since one that nobody began to read never gets to its end.
    """

    def __init__(
        self,
        parts: Generator[bytes],
        note: Callable[[str], None],
        make_room: Callable[[], None],
        line: socket | None,
    ) -> None:
        self.parts, self.note, self.make_room, self.line = parts, note, make_room, line
        self.deadline: room.Deadline | None = None
        self.is_over = False

    def __iter__(self) -> "_Download":
        return self

    def __next__(self) -> bytes:
        self.deadline = self.deadline or room.Deadline(self.line)
        if self.deadline.has_passed:
            self.close()
            raise TimeoutError(TOO_LONG)
        try:
            return next(self.parts)
        except StopIteration:
            self._end()
            raise

    def close(self) -> None:
        """Let go of everything; called by the server when the person has gone or has it all."""
        self.parts.close()
        is_late = self.deadline is not None and self.deadline.has_passed
        self._end(TOO_LONG if is_late else LEFT)

    def __del__(self) -> None:
        if not self.is_over:
            self._leave()

    def _leave(self) -> None:
        self.is_over = True
        if self.deadline is not None:
            self.deadline.cancel()
        self.make_room()

    def _end(self, broken: str = "") -> None:
        if self.is_over:
            return
        self._leave()
        try:
            self.note(broken)
        except Exception:
            logger.exception("The end of an export could not be noted")
