"""What a person wants to hear, and by which way: the bell, e-mail, both or neither."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from crm.ledger import audit
from crm.notices.models import Kind, Preference
from crm.tenants.models import Membership, Tenant, User


@dataclass(frozen=True)
class Ways:
    """By which ways a person hears of one kind."""

    on_bell: bool = True
    by_email: bool = True

    def __str__(self) -> str:
        names = [name for name, on in (("bell", self.on_bell), ("e-mail", self.by_email)) if on]
        return " and ".join(names) or "not at all"


EVERY_WAY = Ways()
# Of what is of the moment nobody wants a letter unless they say so.
BY_DEFAULT = {Kind.BULK: Ways(by_email=False), Kind.RULE: Ways(by_email=False)}


def default(kind: Kind) -> Ways:
    """Give the ways of whoever has chosen none for this kind."""
    return BY_DEFAULT.get(kind, EVERY_WAY)


def of(membership: Membership) -> dict[Kind, Ways]:
    """Give a member's ways for every kind."""
    rows = Preference.of(membership.tenant).filter(user=membership.user_id)
    chosen = {row.kind: Ways(row.on_bell, row.by_email) for row in rows}
    return {kind: chosen.get(kind, default(kind)) for kind in Kind}


def of_all(people: Iterable[User], kind: Kind, *, tenant: Tenant) -> dict[UUID, Ways]:
    """Give the ways of those who have chosen any for this kind, by person, in one query."""
    rows = Preference.of(tenant).filter(user__in=people, kind=kind)
    return {row.user_id: Ways(row.on_bell, row.by_email) for row in rows}


def choose(membership: Membership, wanted: Mapping[Kind, Ways]) -> bool:
    """Keep what the member wants from now on; say whether that is anything new."""
    before = of(membership)
    changed = {kind: ways for kind, ways in wanted.items() if ways != before[kind]}
    for kind, ways in changed.items():
        Preference.of(membership.tenant).update_or_create(
            tenant=membership.tenant,
            user=membership.user,
            kind=kind,
            defaults={"on_bell": ways.on_bell, "by_email": ways.by_email},
        )
    if changed:
        audit.write(
            membership,
            "changed the notifications of",
            by=membership.user,
            before={kind.value: str(before[kind]) for kind in changed},
            after={kind.value: str(ways) for kind, ways in changed.items()},
        )
    return bool(changed)
