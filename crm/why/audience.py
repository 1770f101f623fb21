"""Everybody's sight of one row: who sees it and why, who doesn't, and what would change that."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from crm.tenants.models import Membership
from crm.why.company import Company
from crm.why.forecast import Question
from crm.why.kinds import Case
from crm.why.reasons import Reason

PAGE = 50
NAMED = 20
WOULD_BE_GONE = "They would belong to the company no longer."


@dataclass(frozen=True)
class Line:
    """A member with the reasons why they see it, or the nearest why they don't."""

    member: Membership
    reasons: list[Reason]
    why_not: str

    @property
    def sees(self) -> bool:
        return bool(self.reasons)


@dataclass(frozen=True)
class Audience:
    seeing: list[Membership]
    others: list[Membership]

    @property
    def total(self) -> int:
        return len(self.seeing) + len(self.others)


@dataclass(frozen=True)
class Changed:
    """Who would lose or gain sight; of each the first few, with why (not)."""

    losing: list[Line]
    gaining: list[Line]
    losers: int
    gainers: int


def read(company: Company, case: Case) -> Audience:
    """Part the members, each half in the order of their names."""
    seeing: list[Membership] = []
    others: list[Membership] = []
    for member in _in_order(company):
        (seeing if sees(company, case, member) else others).append(member)
    return Audience(seeing, others)


def sees(company: Company, case: Case, member: Membership) -> bool:
    """Say whether there is a reason."""
    return next(iter(case.reasons(company, member)), None) is not None


def line(company: Company, case: Case, member: Membership) -> Line:
    """Give the member's reasons."""
    reasons = list(case.reasons(company, member))
    return Line(member, reasons, "" if reasons else case.why_not(company, member))


def page(
    audience: Audience, company: Company, case: Case, *, text: str, number: str
) -> tuple[Page, list[Line]]:
    """Give a page of those whose name or e-mail holds the text; those who see it first."""
    wanted = text.casefold().split()
    members = [each for each in audience.seeing + audience.others if _is_meant(each, wanted)]
    found = Paginator(members, PAGE).get_page(number)
    return found, [line(company, case, member) for member in found.object_list]


def changed(company: Company, case: Case, question: Question) -> Changed:
    """Compare the company as it is with the company as it would be."""
    other = company.supposing(question.what)
    losing, gaining = [], []
    for member in _in_order(company):
        before = sees(company, case, member)
        would = other.member_again(member)
        after = would is not None and sees(other, case, would)
        if before and not after:
            losing.append(member)
        elif after and not before:
            gaining.append(member)
    return Changed(
        list(_lines(other, case, losing)),
        list(_lines(other, case, gaining)),
        len(losing),
        len(gaining),
    )


def _lines(company: Company, case: Case, members: list[Membership]) -> Iterator[Line]:
    for member in members[:NAMED]:
        would = company.member_again(member)
        yield Line(member, [], WOULD_BE_GONE) if would is None else line(company, case, would)


def _in_order(company: Company) -> list[Membership]:
    return sorted(company.members.values(), key=lambda each: (str(each.user).casefold(), each.pk))


def _is_meant(member: Membership, wanted: list[str]) -> bool:
    said = f"{member.user.name} {member.user.email}".casefold()
    return all(word in said for word in wanted)
