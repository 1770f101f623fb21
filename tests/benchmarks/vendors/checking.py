"""Checks claims as a run does; runs inside `manage.py`, on the product's database."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.cache import cache
from django.db import connections
from django.utils import timezone

from campaigns import kinds
from campaigns.asking.verdicts import TABLE
from campaigns.discovery.contract import Target
from campaigns.discovery.live import Seen
from campaigns.discovery.web import answer
from campaigns.verification.contract import Verdict
from campaigns.verification.verify import live
from crm.ai import pages
from crm.ai.answer import Told
from crm.outside.errors import Later
from crm.places.locate import place
from crm.tenants.models import Tenant
from tests.benchmarks.vendors import claims
from tests.benchmarks.vendors.claims import MILES, Claim


def check(reals: int, fakes: int, tenant: str) -> dict[str, Any]:
    """Check them side by side, as many at once as a worker does; give each verdict."""
    chosen = claims.real(reals)
    false = claims.fake()
    chosen += false[:: max(1, len(false) // fakes)] if fakes else []
    cache.clear()
    asking = Tenant.objects.get(slug=tenant)
    began = time.monotonic()
    with ThreadPoolExecutor(TABLE.threads, initializer=connections.close_all) as threads:
        told = list(threads.map(lambda claim: _check(claim, asking), chosen))
    return {"told": told, "seconds": time.monotonic() - began}


def _check(claim: Claim, tenant: Tenant) -> dict[str, Any]:
    read = {pages.normalised(url): url for url in claim.read}
    found = answer.read(Told(data={"organisations": [claim.row]}, pages=read))
    said: dict[str, Any] = {
        "ident": claim.ident,
        "is_real": claim.is_real,
        "kind": claim.kind,
        "what": claim.what,
        "name": claim.row["name"],
    }
    if not found:
        return said | {"checked": "unreadable", "reason": "", "ms": 0.0, "checks": []}
    target = Target(kinds.get(claim.kind), place(claim.postcode), MILES)
    verdict, seconds = _verdict(found[0], tenant, target)
    checks = [f"{each.name} {each.verdict}: {each.said} {each.url}" for each in verdict.checks]
    return said | {
        "checked": str(verdict.checked),
        "reason": verdict.reason,
        "ms": seconds * 1000,
        "checks": checks,
    }


def _verdict(seen: Seen, tenant: Tenant, target: Target) -> tuple[Verdict, float]:
    """Check it, as soon as whoever must be asked can be."""
    while True:
        began = time.monotonic()
        try:
            return live(seen, tenant=tenant, target=target), time.monotonic() - began
        except Later as later:
            time.sleep(max(0.0, (later.until - timezone.now()).total_seconds()))
