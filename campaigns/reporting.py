"""The company's figures with what only campaigns know: which found what, and of which kind.

Of few leads they are counted on the page; of many in the background, every half an hour.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import Now
from django.utils import timezone

from campaigns import calendar, kinds, valid
from campaigns.discovery import sources
from crm import tasks
from crm.look.graphs import Bar
from crm.tenants import whereabouts
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership, Tenant
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.table import Table
from leads.models import Reckoning, StageMove
from leads.records.history import STANDS
from leads.reports import company, counting, months
from leads.reports.company import Figures, Row
from leads.reports.months import Months

# Counted within some 10 ms.
FEW_LEADS = 3000
MOST_ZONES = 10
BETWEEN = timedelta(minutes=30)
MOST = 6
# Figures that were counted in another form, by an older version, say nothing.
FORM = 2
# Who has moved more leads than are counted on their page; of a company with hundreds of those the
# busiest.
MOST_MOVERS = 100
COUNTS = """
count(*) AS leads, count(*) FILTER (WHERE stage.kind = 'customer') AS won,
count(*) FILTER (WHERE stage.kind = 'lost') AS lost
"""
# A lead counts for each campaign that met it, as in the filter “Found by”; of a kind once.
CAMPAIGNS = f"""
SELECT campaign.id AS key, campaign.name, {COUNTS}
FROM campaigns_campaign AS campaign
JOIN leads_origin AS origin ON origin.ref = campaign.id AND origin.tenant_id = %(tenant)s
JOIN leads_lead AS lead ON lead.id = origin.lead_id
JOIN pipeline_stage AS stage ON stage.id = lead.stage_id
WHERE campaign.tenant_id = %(tenant)s
GROUP BY campaign.id ORDER BY count(*) DESC, campaign.id LIMIT %(most)s
"""  # noqa: S608
KINDS = f"""
SELECT found.kind AS key, {COUNTS}
FROM (
    SELECT DISTINCT campaign.kind, origin.lead_id
    FROM campaigns_campaign AS campaign
    JOIN leads_origin AS origin ON origin.ref = campaign.id AND origin.tenant_id = %(tenant)s
    WHERE campaign.tenant_id = %(tenant)s
) AS found
JOIN leads_lead AS lead ON lead.id = found.lead_id
JOIN pipeline_stage AS stage ON stage.id = lead.stage_id
GROUP BY found.kind ORDER BY count(*) DESC, found.kind
"""  # noqa: S608
PARTS = {"campaigns": CAMPAIGNS, "kinds": KINDS} | valid.PARTS


def read(tenant: Tenant, *, leads: int) -> Figures:
    """Give the figures of a company with so many leads, with how old they are."""
    if leads <= FEW_LEADS:
        zones = [whereabouts.here()]
        return Figures(count(tenant, zones), timezone.now(), is_live=True)
    row = Reckoning.of(tenant).first()
    if row is None:
        row, _ = Reckoning.of(tenant).get_or_create(tenant=tenant)
        tasks.wake()
    if row.figures.get("form") != FORM:
        return Figures({}, None)
    return Figures(row.figures, row.counted_at)


def count(tenant: Tenant, zones: Iterable[str]) -> dict[str, Any]:
    """Count everything; of the campaigns those that found most are kept, and all kinds."""
    return counting.count(tenant, PARTS, zones=zones, most=MOST) | {"form": FORM}


def count_all(tenant: Tenant) -> dict[str, Any]:
    """Count for all readers, and the months of who moved very many.

    Days are those of the company's zone, which everybody understands, and of where most people are.
    """
    people = Membership.of(tenant).values_list("user__zone").annotate(n=Count("pk"))
    of_all = str(calendar.zone_of(tenant.zone))
    zones = [of_all, *(zone for zone, _ in people.order_by("-n")[:MOST_ZONES])]
    return count(tenant, zones) | {"months": [*_months(tenant)]}


def _months(tenant: Tenant) -> Iterator[Row]:
    since = timezone.now() - timedelta(days=62)
    moves = StageMove.of(tenant).filter(STANDS, at__gte=since, by__isnull=False).values_list("by")
    heavy = moves.annotate(n=Count("pk")).filter(n__gt=months.MOST).order_by("-n")[:MOST_MOVERS]
    people = Membership.of(tenant).filter(user__in=[person for person, _ in heavy])
    for membership in people.select_related("user", "team", "tenant"):
        with timezone.override(whereabouts.zone(membership.user)):
            yield months.keep(membership)


def months_of(membership: Membership) -> tuple[Months | None, datetime | None]:
    """Give the months of a person who moved very many leads, and when they were counted."""
    figures = read(membership.tenant, leads=FEW_LEADS + 1)
    rows = figures.rows.get("months", [])
    found = next((row for row in rows if row["key"] == str(membership.user_id)), None)
    known = months.kept(found) if found else None
    if known is None or known.period.first != months.period().first:
        return None, None
    return known, figures.at


def source_label(source: str) -> str:
    """Name a source of leads for people."""
    known = sources.label(source)
    return known if known != source else source.replace("_", " ").capitalize()


def campaigns(figures: Figures) -> list[Bar]:
    """Draw what becomes of the leads of the largest campaigns."""
    rows = figures.rows.get("campaigns", [])
    names = {row["key"]: row["name"] for row in rows}
    return company.won(rows, names.__getitem__, lambda key: ("origin", "is", key))


def of_kinds(figures: Figures) -> list[Bar]:
    """Draw what becomes of the leads of each kind of campaign."""
    rows = figures.rows.get("kinds", [])[: company.MOST]
    return company.won(rows, lambda key: kinds.get(key).name, lambda key: ("finder", "is", key))


def work(row: Reckoning, lease: Lease) -> None:
    """Count anew, and again after a while."""
    with acting_for(row.tenant):
        lease.release(
            row,
            figures=count_all(row.tenant),
            counted_at=Now(),
            state=State.WAITING,
            due_at=Now() + BETWEEN,
        )


TABLE = Table(
    model=Reckoning,
    work=work,
    gave_up=lambda row: None,
    about=lambda row: "Counting of the dashboard's figures",
)
