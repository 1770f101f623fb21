"""The valid share: how much of what was found was verified."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.urls import reverse

from campaigns import kinds
from campaigns.discovery.sources import label
from campaigns.models import Campaign, SourceRun
from crm.look.graphs import Bar, Said
from crm.tenants.models import Tenant

# Of fewer a share says nothing.
FEWEST = 5
MOST = 6
COUNTS = "sum(source.found) AS found, sum(source.verified) AS verified"
# Each part counts runs as often as they were made, as their pages do.
SOURCES = f"""
SELECT source.source AS key, {COUNTS} FROM campaigns_sourcerun AS source
WHERE source.tenant_id = %(tenant)s
GROUP BY source.source HAVING sum(source.found) > 0 ORDER BY found DESC, key
"""  # noqa: S608
KINDS = f"""
SELECT campaign.kind AS key, {COUNTS} FROM campaigns_sourcerun AS source
JOIN campaigns_run AS run ON run.id = source.run_id
JOIN campaigns_campaign AS campaign ON campaign.id = run.campaign_id
WHERE source.tenant_id = %(tenant)s
GROUP BY campaign.kind HAVING sum(source.found) > 0 ORDER BY found DESC, key
"""  # noqa: S608
CAMPAIGNS = f"""
SELECT campaign.id AS key, campaign.name, {COUNTS} FROM campaigns_sourcerun AS source
JOIN campaigns_run AS run ON run.id = source.run_id
JOIN campaigns_campaign AS campaign ON campaign.id = run.campaign_id
WHERE source.tenant_id = %(tenant)s
GROUP BY campaign.id HAVING sum(source.found) > 0 ORDER BY found DESC, key LIMIT %(most)s
"""  # noqa: S608
PARTS = {"valid_campaigns": CAMPAIGNS, "valid_kinds": KINDS, "valid_sources": SOURCES}


@dataclass(frozen=True)
class Share:
    """So many were verified of so many that were found."""

    verified: int
    found: int

    @property
    def percent(self) -> int | None:
        """None where nothing was found."""
        return 100 * self.verified // self.found if self.found else None

    @property
    def label(self) -> str:
        return "–" if self.percent is None else f"{self.percent}%"

    @property
    def hint(self) -> str:
        """Say what is behind it."""
        if not self.found:
            return "nothing found yet"
        return f"{self.verified:,} verified of {self.found:,} found"


def of_campaigns(tenant: Tenant, campaigns: Iterable[Campaign]) -> dict[UUID, Share]:
    """Give the share of each of these campaigns over all its runs."""
    rows = SourceRun.of(tenant).filter(run__campaign__in=campaigns).order_by()
    counted = rows.values_list("run__campaign").annotate(Sum("verified"), Sum("found"))
    return {campaign: Share(verified, found) for campaign, verified, found in counted}


def bars(rows: Mapping[str, list[dict[str, Any]]]) -> list[tuple[str, list[Bar]]]:
    """Draw what was counted, by campaign, kind and source; campaigns lead to what is counted."""
    parts = (
        ("Campaign", [_of_campaign(row) for row in rows.get("valid_campaigns", [])]),
        (
            "Kind of campaign",
            [_bar(kinds.get(row["key"]).name, row) for row in rows.get("valid_kinds", [])[:MOST]],
        ),
        ("Source", [_bar(label(row["key"]), row) for row in rows.get("valid_sources", [])[:MOST]]),
    )
    return [(title, drawn) for title, drawn in parts if drawn]


def _of_campaign(row: Mapping[str, Any]) -> Bar:
    found = reverse("campaigns:findings", args=[row["key"]]) + "?run=all"
    return _bar(row["name"], row, f"{found}&proof=verified", found)


def _bar(name: str, row: Mapping[str, Any], part: str = "", whole: str = "") -> Bar:
    counted = Share(int(row["verified"]), int(row["found"]))
    below = (Said(f"{counted.verified:,}", part), Said(f"{counted.found:,}", whole, before=" of "))
    if counted.found < FEWEST:
        return Bar(name, None, below=below, note=f"{FEWEST - counted.found} more needed")
    return Bar(name, counted.percent, Said(counted.label, part, counted.hint), below=below)
