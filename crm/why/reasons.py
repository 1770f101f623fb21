"""Why somebody sees a row, in words: the same rules as `crm.tenants.scope` and shares.

A row is owned (a lead) or was made (a campaign) by a person; beside that it may be shared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone
from django.utils.dateformat import format as date_format

from crm.sharing.given import Share
from crm.tenants import scope
from crm.tenants.handovers import Question
from crm.tenants.models import Membership, Reach, Role
from crm.tenants.permissions import Permission, may
from crm.tenants.scope import Tie
from crm.why import doors
from crm.why.company import Company
from crm.why.doors import Door

PLURAL = {
    Role.OWNER: "owners",
    Role.MANAGER: "managers",
    Role.REP: "reps",
    Role.VIEWER: "viewers",
}


@dataclass(frozen=True)
class Reason:
    """`doors` lead to where it can be changed."""

    words: str
    doors: tuple[Door, ...] = ()


@dataclass(frozen=True)
class Words:
    """How rows of this sort are spoken of: “leads”, “owns” and “the owner”.

    `question` is what whoever removes their owner is asked.
    """

    plural: str
    has: str
    holder: str
    question: Question


@dataclass(frozen=True)
class Subject:
    """A row whose reasons are asked: whose it is, with whom it is shared, and its door."""

    words: Words
    person: UUID | None
    shares: tuple[Share, ...]
    called: str = "it"
    unowned_shows: bool = False
    name_of_former: str = ""
    with_person: dict[UUID, list[Share]] = field(init=False)
    with_team: dict[UUID, list[Share]] = field(init=False)

    def __post_init__(self) -> None:
        by_person: dict[UUID, list[Share]] = {}
        by_team: dict[UUID, list[Share]] = {}
        for share in self.shares:
            if share.person:
                by_person.setdefault(share.person, []).append(share)
            if share.team:
                by_team.setdefault(share.team, []).append(share)
        object.__setattr__(self, "with_person", by_person)
        object.__setattr__(self, "with_team", by_team)


def role(viewer: Membership) -> str:
    """Give the role in the plural: “reps”."""
    return PLURAL[Role(viewer.role)]


def by_reach(viewer: Membership, words: Words) -> Iterator[Reason]:
    """Why the member sees all rows of this sort, whosever they are."""
    if scope.reach(viewer) != Reach.ALL:
        return
    if may(viewer, Permission.SEE_EVERYTHING):
        article = "an" if viewer.role == Role.OWNER else "a"
        called = viewer.get_role_display().lower()
        said = f"{viewer.user} is {article} {called}: {role(viewer)} see everything."
        yield Reason(said, (doors.member(viewer),))
    else:
        said = f"The company lets {role(viewer)} see all {words.plural}."
        yield Reason(said, (doors.company(), doors.member(viewer)))


def by_tie(company: Company, viewer: Membership, subject: Subject) -> Iterator[Reason]:
    """Why the member sees what this person owns or made, and what nobody owns."""
    words, it = subject.words, subject.called
    person = company.what.heir(subject.person, words.question)
    other = company.member(person)
    if person is None and subject.unowned_shows and viewer.tenant.shows_unowned:
        if scope.reach(viewer) != Reach.ALL:
            theirs = f"{role(viewer)} see {words.plural} that nobody {words.has}"
            said = f"Nobody {words.has} {it}, and {theirs}."
            yield Reason(said, (doors.company(),))
        return
    if other is None:
        return
    for tie in scope.ties(viewer, other):
        if tie == Tie.SELF:
            yield Reason(f"{viewer.user} {words.has} {it}.")
        elif tie == Tie.LEADS and other.team:
            said = (
                f"{viewer.user} leads {other.team}, and its member {other.user} {words.has} {it}."
            )
            yield Reason(said, (doors.team(other.team), doors.member(other)))
        elif other.team:
            said = (
                f"{viewer.user} and {words.holder} {other.user} are both in {other.team}, "
                f"and {role(viewer)} see what their team {words.has}."
            )
            links = doors.member(viewer), doors.member(other), doors.team(other.team)
            yield Reason(said, (*links, doors.company()))


def by_share(company: Company, viewer: Membership, subject: Subject) -> Iterator[Reason]:
    """Who let the member or their team see it, and when."""
    for share in _standing(company, subject.with_person.get(viewer.user_id, ())):
        said = f"Shared with {viewer.user} {_when(share)}."
        yield Reason(said, (doors.shares(viewer),))
    if viewer.team is None:
        return
    for share in _standing(company, subject.with_team.get(viewer.team.pk, ())):
        said = f"Shared with the team {viewer.team} {_when(share)}."
        yield Reason(said, (doors.shares(viewer), doors.team(viewer.team)))


def why_not(company: Company, viewer: Membership, subject: Subject) -> str:
    """Give the nearest reason why the member does not see it."""
    words = subject.words
    is_of_team = scope.reach(viewer) == Reach.TEAM
    if is_of_team and viewer.team is None:
        limit = f"{role(viewer).capitalize()} see their team’s, and {viewer.user} is in no team"
    else:
        limit = f"{role(viewer).capitalize()} see {'their team’s' if is_of_team else 'their own'}"
    person = company.what.heir(subject.person, words.question)
    if person is None:
        hidden = " and not those that nobody owns" if subject.unowned_shows else ""
        return f"{limit}{hidden}; nobody {words.has} this one, and it is not shared with them."
    other = company.member(person)
    if other is None:
        whose = f"this one is {subject.name_of_former or 'somebody'}’s, who has left"
    elif is_of_team and other.team:
        whose = f"this one is {other.user}’s, who is in {other.team}"
    elif is_of_team:
        whose = f"this one is {other.user}’s, who is in no team"
    else:
        whose = f"this one is {other.user}’s"
    return f"{limit}; {whose}."


def _standing(company: Company, shares: Iterable[Share]) -> Iterator[Share]:
    for share in shares:
        if share.key not in company.what.without:
            yield share


def _when(share: Share) -> str:
    day = date_format(timezone.localtime(share.at), "j M Y")
    return f"by {share.by} on {day}" if share.by else f"on {day}, by somebody who has left"
