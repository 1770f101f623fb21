"""What was shared with a member or their team, to be listed and taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Value

from crm.sharing import given, shares
from crm.sharing.given import Share
from crm.tenants.models import Membership, Team, User
from crm.why import kinds
from crm.why.kinds import Kind

PAGE = 20


@dataclass(frozen=True)
class Held:
    """A share with what it lets its holder see."""

    share: Share
    kind: Kind
    row: Any
    holder: User | Team

    @property
    def title(self) -> str:
        return str(self.row)

    @property
    def whom(self) -> str:
        return f"the team {self.holder}" if self.share.team else str(self.holder)

    @property
    def key(self) -> str:
        return f"{self.share.table}:{self.share.number}"


def page(member: Membership, number: str) -> tuple[Page, list[Held]]:
    """Give a page of them, the latest first."""
    of = {
        rows.model._meta.label_lower: (kind, rows)
        for kind in kinds.every()
        for rows in given.held_by(member, kind.model)
    }
    first, *rest = (
        rows.order_by().annotate(table=Value(table)).values_list("table", "pk", "at")
        for table, (_, rows) in of.items()
    )
    shown = Paginator(first.union(*rest, all=True).order_by("-at", "-pk"), PAGE).get_page(number)
    wanted: dict[str, list[int]] = {}
    for table, pk, _ in shown.object_list:
        wanted.setdefault(table, []).append(pk)
    found = [
        (share, of[table][0])
        for table, ids in wanted.items()
        for share in given.read(of[table][1].filter(pk__in=ids))
    ]
    held = list(_with_rows(member, found))
    return shown, sorted(held, key=lambda each: (each.share.at, each.share.number), reverse=True)


def find(member: Membership, key: str) -> Held | None:
    """Look for a share of the member's or of their team's."""
    table, _, number = key.rpartition(":")
    if not number.isdecimal() or len(number) > 18:
        return None
    for kind in kinds.every():
        for rows in given.held_by(member, kind.model):
            if rows.model._meta.label_lower == table:
                found = given.read(rows.filter(pk=int(number)))
                return next(_with_rows(member, [(share, kind) for share in found]), None)
    return None


def take_back(held: Held, *, by: Membership) -> bool:
    """End the share; say whether it was still there."""
    return shares.revoke(held.row, with_=held.holder, by=by)


def _with_rows(member: Membership, held: list[tuple[Share, Kind]]) -> Iterator[Held]:
    for kind in kinds.every():
        ids = [share.of for share, of in held if of is kind]
        if not ids:
            continue
        rows = kind.model.of(member.tenant).filter(pk__in=ids)
        by_id = {row.pk: row for row in rows.select_related(*kind.related)}
        for share, of in held:
            if of is kind and share.of in by_id:
                holder = member.team if share.team and member.team else member.user
                yield Held(share, kind, by_id[share.of], holder)
