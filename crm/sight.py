"""What can be seen by some and not by others, named by the floors that keep it.

The setting SIGHT names a `Kind` for each: leads, campaigns, saved views.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from crm.tenants import scope
from crm.tenants.models import Membership, Tenant, TenantModel, User
from crm.upward import named


@dataclass(frozen=True)
class Kind:
    """`seen` gives the rows that a member sees; `noun` is what people call one of them.

    What `is_private` no role opens: somebody to whom everything is open sees their own alone.
    `keeper` is the field of who owns or made the row.
    """

    model: type[TenantModel]
    seen: Callable[[Membership], QuerySet[Any]]
    noun: str
    is_private: bool = False
    keeper: str = "owner"

    @property
    def key(self) -> str:
        """Name the kind in a row that tells of one."""
        return str(self.model._meta.label_lower)


def kinds() -> tuple[Kind, ...]:
    """Give all kinds."""
    return named("SIGHT")


def kind_of(row: Model) -> Kind:
    """Give the kind of this row."""
    return next(kind for kind in kinds() if isinstance(row, kind.model))


def sees(membership: Membership, row: Model) -> bool:
    """Say whether the member sees this row."""
    return bool(kind_of(row).seen(membership).filter(pk=row.pk).exists())


def forget(membership: Membership) -> None:
    """Ask anew what the member sees, who has just lost or gained a share in this request."""
    membership.memory.pop("sight", None)


def unseen(membership: Membership, told: Iterable[tuple[str, UUID | None]]) -> set[UUID]:
    """Keep the ids, each with the key of its kind, that the member does not see (any more).

    To whom everything is open nothing but the private was ever hidden, and nothing else is asked.
    """
    is_open = scope.of(membership).everything
    asked: dict[str, set[UUID]] = {}
    for key, ident in told:
        if ident is not None:
            asked.setdefault(key, set()).add(ident)
    hidden: set[UUID] = set()
    for kind in kinds():
        if kind.key in asked and (kind.is_private or not is_open):
            ids = asked[kind.key]
            hidden |= ids - _among(ids, kind, membership)
    return hidden


def all_seen(membership: Membership, rows: Sequence[Model]) -> bool:
    """Say whether the member sees all of these rows of one kind, in one query."""
    ids = {row.pk for row in rows}
    return not ids or ids == _among(ids, kind_of(rows[0]), membership)


def _among(ids: set[UUID], kind: Kind, membership: Membership) -> set[UUID]:
    return set(kind.seen(membership).filter(pk__in=ids).values_list("pk", flat=True))


def who_sees(people: Iterable[User], row: Model, *, tenant: Tenant) -> list[User]:
    """Keep those members who see this row, in their order."""
    people = list(people)
    rows = Membership.of(tenant).filter(user__in=people, user__is_active=True)
    seeing = {
        membership.user_id
        for membership in rows.select_related("tenant", "user", "team")
        if sees(membership, row)
    }
    return [person for person in people if person.pk in seeing]
