"""Everybody's sight of one row: who sees it and why, who doesn't, and what would change that."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case as CaseOf
from django.db.models import Count, Q, QuerySet, Value, When

from crm.tenants.models import Membership
from crm.why.company import BY_NAME, Company
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
    """How many see it; `rows` are all members, those who do first, each with `does`."""

    seeing: int
    total: int
    rows: QuerySet[Membership]


@dataclass(frozen=True)
class Changed:
    """Who would lose or gain sight; of each the first few, with why (not)."""

    losing: list[Line]
    gaining: list[Line]
    losers: int
    gainers: int


def read(company: Company, case: Case) -> Audience:
    """Part the members, each half in the order of their names."""
    rows = company.rows().annotate(does=_whether(case.seeing(company)))
    counted = rows.aggregate(total=Count("pk"), seeing=Count("pk", filter=Q(does=True)))
    return Audience(counted["seeing"], counted["total"], rows.order_by("-does", *BY_NAME))


def line(company: Company, case: Case, member: Membership) -> Line:
    """Give the member's reasons."""
    reasons = list(case.reasons(company, member))
    return Line(member, reasons, "" if reasons else case.why_not(company, member))


def page(
    audience: Audience, company: Company, case: Case, *, text: str, number: str
) -> tuple[Page, list[Line]]:
    """Give a page of those whose name or e-mail holds the text; those who see it first."""
    rows = audience.rows
    for word in text.replace("\0", "").split():
        rows = rows.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word))
    paginator = Paginator(rows, PAGE)
    if rows is audience.rows:
        # Known already.
        paginator.count = audience.total
    found = paginator.get_page(number)
    return found, [line(company, case, member) for member in company.meet(found.object_list)]


def changed(company: Company, case: Case, question: Question) -> Changed:
    """Compare the company as it is with the company as it would be."""
    other = company.supposing(question.what)
    rows = company.rows().annotate(
        does=_whether(case.seeing(company)),
        would=_whether(case.seeing(other) & other.stays()),
    )
    losing, gaining = Q(does=True, would=False), Q(does=False, would=True)
    counted = rows.aggregate(losers=Count("pk", filter=losing), gainers=Count("pk", filter=gaining))
    return Changed(
        list(_lines(company, other, case, rows.filter(losing))) if counted["losers"] else [],
        list(_lines(company, other, case, rows.filter(gaining))) if counted["gainers"] else [],
        **counted,
    )


def _whether(condition: Q) -> CaseOf:
    # Unlike the condition itself it is never unknown, and may be asked for in reverse.
    return CaseOf(When(condition, then=Value(True)), default=Value(False))


def _lines(
    company: Company, other: Company, case: Case, rows: QuerySet[Membership]
) -> Iterator[Line]:
    for member in company.meet(rows[:NAMED]):
        would = other.member_again(member)
        yield Line(member, [], WOULD_BE_GONE) if would is None else line(other, case, would)
