"""All that one member sees, by its reasons, and what would change that, for colleagues too."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from crm.look.formats import thousands
from crm.tenants import supposing
from crm.tenants.models import Membership
from crm.why import kinds
from crm.why.company import Company
from crm.why.forecast import Question
from crm.why.kinds import Kind
from crm.why.reasons import Reason

COUNTED_TO = 1000
SAMPLES = 5
COLLEAGUES = 8


@dataclass(frozen=True)
class Count:
    """How many rows, counted to a thousand, and the first few of them."""

    kind: Kind
    number: int
    samples: list[Any]

    def __str__(self) -> str:
        if self.number > COUNTED_TO:
            return f"more than {thousands(COUNTED_TO)} {self.kind.many}"
        return f"{thousands(self.number)} {self.kind.one if self.number == 1 else self.kind.many}"

    @property
    def rest(self) -> int:
        return min(self.number, COUNTED_TO) - len(self.samples)

    @property
    def is_more(self) -> bool:
        return self.number > COUNTED_TO


@dataclass(frozen=True)
class CountedPart:
    reason: Reason
    count: Count


@dataclass(frozen=True)
class Seen:
    """All rows of a kind that the member sees; a row may be there for several reasons."""

    kind: Kind
    total: Count
    parts: list[CountedPart]


@dataclass(frozen=True)
class Change:
    """What a member would lose and gain, of each kind."""

    member: Membership
    lost: list[Count]
    gained: list[Count]

    @property
    def is_none(self) -> bool:
        return not any(each.number for each in self.lost + self.gained)


def read(company: Company, member: Membership) -> list[Seen]:
    """Give what the member sees, of each kind."""
    return [
        Seen(
            kind,
            count(kind, kind.seen(member)),
            [
                CountedPart(part.reason, counted)
                for part in kind.parts(company, member)
                if (counted := count(kind, part.rows)).number
            ],
        )
        for kind in kinds.every()
    ]


def count(kind: Kind, rows: QuerySet[Any]) -> Count:
    """Count the rows no further than needed, in the order in which the database meets them."""
    found = list(rows.order_by().values_list("pk", flat=True)[: COUNTED_TO + 1])
    samples = rows.filter(pk__in=found[:SAMPLES]).select_related(*kind.related)
    shown = list(samples.order_by("pk")) if found else []
    return Count(kind, len(found), shown)


def change(member: Membership, question: Question) -> Change:
    """Compare what the member sees with what they would."""
    before, after = member, supposing.member(member, question.what)
    return Change(
        member,
        [count(kind, kind.parted(before, after)) for kind in kinds.every()],
        [count(kind, kind.parted(after, before)) for kind in kinds.every()],
    )


def colleagues(
    company: Company, member: Membership, question: Question, number: str
) -> tuple[Page, list[Change]]:
    """Give a page of the others whose sight the change touches, and what it does to each."""
    others = sorted(
        (each for each in touched(company, question) if each.pk != member.pk),
        key=lambda each: (str(each.user).casefold(), each.pk),
    )
    found = Paginator(others, COLLEAGUES).get_page(number)
    return found, [change(each, question) for each in found.object_list]


def touched(company: Company, question: Question) -> Iterator[Membership]:
    """Give the members whose scope or shares the change touches."""
    other = company.supposing(question.what)
    with_person, with_team = _holders(question)
    for person, member in company.members.items():
        would = other.member_again(member)
        if would is None or (
            company.scope_of(member) != other.scope_of(would)
            or member.team_id != would.team_id
            or person in with_person
            or member.team_id in with_team
        ):
            yield member


def _holders(question: Question) -> tuple[set[Any], set[Any]]:
    """Say who holds the shares that are taken back."""
    people, teams = set(), set()
    for share in question.shares:
        people.add(share.person)
        teams.add(share.team)
    return people - {None}, teams - {None}
