"""What becomes of somebody's things when they leave a company.

Each floor names what it keeps for a person in the setting HANDOVERS.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum

from crm.tenants import members
from crm.tenants.models import Tenant, User
from crm.tenants.permissions import Permission
from crm.upward import named


class Question(StrEnum):
    """What whoever removes somebody is asked; things of one question go to the same person."""

    LEADS = "leads"
    CAMPAIGNS = "campaigns"
    VIEWS = "views"


# Who can take over is who may work with it; leads may also go back to nobody.
MAY_TAKE = {
    Question.LEADS: Permission.WORK_LEADS,
    Question.CAMPAIGNS: Permission.RUN_CAMPAIGNS,
    Question.VIEWS: Permission.SHARE,
}
MAY_BE_NOBODY = {Question.LEADS}


@dataclass(frozen=True)
class Handover:
    """`label` follows a number; `becomes` says what happens where nobody is asked.

    `hand_over` gets whoever takes over what belongs to the question, or None, and who does it.
    """

    label: str
    count: Callable[[Tenant, User], int]
    hand_over: Callable[[Tenant, User, User | None, User], None]
    question: Question | None = None
    becomes: str = ""

    def called(self, number: int) -> str:
        """Say what there is so many of: 2 teams led, 1 team led."""
        return re.sub(r"s\b", "", self.label, count=1) if number == 1 else self.label


@dataclass(frozen=True)
class Belongings:
    """How much of each kind is somebody's."""

    counts: tuple[tuple[Handover, int], ...]

    @property
    def there(self) -> list[tuple[Handover, int]]:
        return [(each, number) for each, number in self.counts if number]

    def asks(self, question: Question) -> bool:
        """Say whether there is anything that this question is about."""
        return any(each.question == question and not each.becomes for each, _ in self.there)


@dataclass(frozen=True)
class Takers:
    """Who takes over, by question; None leaves it to nobody."""

    by_question: dict[Question, User | None] = field(default_factory=dict)

    def of(self, question: Question | None) -> User | None:
        return self.by_question.get(question) if question else None


def count(tenant: Tenant, person: User, about: Collection[Question] | None = None) -> Belongings:
    """Count what is the person's in this company, or only what these questions are about."""
    handovers: tuple[Handover, ...] = named("HANDOVERS")
    counted = [each for each in handovers if about is None or each.question in about]
    return Belongings(tuple((each, each.count(tenant, person)) for each in counted))


def candidates(tenant: Tenant, person: User, question: Question) -> list[User]:
    """Give who could take over from this person."""
    return list(members.able(tenant, MAY_TAKE[question]).exclude(pk=person.pk))
