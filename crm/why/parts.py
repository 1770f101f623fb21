"""All that a member sees, parted by its reasons."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.sharing import given
from crm.tenants import scope
from crm.tenants.models import Membership, Reach
from crm.tenants.scope import Tie
from crm.why import doors, reasons
from crm.why.company import Company
from crm.why.kinds import Part
from crm.why.reasons import Reason, Words

_TIED = "why.tied"


def by_reach(viewer: Membership, words: Words, rows: QuerySet[Any]) -> list[Part]:
    """Everything, by role or by the company's setting."""
    return [Part(reason, rows) for reason in reasons.by_reach(viewer, words)]


def by_tie(
    company: Company, viewer: Membership, words: Words, rows: QuerySet[Any], whose: str
) -> list[Part]:
    """What the member has, what the members of the teams that they lead have, and their team."""
    led = [team for team in company.teams.values() if team.lead_id == viewer.user_id]
    has = _tied(viewer, [team.pk for team in led])
    said = {
        Tie.SELF: Reason(f"{viewer.user} {words.has} them."),
        Tie.LEADS: Reason(
            f"{viewer.user} leads {_names(led)}, and somebody there {words.has} them.",
            tuple(doors.team(team) for team in led[:5]),
        ),
        Tie.TEAM: Reason(
            f"Somebody else in {viewer.team} {words.has} them, and {reasons.role(viewer)} see "
            f"what their team {words.has}.",
            (*([doors.team(viewer.team)] if viewer.team else []), doors.company()),
        ),
    }
    return [
        Part(said[tie], rows.filter(Q(**{f"{whose}__in": has[tie]}))) for tie in Tie if has[tie]
    ]


def _tied(viewer: Membership, led: list[UUID]) -> dict[Tie, set[UUID]]:
    """Give who is tied to the member, and how; asked once, whatever the rows are."""
    if _TIED not in viewer.memory:
        teams = [*led, viewer.team_id] if scope.reach(viewer) == Reach.TEAM else led
        rows = Membership.of(viewer.tenant).filter(team__in=[each for each in teams if each])
        there = list(rows.exclude(user=viewer.user_id).values_list("user_id", "team_id"))
        is_of_team = scope.reach(viewer) == Reach.TEAM
        viewer.memory[_TIED] = {
            Tie.SELF: {viewer.user_id},
            Tie.LEADS: {person for person, team in there if team in led},
            Tie.TEAM: {person for person, team in there if is_of_team and team == viewer.team_id},
        }
    found: dict[Tie, set[UUID]] = viewer.memory[_TIED]
    return found


def unowned(viewer: Membership, words: Words, rows: QuerySet[Any], whose: str) -> list[Part]:
    """What nobody owns."""
    if scope.reach(viewer) == Reach.ALL or not viewer.tenant.shows_unowned:
        return []
    said = f"Nobody {words.has} them, and {reasons.role(viewer)} see those."
    return [Part(Reason(said, (doors.company(),)), rows.filter(**{whose: None}))]


def by_share(viewer: Membership, words: Words, rows: QuerySet[Any]) -> list[Part]:
    """What was shared with the member, and with their team."""
    direct, through = given.held_by(viewer, rows.model)
    said = {f"Shared with {viewer.user}.": direct, f"Shared with the team {viewer.team}.": through}
    return [
        Part(
            Reason(words_, (doors.shares(viewer),)),
            rows.filter(pk__in=shares.values("content_object_id")),
        )
        for words_, shares in said.items()
    ]


def _names(teams: list[Any]) -> str:
    names = [str(team) for team in teams[:5]]
    more = f" and {len(teams) - 5} more teams" if len(teams) > 5 else ""
    return ", ".join(names) + more
