"""Companies that can pay for what vendors charge; runs inside `manage.py`."""

import time
from typing import Any

from django.db import transaction

from campaigns import criteria, kinds, launching
from campaigns.discovery.sources import all_for
from crm.credits import credits
from crm.credits.models import Source
from crm.ids import uuid7
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User
from tests.benchmarks.killing import companies


def found(owners: dict[str, str], password: str, many: int) -> None:
    """Found companies, each with its owner and so many credits."""
    companies.found(owners, password)
    for tenant in Tenant.objects.filter(slug__in=owners):
        with acting_for(tenant):
            credits.grant(tenant, many, None, source=Source.INSTALLATION)


def launch(wanted: list[dict[str, Any]], most: int) -> float:
    """Start campaigns in one transaction; give the moment.

    Each says its company's slug and owner, a kind, a postcode, miles, how many leads, and which
    sources; none means all that the kind has.
    """
    with transaction.atomic():
        for each in wanted:
            tenant, by = (
                Tenant.objects.get(slug=each["company"]),
                User.objects.get(email=each["owner"]),
            )
            kind = kinds.get(each["kind"])
            asked = criteria.check(
                kind,
                postcode=each["postcode"],
                miles=each["miles"],
                max_results=each["leads"],
                sources=_sources(kind, each["sources"]),
                credits_most=most,
            )
            with acting_for(tenant):
                launching.launch(asked, tenant=tenant, by=by, token=uuid7())
    return time.time()


def _sources(kind: kinds.Kind, wanted: list[str]) -> list[str]:
    """Give those of them that the kind has, or all that it has."""
    every = [source.slug for source in all_for(kind)]
    return [slug for slug in every if slug in wanted] or every
