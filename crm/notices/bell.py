"""The bell on every page: how many notices are unread, and which of them are news."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zlib import crc32

from django.utils import timezone

from crm.notices.models import Notice
from crm.tenants.models import Membership

# A badge counts no further.
MOST = 99
# Who comes back after longer is not told of each thing that has happened meanwhile.
NEWS = timedelta(minutes=10)
MOST_ALOUD = 3


@dataclass(frozen=True)
class Bell:
    """`state` is another one whenever other notices are unread; `news` are the latest of them."""

    count: int = 0
    state: str = "0"
    news: tuple[UUID, ...] = ()

    @property
    def label(self) -> str:
        return f"{MOST}+" if self.count > MOST else str(self.count)


SILENT = Bell()


def read(membership: Membership) -> Bell:
    """Look at a member's unread notices, in one query that stops where the badge does."""
    unread = Notice.of(membership.tenant).filter(user=membership.user_id, read_at=None)
    found = list(unread.order_by("-id").values_list("pk", "at")[: MOST + 1])
    since = timezone.now() - NEWS
    return Bell(
        count=len(found),
        state=f"{crc32(b''.join(pk.bytes for pk, _ in found)):x}",
        news=tuple(pk for pk, at in found if at > since)[:MOST_ALOUD],
    )


def news(membership: Membership, bell: Bell) -> list[Notice]:
    """Give the news in the order in which it happened, for an open page to say what it has not."""
    return list(Notice.of(membership.tenant).filter(pk__in=bell.news).order_by("id"))
