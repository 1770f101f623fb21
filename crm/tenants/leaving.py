"""Leaving a company: whatever was somebody's there goes to others first."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from crm.ledger import audit
from crm.tenants import handovers, members, roles
from crm.tenants.handovers import MAY_BE_NOBODY, Belongings, Question, Takers
from crm.tenants.models import Membership, Team, Tenant, User
from crm.tenants.permissions import Permission, may
from crm.upward import named


class Gone(Exception):
    """They have left already."""


class NobodyTakes(Exception):
    """Something needs somebody to take it over; `question` says what."""

    def __init__(self, question: Question) -> None:
        super().__init__(f"Say who takes over the {question}.")
        self.question = question


@dataclass(frozen=True)
class Left:
    """Who has left, and what was theirs."""

    name: str
    belongings: Belongings


@transaction.atomic
def leave(ident: UUID, *, takers: Takers, by: Membership) -> Left:
    """Remove the member, or let them go; raises Gone, roles.Refused, NobodyTakes.

    All or nothing: of two who remove the same person the second finds them gone.
    """
    tenant = by.tenant
    row = members.hold(tenant, ident)
    if row is None:
        raise Gone
    check(row, by)
    person = row.user
    belongings = handovers.count(tenant, person)
    _check_takers(tenant, person, belongings, takers)
    for each, _ in belongings.there:
        each.hand_over(tenant, person, takers.of(each.question), by.user)
    if row.team is not None:
        person.groups.remove(row.team.group_id)
    before = {"role": row.role, "team": row.team.name if row.team else None}
    after: dict[str, object] = {each.label: number for each, number in belongings.there}
    after |= {f"{question} to": str(taker) for question, taker in takers.by_question.items()}
    verb = "left" if row.user_id == by.user.pk else "removed"
    audit.write(row, verb, by=by.user, before=before, after=after)
    for tell in named("MEMBER_REMOVED"):
        tell(row, by=by.user)
    row.delete()
    return Left(str(person), belongings)


def check(row: Membership, by: Membership) -> None:
    """Refuse who may not remove this member; anybody may go, but not the only owner."""
    if row.user_id != by.user.pk:
        if not may(by, Permission.ADMINISTER):
            raise roles.Refused("Ask an owner or manager to remove somebody.")
        roles.check_owner(row, by)
    roles.check_last(row)


def _check_takers(tenant: Tenant, person: User, belongings: Belongings, takers: Takers) -> None:
    """Have somebody who is here, and may work with it, for all that needs one."""
    for question in Question:
        taker = takers.of(question)
        if not belongings.asks(question):
            continue
        if taker is None and question not in MAY_BE_NOBODY:
            raise NobodyTakes(question)
        if taker is not None and taker not in handovers.candidates(tenant, person, question):
            raise NobodyTakes(question)


def count_teams_led(tenant: Tenant, person: User) -> int:
    """Count the teams that the person leads."""
    return Team.of(tenant).filter(lead=person).count()


def give_up_teams(tenant: Tenant, person: User, to: User | None, by: User) -> None:
    """Leave the teams that the person led without a lead."""
    led = list(Team.of(tenant).filter(lead=person))
    Team.of(tenant).filter(lead=person).update(lead=None)
    for team in led:
        audit.write(team, "changed", by=by, before={"lead": str(person)}, after={"lead": None})


TEAMS = handovers.Handover(
    label="teams led",
    count=count_teams_led,
    hand_over=give_up_teams,
    becomes="left without a lead until somebody is given one",
)
