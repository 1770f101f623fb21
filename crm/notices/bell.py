"""The bell on every page: how many notices are unread, and which of them are news."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zlib import crc32

from django.utils import timezone

from crm import sight
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
    """Look at a member's unread notices, in one query that stops where the badge does.

    Where some are about rows, another asks whether the member still sees those.
    """
    unread = Notice.of(membership.tenant).filter(user=membership.user_id, read_at=None)
    latest = list(unread.order_by("-id").only("at", "about", "about_id")[: MOST + 1])
    found = [(notice.pk, notice.at) for notice in shown(latest, membership)]
    since = timezone.now() - NEWS
    return Bell(
        count=len(found),
        state=f"{crc32(b''.join(pk.bytes for pk, _ in found)):x}",
        news=tuple(pk for pk, at in found if at > since)[:MOST_ALOUD],
    )


def shown(notices: Sequence[Notice], membership: Membership) -> list[Notice]:
    """Keep the notices that tell of nothing that the member does not see (any more)."""
    told = [(notice.about, notice.about_id) for notice in notices if notice.about_id]
    hidden = sight.unseen(membership, told) if told else set()
    return [notice for notice in notices if notice.about_id not in hidden]


def news(membership: Membership, bell: Bell) -> list[Notice]:
    """Give the news in the order in which it happened, for an open page to say what it has not."""
    return list(Notice.of(membership.tenant).filter(pk__in=bell.news).order_by("id"))
