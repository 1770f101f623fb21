"""Where the leads stand that a figure counts: addresses of the list with its filters."""

from urllib.parse import urlencode

from django.urls import reverse

from crm.pipeline.models import Stage

# The names in addresses of what is asked most, as `filters` has them.
SHORT = {"stage": "stage", "tier": "tier", "owner": "owner", "origin": "campaign"}
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


def stage(standing: Stage, *conditions: tuple[str, ...]) -> str:
    """Give the list of those in the stage."""
    return leads(("stage", "is", str(standing.pk)), *conditions)
