"""Companies that launch in the same moment; runs inside `manage.py`, on the product's database."""

import time

from django.db import transaction

from campaigns import criteria, kinds, launching, runs
from campaigns.models import Run
from crm.pipeline import models as pipeline
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant


def lay(slugs: list[str]) -> None:
    """Make companies that know nothing yet."""
    for slug in slugs:
        tenant = Tenant.objects.create(name=slug.title(), slug=slug)
        with acting_for(tenant):
            pipeline.lay(tenant)


def launch(kind: str, miles: int, wanted: list[tuple[str, list[str], int]]) -> float:
    """Start runs in one transaction: a company's slug, a postcode for each, and how many leads.

    All become visible together; gives that moment.
    """
    with transaction.atomic():
        for slug, postcodes, leads in wanted:
            tenant = Tenant.objects.get(slug=slug)
            with acting_for(tenant):
                for postcode in postcodes:
                    _start(tenant, kind, postcode, miles, leads)
    return time.time()


def _start(tenant: Tenant, kind: str, postcode: str, miles: int, leads: int) -> None:
    found = criteria.check(kinds.get(kind), postcode=postcode, miles=miles, max_results=leads)
    campaign, _ = launching.create(found, tenant=tenant, by=None)
    runs.start(campaign, Run.Mode.FIRST, by=None)
