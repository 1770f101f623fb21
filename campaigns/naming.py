"""What a campaign is called: by its criteria, until somebody gives it a name of its own."""

import re
from itertools import chain, count

from django.db import connection

from campaigns.criteria import Criteria
from campaigns.models import Campaign
from crm.tenants.models import Tenant


def hold(tenant: Tenant) -> None:
    """Let nobody else of the company name or change a campaign until the transaction ends."""
    with connection.cursor() as cursor:
        key = f"campaigns of {tenant.pk}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def called(name: str, tenant: Tenant, *, besides: Campaign | None = None) -> Campaign | None:
    """Find another campaign of this name, in capitals or not."""
    others = Campaign.of(tenant).filter(name__iexact=name)
    return (others.exclude(pk=besides.pk) if besides else others).first()


def automatic(criteria: Criteria, tenant: Tenant, *, besides: Campaign | None = None) -> str:
    """Name a campaign by its criteria, told apart from every other in the lists."""
    name = criteria.name
    if called(name, tenant, besides=besides) is None:
        return name
    # The same circle with another maximum, or with another answer to what the kind asks.
    longer = _longer(criteria)
    names = chain([longer], (f"{longer} ({number})" for number in count(2)))
    return next(each for each in names if called(each, tenant, besides=besides) is None)


def is_automatic(name: str, criteria: Criteria) -> bool:
    """Say whether the name was made by `automatic`."""
    longer = re.escape(_longer(criteria))
    return name == criteria.name or re.fullmatch(rf"{longer}( \(\d+\))?", name) is not None


def _longer(criteria: Criteria) -> str:
    return f"{criteria.name}, up to {criteria.max_results}"
