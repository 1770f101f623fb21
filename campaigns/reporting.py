"""The company's figures with what only campaigns know: which found what, and of which kind.

Of few leads they are counted on the page; of many in the background, every half an hour.
"""

from dataclasses import replace
from datetime import timedelta

from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from campaigns import kinds
from campaigns.discovery.sources import BY_SLUG
from crm import tasks
from crm.look.graphs import Bar
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.table import Table
from leads.models import Reckoning
from leads.reports import company, counting
from leads.reports.company import Figures, Row

# Counted within some 10 ms.
FEW_LEADS = 3000
BETWEEN = timedelta(minutes=30)
MOST = 6
# So many campaigns of a kind have room in an address.
MOST_IN_ADDRESS = 20
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
SELECT found.kind AS key, {COUNTS}, (
    SELECT json_agg(one.id) FROM (
        SELECT id FROM campaigns_campaign
        WHERE tenant_id = %(tenant)s AND campaigns_campaign.kind = found.kind
        ORDER BY id DESC LIMIT %(in_address)s + 1
    ) AS one) AS campaigns
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
PARTS = {"campaigns": CAMPAIGNS, "kinds": KINDS}


def read(tenant: Tenant, *, leads: int) -> Figures:
    """Give the figures of a company with so many leads, with how old they are."""
    if leads <= FEW_LEADS:
        return Figures(count(tenant), timezone.now(), is_live=True)
    row = Reckoning.of(tenant).first()
    if row is None:
        row, _ = Reckoning.of(tenant).get_or_create(tenant=tenant)
        tasks.wake()
    return Figures(row.figures, row.counted_at)


def count(tenant: Tenant) -> dict[str, list[Row]]:
    """Count everything; of the campaigns those that found most are kept, and all kinds."""
    return counting.count(tenant, PARTS, most=MOST, in_address=MOST_IN_ADDRESS)


def source_label(source: str) -> str:
    """Name a source of leads for people."""
    known = BY_SLUG.get(source)
    return known.label if known else source.replace("_", " ").capitalize()


def campaigns(figures: Figures) -> list[Bar]:
    """Draw what becomes of the leads of the largest campaigns."""
    rows = figures.rows.get("campaigns", [])
    names = {row["key"]: row["name"] for row in rows}
    return company.won(rows, names.__getitem__, lambda key: ("origin", "is", key))


def of_kinds(figures: Figures) -> list[Bar]:
    """Draw what becomes of the leads of each kind of campaign."""
    rows = figures.rows.get("kinds", [])[: company.MOST]
    found = {row["key"]: row["campaigns"] for row in rows}
    return [
        bar if len(found[row["key"]]) <= MOST_IN_ADDRESS else replace(bar, href=_all())
        for row, bar in zip(
            rows,
            company.won(
                rows,
                lambda key: kinds.get(key).name,
                lambda key: ("origin", "is", *found[key]),
            ),
            strict=True,
        )
    ]


def _all() -> str:
    """Give the list of campaigns, for a kind that has too many to be named in an address."""
    return reverse("campaigns:list")


def work(row: Reckoning, lease: Lease) -> None:
    """Count anew, and again after a while."""
    with acting_for(row.tenant):
        lease.release(
            row,
            figures=count(row.tenant),
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
