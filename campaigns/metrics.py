"""Figures of the campaigns for machines that watch."""

from collections.abc import Iterator

from django.db.models import Count

from campaigns.models import Run
from crm.metrics.families import Family


def read() -> Iterator[Family]:
    """Count the installation's runs by how they stand."""
    counted = Run.across_tenants.order_by().values_list("state").annotate(Count("pk"))
    found = dict(counted)
    yield Family(
        "campaign_runs",
        "Runs of campaigns, by how they stand.",
        ("state",),
        [((state,), found.get(state, 0)) for state in Run.State.values],
    )
