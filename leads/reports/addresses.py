"""Where the leads stand that a figure counts: addresses of the list with its filters."""

from urllib.parse import urlencode

from django.urls import reverse

from crm.pipeline.models import Stage
from leads.reports.counting import LATELY

# The names in addresses of what is asked most, as `filters` has them.
SHORT = {"stage": "stage", "tier": "tier", "owner": "owner", "origin": "campaign"}
LATE = ("added", "last", str(LATELY))
# As many days before those.
BEFORE = (("added", "last", str(2 * LATELY)), ("added", "notfor", str(LATELY)))
CUSTOMERS, DECIDED = ("kind", "is", "customer"), ("kind", "is", "customer", "lost")
HOT = (("tier", "is", "hot"), ("contacted", "empty"), ("closed", "empty"))


def leads(*conditions: tuple[str, ...], sort: str = "") -> str:
    """Give the list of the leads of which all this is true, each as field, operator, values."""
    asked = []
    for name, operator, *values in conditions:
        if operator == "is" and name in SHORT:
            asked += [(SHORT[name], value) for value in values]
        else:
            asked.append(("where", ":".join([name, operator, *filter(None, [",".join(values)])])))
    if sort:
        asked.append(("sort", sort))
    return f"{reverse('leads:list')}?{urlencode(asked, safe=':,')}"


def hint(many: int) -> str:
    """Say how many leads are behind a figure that is no number of them."""
    return f"{many:,} lead{'s' if many != 1 else ''}"


def stage(standing: Stage, *conditions: tuple[str, ...], sort: str = "") -> str:
    """Give the list of those in the stage."""
    return leads(("stage", "is", str(standing.pk)), *conditions, sort=sort)
