"""Which cards look different since a page was drawn, without missing what is committed late.

The database writes down each lead that changes (sql/touched.sql) with the id of its transaction. A
page remembers the snapshot that it was drawn from: news is what that snapshot could not see.
"""

import re
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.functions import Now
from django.utils import timezone

from crm.tenants.models import Tenant

# A page that was asleep for longer draws itself anew.
LONGEST_SLEEP = 30 * 60
KEPT = timedelta(hours=2)
MOST = 60
LONGEST_SINCE = 2000
SINCE = re.compile(r"(\d{1,18}):(\d{1,18}):((?:\d{1,18}(?:,\d{1,18})*)?)@(\d{1,12})")


class Touched(models.Model):
    """`lead` is empty where one statement changed so many that the whole board is news."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    pipeline = models.UUIDField()
    lead = models.UUIDField(null=True)
    xid = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "touched"
        indexes = [
            models.Index(fields=["tenant", "pipeline", "xid"], name="touched_since"),
            models.Index(fields=["at"], name="touched_at"),
        ]

    def __str__(self) -> str:
        return f"{self.lead} in {self.xid}"


@dataclass(frozen=True)
class News:
    """The leads that changed, or `is_all`; ask for what comes next with `since`."""

    since: str
    leads: list[UUID]
    is_all: bool = False


NOW = "SELECT pg_current_snapshot()::text"
READ = """
SELECT pg_current_snapshot()::text, ARRAY(
    SELECT DISTINCT lead FROM leads_touched
    WHERE tenant_id = %(tenant)s AND pipeline = %(pipeline)s AND xid >= %(oldest)s
        AND NOT pg_visible_in_snapshot(xid::text::xid8, %(snapshot)s::pg_snapshot)
    LIMIT %(most)s
)
"""


def since(snapshot: str) -> str:
    """Write a snapshot of this moment as a page keeps it."""
    return f"{snapshot}@{int(time.time())}"


def read(tenant: Tenant, pipeline: UUID, written: str) -> News:
    """Give what changed in a pipeline since; all of it, where that can't be told any more."""
    snapshot = _snapshot(written)
    if snapshot is None:
        with connection.cursor() as cursor:
            cursor.execute(NOW)
            (now,) = cursor.fetchone() or ("",)
        return News(since(now), [], is_all=True)
    given: dict[str, Any] = {"tenant": tenant.pk, "pipeline": pipeline, "snapshot": snapshot}
    given |= {"oldest": int(snapshot.split(":")[0]), "most": MOST + 1}
    with connection.cursor() as cursor:
        cursor.execute(READ, given)
        now, leads = cursor.fetchone() or ("", [])
    if None in leads or len(leads) > MOST:
        return News(since(now), [], is_all=True)
    return News(since(now), leads)


def _snapshot(written: str) -> str | None:
    """Give the snapshot that was written; None for one of long ago and for nonsense."""
    found = SINCE.fullmatch(written) if len(written) < LONGEST_SINCE else None
    if found is None:
        return None
    oldest, next_one, at = int(found[1]), int(found[2]), int(found[4])
    running = [int(each) for each in found[3].split(",") if each]
    is_sound = running == sorted(set(running)) and 0 < oldest <= next_one
    is_sound = is_sound and all(oldest <= each < next_one for each in running)
    if not is_sound or not 0 <= time.time() - at + 60 < LONGEST_SLEEP:
        return None
    return f"{oldest}:{next_one}:{','.join(map(str, running))}"


def forget_old() -> int:
    """Throw away what no page that is awake asks for; give how much that was."""
    gone, _ = Touched.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return gone
