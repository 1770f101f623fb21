"""Who sees a row, as a condition on members: what `reasons` says of one, asked of all at once."""

from django.db.models import Q

from crm.tenants.models import Reach
from crm.why.company import Company
from crm.why.reasons import Subject

NOBODY = Q(pk__in=[])


def by_reach(company: Company) -> Q:
    """Mean those who see all rows, whosever they are."""
    return company.plays(_reaching(company, Reach.ALL))


def by_tie(company: Company, subject: Subject) -> Q:
    """Mean those who see what this person owns or made, and what nobody owns."""
    person = company.what.heir(subject.person, subject.words.question)
    if person is None:
        shows = subject.unowned_shows and company.tenant.shows_unowned
        return ~NOBODY if shows else NOBODY
    other = company.member(person)
    if other is None:
        return NOBODY
    seeing = Q(user=other.user_id)
    if other.team is not None:
        seeing |= company.is_in([other.team.pk]) & company.plays(_reaching(company, Reach.TEAM))
        if other.team.lead_id:
            seeing |= Q(user=other.team.lead_id)
    return seeing


def by_share(company: Company, subject: Subject) -> Q:
    """Mean those with whom, or with whose team, it is shared."""
    shares = [each for each in subject.shares if each.key not in company.what.without]
    people = [each.person for each in shares if each.person]
    return Q(user__in=people) | company.is_in([each.team for each in shares if each.team])


def _reaching(company: Company, how_far: Reach) -> list[str]:
    return [role for role, reach in company.reaches.items() if reach == how_far]
