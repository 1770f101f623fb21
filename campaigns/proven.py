"""What a lead's page says of how its organisation was checked when a vendor told of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from campaigns.discovery.sources import LIVE_BY_SLUG
from campaigns.models import Finding
from campaigns.verification.rules import REGISTER, WEBSITE
from crm.look.formats import absolute
from leads.models import Lead

# Enough words of a name to find it by.
LONGEST = 60


@dataclass(frozen=True)
class Proven:
    """The evidence in a sentence or two, and where all of it stands."""

    said: str
    url: str


def of_lead(lead: Lead, refs: Iterable[UUID]) -> Proven | None:
    """Say what proved it, if one of these campaigns found it by a vendor."""
    if lead.source not in LIVE_BY_SLUG:
        return None
    found = Finding.of(lead.tenant).filter(lead=lead, run__campaign__in=refs)
    finding = found.exclude(checked="").select_related("run").order_by("-id").first()
    if finding is None:
        return None
    day = finding.proof_date or timezone.localtime(finding.at).date()
    said = f"{finding.get_checked_display()} on {absolute(day)}: {_seen(finding)}"
    asked = urlencode({"run": finding.run.number, "q": finding.name[:LONGEST]})
    listed = reverse("campaigns:findings", args=[finding.run.campaign_id])
    return Proven(said, f"{listed}?{asked}#finding-{finding.pk}")


def _seen(finding: Finding) -> str:
    """What speaks for it, or else the reason of the verdict."""
    fors = [
        str(check.get("said", ""))
        for check in finding.evidence.get("checks", [])
        if check.get("verdict") == "for" and check.get("name") in (REGISTER, WEBSITE)
    ]
    return " ".join(filter(None, fors)) or str(finding.evidence.get("reason", ""))
