"""The applications in a circle, the nearest first."""

from collections.abc import Sequence
from typing import NamedTuple

from campaigns.discovery import around
from campaigns.discovery.contract import Target
from campaigns.planning.records import PlanningApplication
from crm.tenants.models import Tenant


class Near(NamedTuple):
    """An application, and how far its site is."""

    miles: float
    ident: str
    companies: int


def of(tenant: Tenant, target: Target) -> Sequence[Near]:
    """Give them; of a postcode of which only the area is known, its middle counts."""
    reach = {near.code for near in around.outwards(target)}
    rows = PlanningApplication.of(tenant).filter(outward__in=reach)
    there = list(rows.values_list("pk", "postcode", "applicant", "agent"))
    spots = around.spots(target.place, {postcode for _, postcode, _, _ in there})
    found = [
        Near(spots[postcode].miles, str(ident), bool(applicant) + bool(agent))
        for ident, postcode, applicant, agent in there
        if postcode in spots and not spots[postcode].is_outside(target.miles)
    ]
    return sorted(found)
