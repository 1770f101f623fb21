"""What there is to choose from, as a list to pick from; a longer one is written into."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crm.tenants.handovers import MAY_BE_NOBODY, MAY_TAKE, Question
from crm.tenants.leaving_form import FREE, NOBODY
from crm.tenants.models import Membership
from crm.tenants.permissions import roles_that
from crm.why.company import Company

MOST = 200


@dataclass(frozen=True)
class Offer:
    """Pairs of a value and its name; of more than `MOST` these are the first."""

    choices: list[tuple[str, str]]
    is_cut: bool = False


def people(company: Company) -> Offer:
    """Offer the members, to ask of one of them."""
    rows = list(company.rows()[: MOST + 1])
    return _offer(rows, [str(row.pk) for row in rows])


def takers(company: Company, leaver: Membership, question: Question) -> Offer:
    """Offer who could take over, and nobody where that will do, as the dialog of leaving does."""
    able = roles_that(MAY_TAKE[question])
    rows = company.rows().filter(role__in=able, user__is_active=True).exclude(pk=leaver.pk)
    found = list(rows[: MOST + 1])
    offer = _offer(found, [str(row.user_id) for row in found])
    if question not in MAY_BE_NOBODY:
        return offer
    return Offer([(FREE, NOBODY), *offer.choices], offer.is_cut)


def teams(company: Company) -> Offer:
    """Offer the teams."""
    rows = sorted(company.teams.values(), key=lambda team: (str(team).casefold(), team.pk))
    return Offer([(str(team.pk), str(team)) for team in rows[:MOST]], len(rows) > MOST)


def _offer(rows: list[Membership], values: Iterable[str]) -> Offer:
    names = Counter(str(row.user) for row in rows)
    labels = [
        f"{row.user} ({row.user.email})" if names[str(row.user)] > 1 else str(row.user)
        for row in rows
    ]
    return Offer(list(zip(values, labels, strict=True))[:MOST], len(rows) > MOST)
