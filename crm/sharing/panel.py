"""Who sees a row, and by what; and with whom it could be shared besides."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import F, Q, Value
from django.urls import reverse

from crm import sight
from crm.sharing.held import with_people, with_teams
from crm.sharing.shares import may_take_back
from crm.tenants.models import Membership, Reach, Role, Team
from crm.tenants.permissions import Permission, may, roles_that

PERSON, TEAM = "person", "team"
# Nobody scrolls through more; whoever is not among them is searched for.
MOST_OFFERED = 8
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Line:
    """Somebody who sees the row, or all of some role, and why."""

    who: str
    why: str


@dataclass(frozen=True)
class Share:
    """`ident` is what is posted to take it back, if the reader `may_end` it."""

    ident: str
    name: str
    is_team: bool
    by: str
    at: datetime
    may_end: bool


@dataclass(frozen=True)
class Reader:
    """A person or team with whom it is not shared yet; `hint` tells two of a name apart."""

    ident: str
    name: str
    hint: str
    is_team: bool


@dataclass(frozen=True)
class Panel:
    """`prefix` begins the names of its addresses; `has_more`: more fit the search than are offered.

    `is_open` once somebody is to be chosen.
    """

    row: Any
    prefix: str
    lines: list[Line]
    shares: list[Share]
    may_share: bool
    q: str = ""
    offered: list[Reader] = field(default_factory=list)
    has_more: bool = False
    is_open: bool = False

    @property
    def noun(self) -> str:
        """What people call the row."""
        return sight.kind_of(self.row).noun

    @property
    def back_url(self) -> str:
        """The row's own page."""
        return str(self.row.get_absolute_url())

    @property
    def url(self) -> str:
        """The panel on a page of its own."""
        return self._reverse("shares")

    @property
    def add_url(self) -> str:
        """Where a share is posted."""
        return self._reverse("share")

    @property
    def remove_url(self) -> str:
        """Where taking one back is posted."""
        return self._reverse("unshare")

    def _reverse(self, name: str) -> str:
        return reverse(f"{self.prefix}{name}", args=[self.row.pk])

    @property
    def is_everybodys(self) -> bool:
        """Whether a share would add nothing, as the company's settings are."""
        return any(line.who == EVERYBODY for line in self.lines)


EVERYBODY = "Everybody"
BY_SETTINGS = "by the company's settings"


def read(
    row: Any,
    prefix: str,
    *,
    membership: Membership,
    lines: Sequence[Line] = (),
    is_private: bool = False,
) -> Panel:
    """Give the panel of a row, in one query; `lines` are the row's own reasons.

    What `is_private` is seen by nobody for their role.
    """
    by_role = [] if is_private else _by_role(membership)
    return Panel(
        row=row,
        prefix=prefix,
        lines=[*by_role, *lines],
        shares=_shares(row, membership),
        may_share=may(membership, Permission.SHARE),
    )


def _by_role(membership: Membership) -> list[Line]:
    """Say who sees everything."""
    tenant = membership.tenant
    reaches = {Role.REP: tenant.rep_reach, Role.VIEWER: tenant.viewer_reach}
    open_to = [role for role, reach in reaches.items() if reach == Reach.ALL]
    if len(open_to) == len(reaches):
        return [Line(EVERYBODY, BY_SETTINGS)]
    leading = roles_that(Permission.SEE_EVERYTHING)
    names = " and ".join(f"{role.label.lower()}s" for role in leading)
    lines = [Line(names.capitalize(), "by their role")]
    return lines + [Line(f"{role.label}s", f"all, {BY_SETTINGS}") for role in open_to]


def _shares(row: Any, membership: Membership) -> list[Share]:
    model = type(row)
    people = with_people(model).objects.filter(content_object=row)
    teams = with_teams(model).objects.filter(content_object=row, group__team__tenant=row.tenant_id)
    found = _rows(people, PERSON, "user", "user__name", "user__email")
    through = _rows(teams, TEAM, "group__team", "group__team__name", "group__team__name")
    may_share = may(membership, Permission.SHARE)
    read = []
    for kind, ident, name, email, by, giver, giver_email, at in found.union(
        through, all=True
    ).order_by("at"):
        is_team = kind == TEAM
        holder = None if is_team else ident
        may_end = may_share and may_take_back(row, membership, giver=by, holder=holder)
        said = (name or email, is_team, giver or giver_email or "", at, may_end)
        read.append(Share(f"{kind}:{ident}", *said))
    return read


def _rows(shares: Any, kind: str, ident: str, name: str, email: str) -> Any:
    named = {"kind": Value(kind), "ident": F(ident), "reader": F(name), "address": F(email)}
    columns = (*named, "by", "by__name", "by__email", "at")
    return shares.annotate(**named).values_list(*columns)


def search(panel: Panel, q: str, membership: Membership) -> Panel:
    """Add those with whom it could be shared besides, whom the words of the search fit."""
    q = " ".join(q[:LONGEST_SEARCH].split())
    taken = [share.ident.partition(":")[2] for share in panel.shares]
    found = _readers(q, membership, taken)
    return replace(
        panel,
        q=q,
        offered=found[:MOST_OFFERED],
        has_more=len(found) > MOST_OFFERED,
        is_open=True,
    )


def _readers(q: str, membership: Membership, taken: Sequence[str]) -> list[Reader]:
    """Give one more than is offered, if there are so many."""
    tenant = membership.tenant
    teams = Team.of(tenant).exclude(pk__in=taken).order_by("name")
    people = Membership.of(tenant).filter(user__is_active=True)
    people = people.exclude(user__in=[*taken, membership.user_id])
    for word in q.split():
        teams = teams.filter(name__icontains=word)
        people = people.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word))
    most = MOST_OFFERED + 1
    found = [Reader(f"{TEAM}:{team.pk}", team.name, "Team", True) for team in teams[:most]]
    rows = people.select_related("user").order_by("user__name", "user__email")
    found += [
        Reader(f"{PERSON}:{row.user_id}", str(row.user), row.user.email, False)
        for row in rows[: most - len(found)]
    ]
    return found
