"""“What would change if …”: read from an address, told in words, and never done."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crm import ids
from crm.sharing.given import Share
from crm.tenants import handovers, roles
from crm.tenants.handovers import Question as Asked
from crm.tenants.leaving_form import FREE
from crm.tenants.models import Membership, Reach, Role, Team
from crm.tenants.people import normal
from crm.tenants.permissions import may
from crm.tenants.supposing import Supposition
from crm.why.company import OWNED, Company
from crm.why.reasons import PLURAL

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
    """Suppose that a member is removed, as the dialog asks it; shares with them end."""
    member = _member(company, asked)
    if roles.is_last_owner(member):
        raise NotUnderstood(roles.ONLY_OWNER)
    theirs = company.belongings(member)
    takers = {
        question: _taker(company, asked, member, question)
        for question in OWNED
        if theirs.asks(question)
    }
    heirs = {question: taker.user_id if taker else None for question, taker in takers.items()}
    says = f"{member.user} were removed{_says(takers)}"
    return Question(Supposition(left={member.user_id: heirs}), says)


def _taker(
    company: Company, asked: Mapping[str, Any], member: Membership, question: Asked
) -> Membership | None:
    """Read who takes over: a person's id, or an e-mail address where it was written."""
    given = str(asked.get(question, "")).strip()
    if question in handovers.MAY_BE_NOBODY and given in ("", FREE):
        return None
    ident = ids.read(given)
    which = {"user": ident} if ident else {"user__email": normal(given)}
    taker = company.first(**which) if given else None
    if taker is None or taker.pk == member.pk or not taker.user.is_active:
        raise NotUnderstood(f"Choose a colleague who would take over the {question}.")
    if not may(taker, handovers.MAY_TAKE[question]):
        raise NotUnderstood(f"{taker.user} may not {handovers.MAY_TAKE[question]}. Choose another.")
    return taker


def _says(takers: dict[Asked, Membership | None]) -> str:
    """Say who took over what; what goes to the same person in one breath."""
    by_taker: dict[str, list[str]] = {}
    for question, taker in takers.items():
        by_taker.setdefault(f"{taker.user} took over" if taker else "nobody got", []).append(
            question
        )
    return "".join(f", and {who} their {' and '.join(what)}" for who, what in by_taker.items())


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


def find_among(shares: Iterable[tuple[str, Share]]) -> FindShare:
    """Look for a share among these alone."""
    by_key = {share.key: (name, share) for name, share in shares}
    return by_key.get


def _member(company: Company, asked: Mapping[str, Any]) -> Membership:
    wanted = ids.read(str(asked.get("member", "")))
    member = company.first(pk=wanted) if wanted else None
    if member is not None:
        return member
    raise NotUnderstood("This person is no member any more. Choose somebody from the list.")


def _called(company: Company, asked: Mapping[str, Any]) -> Team:
    """Read a team: its id, or its name where that was written."""
    given = str(asked.get("to", "")).strip()
    ident = ids.read(given)
    for team in company.teams.values():
        if team.pk == ident or team.name.casefold() == given.casefold():
            return team
    if ident or not given:
        raise NotUnderstood("This team is not there any more. Choose one from the list.")
    raise NotUnderstood(f"There is no team called “{given[:80]}”. Choose one from the list.")


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
