"""Leads of the simulated world, of which little is known; runs inside `manage.py`."""

import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from crm.credits import credits, prices
from crm.credits.models import Source
from crm.registers import trades
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User
from enrichment.kinds import KINDS
from leads.enriching import launching
from leads.identity.candidate import Candidate, OriginRef
from leads.intake import intake
from leads.models import EnrichmentRun, Organisation
from tests.benchmarks.killing import companies
from tests.benchmarks.vendors.claims import PLACES
from tests.simulators import world

MILES = 12
LOT = 100
# Of so many one is known without its website, and one without its company number.
WITHOUT_WEBSITE, WITHOUT_NUMBER = 10, 7


def found(company: str, owner: str, password: str, many: int) -> None:
    """Found a company with its owner and so many credits."""
    companies.found({company: owner}, password)
    tenant = Tenant.objects.get(slug=company)
    with acting_for(tenant):
        credits.grant(tenant, many, None, source=Source.INSTALLATION)


def admit(company: str, many: int, *, is_all_known: bool) -> int:
    """Admit so many by name, town and postcode, most with their website and company number.

    With `is_all_known` only such are taken that have both, and both are known of each.
    """
    tenant = Tenant.objects.get(slug=company)
    into, origin = intake.entrance(tenant), OriginRef(uuid4(), "Benchmark")
    one_by_one = _candidates(is_all_known)
    made = 0
    while made < many:
        lot = [each for _, each in zip(range(min(LOT, many - made)), one_by_one, strict=False)]
        if not lot:
            raise ValueError(f"There are only {made} such organisations.")
        with acting_for(tenant):
            outcomes = intake.admit_all(lot, into=into, origin=origin, by=None)
        made += sum(each.verdict == intake.CREATED for each in outcomes)
    return made


def launch(company: str, owner: str, kinds: list[str], most: int) -> dict[str, Any]:
    """Begin a run of all leads of a company, as whoever presses the button does.

    Without `kinds` it asks for all there are. Give it, when it `began`, and how many seconds it
    took to begin.
    """
    tenant, by = Tenant.objects.get(slug=company), User.objects.get(email=owner)
    pressed = time.time()
    with acting_for(tenant):
        rows = Organisation.of(tenant).order_by("pk").values_list("pk", flat=True)
        run = launching.launch(
            tenant,
            list(rows),
            kinds or list(KINDS),
            why=EnrichmentRun.Why.SELECTION,
            label="all leads",
            by=by,
            most=most,
        )
    began = time.time()
    return {"run": str(run.pk), "total": run.total, "began": began, "seconds": began - pressed}


def vendor_prices() -> dict[str, int]:
    """Give what vendors charge for one of what they count, in millionths of a pound."""
    of = {
        "hunter": "credit",
        "apollo": "credit",
        "zerobounce": "check",
        "google_places": "details",
        "twilio": "line_type",
    }
    return {service: prices.vendor(service, what) for service, what in of.items()}


def _candidates(is_all_known: bool) -> Iterator[Candidate]:
    for number, one in enumerate(_firms(is_all_known)):
        knows_site = is_all_known or number % WITHOUT_WEBSITE != 3
        knows_number = is_all_known or number % WITHOUT_NUMBER != 5
        yield Candidate(
            name=one.name,
            source="register",
            town=one.town,
            postcode=one.postcode,
            website=one.website if knows_site else "",
            company_number=one.number if knows_number else "",
            trade=one.trade if one.trade in trades.TRADES else "",
        )


def _firms(is_all_known: bool) -> Iterator[world.Organisation]:
    """Give them by turns of each place, the nearest to its middle first."""
    places = [place for each in PLACES if (place := world.place(each)) is not None]
    near = [
        [
            one
            for one in world.near(place.latitude, place.longitude, MILES)
            if one.status in ("", "active")
            and ((one.number and one.domain) or not is_all_known)
        ]
        for place in places
    ]
    for turn in range(max(map(len, near))):
        yield from (firms[turn] for firms in near if turn < len(firms))
