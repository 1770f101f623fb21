"""“What would change if …”: read from an address, told in words, and never done."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crm import ids
from crm.sharing.given import Share
from crm.tenants import roles
from crm.tenants.models import Membership, Reach, Role, Team
from crm.tenants.people import normal
from crm.tenants.permissions import Permission, may
from crm.tenants.supposing import Supposition
from crm.why.company import Company
from crm.why.reasons import PLURAL

MOST_TEAMS = 100
MOST_TAKERS = 100
REACHES = {Reach.OWN: "their own", Reach.TEAM: "their team’s", Reach.ALL: "all"}


class NotUnderstood(Exception):
    """The question can't be answered; the sentence says why."""


@dataclass(frozen=True)
class Question:
    """`says` completes “What would change if …”."""

    what: Supposition
    says: str
    shares: tuple[Share, ...] = ()


FindShare = Callable[[tuple[str, int]], tuple[str, Share] | None]


def read(company: Company, asked: Mapping[str, Any], find: FindShare) -> Question | None:
    """Read a question; None where none was asked; raises NotUnderstood."""
    topic = str(asked.get("if", ""))
    if not topic:
        return None
    if topic not in _TOPICS:
        raise NotUnderstood("Choose one of the changes that are offered below.")
    if topic == "share":
        return _share(company, asked, find)
    return _TOPICS[topic](company, asked)


def _reach(setting: str, role: Role) -> Callable[[Company, Mapping[str, Any]], Question]:
    def read_reach(company: Company, asked: Mapping[str, Any]) -> Question:
        to = str(asked.get("to", ""))
        if to not in Reach.values:
            raise NotUnderstood("Choose how far they would see: their own, their team’s, or all.")
        said = f"{PLURAL[role]} saw {REACHES[Reach(to)]}"
        return Question(Supposition(settings={setting: to}), said)

    return read_reach


def _unowned(company: Company, asked: Mapping[str, Any]) -> Question:
    shows = asked.get("to") == "yes"
    if not shows and asked.get("to") != "no":
        raise NotUnderstood("Choose whether leads that nobody owns would be seen.")
    saw = "saw" if shows else "did not see"
    said = f"reps and viewers {saw} leads that nobody owns"
    return Question(Supposition(settings={"shows_unowned": shows}), said)


def _role(company: Company, asked: Mapping[str, Any]) -> Question:
    member, to = _member(company, asked), str(asked.get("to", ""))
    if to not in Role.values:
        raise NotUnderstood("Choose a role: owner, manager, rep or viewer.")
    called = Role(to).label.lower()
    said = f"{member.user} were {'an' if to == Role.OWNER else 'a'} {called}"
    return Question(Supposition(roles={member.user_id: to}), said)


def _team(company: Company, asked: Mapping[str, Any]) -> Question:
    member = _member(company, asked)
    if not str(asked.get("to", "")).strip():
        what = Supposition(teams={member.user_id: None})
        return Question(what, f"{member.user} were in no team")
    team = _called(company, asked)
    what = Supposition(teams={member.user_id: team.pk})
    return Question(what, f"{member.user} were in {team}")


def _leave(company: Company, asked: Mapping[str, Any]) -> Question:
    """Suppose that one member takes over all that another has; shares with them end."""
    member, email = _member(company, asked), normal(str(asked.get("to", "")))
    taker = next((m for m in company.members.values() if m.user.email == email), None)
    if taker is None or taker is member:
        raise NotUnderstood("Write the e-mail address of the colleague who would take over.")
    if not (may(taker, Permission.WORK_LEADS) and may(taker, Permission.RUN_CAMPAIGNS)):
        raise NotUnderstood(f"{taker.user} may not work on leads and campaigns. Choose another.")
    if roles.is_last_owner(member):
        raise NotUnderstood(roles.ONLY_OWNER)
    what = Supposition(left={member.user_id: taker.user_id})
    return Question(
        what, f"{member.user} were removed, and {taker.user} took over their leads and campaigns"
    )


def _dissolve(company: Company, asked: Mapping[str, Any]) -> Question:
    team = _called(company, asked)
    what = Supposition(dissolved=frozenset({team.pk}))
    return Question(what, f"the team {team} were dissolved, and its people in no team")


def _share(company: Company, asked: Mapping[str, Any], find: FindShare) -> Question:
    table, _, number = str(asked.get("share", "")).rpartition(":")
    found = find((table, int(number))) if number.isdecimal() and len(number) < 19 else None
    if found is None:
        raise NotUnderstood("This share is not there any more. Choose one of those below.")
    name, share = found
    what = Supposition(without=frozenset({share.key}))
    return Question(what, f"{name} were no longer shared with {holder(company, share)}", (share,))


def holder(company: Company, share: Share) -> str:
    """Say with whom it is shared."""
    if share.team:
        return f"the team {company.teams.get(share.team, '')}".strip()
    member = company.member(share.person)
    return str(member.user) if member else "somebody who has left"


def teams(company: Company) -> list[str]:
    """Give the names to choose from, as many as a list can hold."""
    return sorted((str(team) for team in company.teams.values()), key=str.casefold)[:MOST_TEAMS]


def takers(company: Company) -> list[Membership]:
    """Give members to choose who takes over from, as many as a list can hold."""
    able = [each for each in company.members.values() if may(each, Permission.WORK_LEADS)]
    return sorted(able, key=lambda each: (str(each.user).casefold(), each.pk))[:MOST_TAKERS]


def find_among(shares: Iterable[tuple[str, Share]]) -> FindShare:
    """Look for a share among these alone."""
    by_key = {share.key: (name, share) for name, share in shares}
    return by_key.get


def _member(company: Company, asked: Mapping[str, Any]) -> Membership:
    wanted = ids.read(str(asked.get("member", "")))
    for member in company.members.values():
        if member.pk == wanted:
            return member
    raise NotUnderstood("This person is no member any more. Choose somebody from the list.")


def _called(company: Company, asked: Mapping[str, Any]) -> Team:
    name = str(asked.get("to", "")).strip()
    for team in company.teams.values():
        if team.name.casefold() == name.casefold():
            return team
    raise NotUnderstood(f"There is no team called “{name[:80]}”. Write a team’s name.")


_TOPICS: dict[str, Callable[..., Question]] = {
    "rep_reach": _reach("rep_reach", Role.REP),
    "viewer_reach": _reach("viewer_reach", Role.VIEWER),
    "shows_unowned": _unowned,
    "role": _role,
    "team": _team,
    "leave": _leave,
    "dissolve": _dissolve,
    "share": _share,
}
