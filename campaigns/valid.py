"""The valid share: how much of what was found was verified."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
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


def of_campaigns(
    tenant: Tenant, campaigns: Iterable[Campaign], source: str = ""
) -> dict[UUID, Share]:
    """Give the share of each of these campaigns over all its runs, or what one source has in it."""
    rows = SourceRun.of(tenant).filter(run__campaign__in=campaigns).order_by()
    rows = rows.filter(source=source) if source else rows
    counted = rows.values_list("run__campaign").annotate(Sum("verified"), Sum("found"))
    return {campaign: Share(verified, found) for campaign, verified, found in counted}


def bars(rows: Mapping[str, list[dict[str, Any]]]) -> list[tuple[str, list[Bar]]]:
    """Draw what was counted, by campaign, kind and source; each leads to what is counted."""
    of_kinds, of_sources = (rows.get(f"valid_{each}", [])[:MOST] for each in ("kinds", "sources"))
    parts = (
        ("Campaign", [_of_campaign(row) for row in rows.get("valid_campaigns", [])]),
        ("Kind of campaign", [_of(kinds.get(row["key"]).name, row, "kind") for row in of_kinds]),
        ("Source", [_of(label(row["key"]), row, "source") for row in of_sources]),
    )
    return [(title, drawn) for title, drawn in parts if drawn]


def _of(name: str, row: Mapping[str, Any], what: str) -> Bar:
    """Lead to the campaigns, each with its part of the figure."""
    listed = f"{reverse('campaigns:list')}?{urlencode({what: row['key']})}"
    return _bar(name, row, listed, listed)


def _of_campaign(row: Mapping[str, Any]) -> Bar:
    found = reverse("campaigns:findings", args=[row["key"]]) + "?run=all"
    return _bar(row["name"], row, f"{found}&proof=verified", found)


def _bar(name: str, row: Mapping[str, Any], part: str = "", whole: str = "") -> Bar:
    counted = Share(int(row["verified"]), int(row["found"]))
    below = (Said(f"{counted.verified:,}", part), Said(f"{counted.found:,}", whole, before=" of "))
    if counted.found < FEWEST:
        return Bar(name, None, below=below, note=f"{FEWEST - counted.found} more needed")
    return Bar(name, counted.percent, Said(counted.label, part, counted.hint), below=below)
