"""All that one member sees, by its reasons, and what would change that, for colleagues too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from crm.tenants import scope, supposing
from crm.tenants.models import Membership
from crm.why import counting, kinds
from crm.why.company import BY_NAME, Company
from crm.why.counting import COUNTED_TO, Asked, Count
from crm.why.forecast import Question
from crm.why.kinds import Listed
from crm.why.reasons import Reason

COLLEAGUES = 5
# Of what each colleague would lose or gain.
COLLEAGUES_COUNTED_TO = 1000


@dataclass(frozen=True)
class CountedPart:
    reason: Reason
    count: Count


@dataclass(frozen=True)
class Seen:
    """All rows of a kind that the member sees; a row may be there for several reasons."""

    kind: Listed
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
    parts = {kind.one: kind.parts(company, member) for kind in kinds.listed()}
    asked = [
        Asked(kind, rows)
        for kind in kinds.listed()
        for rows in (kind.seen(member), *(part.rows for part in parts[kind.one]))
    ]
    counts = iter(counting.count(asked, tenant=company.tenant))
    found = [
        Seen(
            kind,
            next(counts),
            [
                CountedPart(part.reason, counted)
                for part in parts[kind.one]
                if (counted := next(counts)).number
            ],
        )
        for kind in kinds.listed()
    ]
    # What is only listed is not missed where there is none of it.
    return [each for each in found if each.total.number or each.kind in kinds.every()]


def change(company: Company, question: Question, members: Sequence[Membership]) -> list[Change]:
    """Compare what each of these members sees with what they would; the first in full."""
    other = company.supposing(question.what)
    pairs = [(member, *_twins(company, other, member)) for member in members]
    for kind in kinds.every():
        kind.prepare([twin for _, *twins in pairs for twin in twins])
    asked = [
        Asked(kind, kind.parted(one, two), COLLEAGUES_COUNTED_TO if number else COUNTED_TO)
        for number, (_, before, after) in enumerate(pairs)
        for one, two in ((before, after), (after, before))
        for kind in kinds.every()
    ]
    counts = iter(counting.count(asked, tenant=company.tenant))
    return [
        Change(
            member,
            [next(counts) for _ in kinds.every()],
            [next(counts) for _ in kinds.every()],
        )
        for member, *_ in pairs
    ]


def colleagues(
    company: Company, member: Membership, question: Question, number: str
) -> tuple[Page[Any], list[Membership]]:
    """Give a page of the others whose sight the change touches."""
    ids = touched(company, question) - {member.user_id}
    listed: Any = _Listed(company, ids)
    found = Paginator(listed, COLLEAGUES).get_page(number)
    return found, company.meet(found.object_list)


def touched(company: Company, question: Question) -> set[UUID]:
    """Give the people whose scope or shares the change touches."""
    people = set(company.parted(company.supposing(question.what)))
    with_person = {share.person for share in question.shares}
    with_team = {share.team for share in question.shares} - {None}
    for person, _, team in company.places.values():
        if person in with_person or team in with_team:
            people.add(person)
    return people


@dataclass(frozen=True)
class _Listed:
    """These members in the order of their names, of whom a page's are asked for."""

    company: Company
    people: set[UUID]

    # A paginator asks before it slices.
    ordered = True

    def __len__(self) -> int:
        return len(self.people)

    def __getitem__(self, which: slice) -> Any:
        rows = self.company.rows().filter(user__id__any=list(self.people))
        return rows.order_by(*BY_NAME)[which] if self.people else []


def _twins(company: Company, other: Company, member: Membership) -> Iterator[Membership]:
    """Give the member as they are and as they would be, whose scope is known already."""
    for each in (company, other):
        twin = supposing.member(member, each.what, each.tenant)
        scope.remember(twin, *each.scopes_of(member.user_id))
        yield twin
