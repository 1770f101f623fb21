"""Teams: who sells together.

What is shared with a team is shared with its `group`, so the groups of a person mirror the teams
that they are in, whichever way they got there.
"""

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import F

from crm.ids import uuid7
from crm.ledger import audit
from crm.tenants.models import Membership, Role, Team, Tenant, User
from crm.upward import named


def hold(tenant: Tenant) -> None:
    """Let nobody else change who belongs to this company, or to which team, until we are done."""
    Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)


def stays(team: Team) -> bool:
    """Say whether the team is there, and have it stay until the transaction ends.

    To be asked before what is shared with it is locked.
    """
    with connection.cursor() as cursor:
        # As a foreign key would: whoever shares with it doesn't wait for others who do.
        cursor.execute("SELECT 1 FROM tenants_team WHERE id = %s FOR KEY SHARE", [team.pk])
        return cursor.fetchone() is not None


@transaction.atomic
def make(tenant: Tenant, name: str, *, lead: User | None = None, by: User) -> Team:
    """Make a team with nobody in it."""
    ident = uuid7()
    group = Group.objects.create(name=str(ident))
    team = Team.of(tenant).create(id=ident, tenant=tenant, name=name, lead=lead, group=group)
    audit.write(team, "created", by=by, after=_facts(team))
    return team


@transaction.atomic
def change(team: Team, *, name: str, lead: User | None, by: User) -> Team:
    """Give the team this name and lead."""
    hold(team.tenant)
    row = Team.of(team.tenant).select_related("lead").get(pk=team.pk)
    before = _facts(row)
    row.name, row.lead = name, lead
    after = _facts(row)
    if changed := [fact for fact in after if after[fact] != before[fact]]:
        row.save(update_fields=changed)
        audit.write(
            row,
            "changed",
            by=by,
            before={fact: before[fact] for fact in changed},
            after={fact: after[fact] for fact in changed},
        )
    return row


@transaction.atomic
def place(membership: Membership, team: Team | None, *, by: User, tells: bool = True) -> None:
    """Put the member into this team, and out of the one before; tell them unless not `tells`."""
    hold(membership.tenant)
    rows = Membership.of(membership.tenant).select_for_update(of=("self",))
    row = rows.select_related("user", "team", "tenant").filter(pk=membership.pk).first()
    if row is None or row.team == team:
        return
    before, row.team = row.team, team
    Membership.of(row.tenant).filter(pk=row.pk).update(team=team, version=F("version") + 1)
    mirror(row, before)
    told = {"before": {"team": _name(before)}, "after": {"team": _name(team)}}
    audit.write(row, "changed", by=by, **told)
    for tell in named("MEMBER_CHANGED") if tells else ():
        tell(row, was=Role(row.role), was_in=before, by=by)
    membership.team = team


@transaction.atomic
def staff(team: Team, ids: Collection[UUID], *, by: User, tells: bool = True) -> None:
    """Have just these members in the team."""
    hold(team.tenant)
    rows = Membership.of(team.tenant).select_related("user", "team", "tenant")
    for membership in rows.filter(team=team).exclude(pk__in=ids):
        place(membership, None, by=by, tells=tells)
    for membership in rows.filter(pk__in=ids).exclude(team=team):
        place(membership, team, by=by, tells=tells)


@transaction.atomic
def dissolve(team: Team, *, members_to: Team | None, shares_to: Team | None, by: User) -> None:
    """End the team; its members and what is shared with it go to other teams, or to none."""
    tenant = team.tenant
    hold(tenant)
    # Whoever shares with it just now has done so before its shares are counted.
    Team.of(tenant).select_for_update(of=("self",)).filter(pk=team.pk).first()
    for membership in Membership.of(tenant).filter(team=team).select_related("user", "tenant"):
        place(membership, members_to, by=by)
    for move in named("TEAM_SHARES"):
        move(team, shares_to, by)
    after = {"members": _name(members_to), "shares": _name(shares_to)}
    audit.write(team, "dissolved", by=by, before=_facts(team), after=after)
    group = team.group
    team.delete()
    group.delete()


def mirror(membership: Membership, before: Team | None) -> None:
    """Have the person in the group of the member's team, and out of that of the one before."""
    if before is not None:
        membership.user.groups.remove(before.group_id)
    if membership.team is not None:
        membership.user.groups.add(membership.team.group_id)


def _facts(team: Team) -> dict[str, str | None]:
    return {"name": team.name, "lead": str(team.lead) if team.lead else None}


def _name(team: Team | None) -> str | None:
    return None if team is None else team.name
