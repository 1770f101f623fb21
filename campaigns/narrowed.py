"""The list of campaigns, narrowed to what a figure of the dashboard counts: a kind or a source."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.http import QueryDict

from campaigns import kinds
from campaigns.discovery.sources import BY_SLUG, LIVE_BY_SLUG, label
from campaigns.models import Campaign, SourceRun
from campaigns.valid import Share
from crm.tenants.models import Tenant


@dataclass(frozen=True)
class Narrowed:
    """Campaigns of this `kind`, or else those that have asked this `source`."""

    tenant: Tenant
    kind: str = ""
    source: str = ""

    @property
    def label(self) -> str:
        return kinds.get(self.kind).name if self.kind else label(self.source)

    @property
    def query(self) -> dict[str, str]:
        """What the address of the list asks for, to mean this."""
        return {"kind": self.kind} if self.kind else {"source": self.source}

    def of(self, campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
        """Leave only those that are meant."""
        if self.kind:
            return campaigns.filter(kind=self.kind)
        return campaigns.filter(pk__in=self._rows().values("run__campaign"))

    def share(self, campaigns: QuerySet[Campaign]) -> Share:
        """Say how much was verified of what these found, in all their runs and by the source."""
        rows = self._rows().filter(run__campaign__in=self.of(campaigns).order_by().values("pk"))
        counted = rows.aggregate(verified=Sum("verified", default=0), found=Sum("found", default=0))
        return Share(counted["verified"], counted["found"])

    def _rows(self) -> QuerySet[SourceRun]:
        rows = SourceRun.of(self.tenant).order_by()
        return rows.filter(source=self.source) if self.source else rows


def read(asked: QueryDict, tenant: Tenant) -> Narrowed | None:
    """Read it from an address; None where it asks for nothing that there is."""
    kind, source = asked.get("kind", ""), asked.get("source", "")
    if kind in kinds.BY_SLUG:
        return Narrowed(tenant, kind=kind)
    if source in BY_SLUG or source in LIVE_BY_SLUG:
        return Narrowed(tenant, source=source)
    return None
