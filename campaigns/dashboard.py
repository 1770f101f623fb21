"""What the dashboard shows: to whoever sells their own day, to whoever leads the company's course.

Nothing here grows with the number of leads: stages are read from their counters, the course of a
large company from what was counted in the background.
"""

from typing import Any

from django.db.models import Case, When

from campaigns import calendar, reporting, sight, valid
from campaigns.models import Run
from crm.look import formats
from crm.pipeline.models import Kind, Stage
from crm.tenants import scope, whereabouts
from crm.tenants.models import Membership, Role, User
from crm.tenants.permissions import Permission, may
from leads.reports import addresses, company, months, own, people, pipeline
from leads.reports.company import Figures
from leads.reports.months import Months
from leads.reports.people import Person
from leads.sight import sight as leads_sight

MOST_RUNS = 6
# Of the busiest those are shown who are still there.
MOST_PEOPLE, MOST_ASKED = 12, 50


def of(membership: Membership) -> dict[str, Any]:
    """Give what this member's dashboard shows; `has_leads` is False where all is still to come."""
    tenant = membership.tenant
    stages = pipeline.stages(tenant)
    leads_all = scope.of(membership).everything and membership.role != Role.REP
    found = _of_company(membership, stages) if leads_all else _of_person(membership, stages)
    return found | {"is_of_company": leads_all, "section": "dashboard"}


def _of_company(membership: Membership, stages: list[Stage]) -> dict[str, Any]:
    tenant = membership.tenant
    now = pipeline.read(tenant, stages)
    if not now.leads:
        return {"has_leads": False}
    figures = reporting.read(tenant, leads=now.leads)
    found: dict[str, Any] = {"has_leads": True, "figures": figures, "now": now}
    found |= {"worth": pipeline.worth(now.open), "runs": _runs(membership)}
    found |= {
        "customers": now.of_kind(Kind.CUSTOMER),
        "customers_url": addresses.leads(addresses.CUSTOMERS),
        "open_url": addresses.leads(("closed", "empty")),
        "open_hint": addresses.hint(now.open_leads),
    }
    return found | _counted(membership, figures, stages) if figures.at else found


def _counted(membership: Membership, figures: Figures, stages: list[Stage]) -> dict[str, Any]:
    """Give what was counted, drawn."""
    here = whereabouts.here()
    zone = company.zone_of_days(figures, (here, membership.tenant.zone))
    new, before = figures.all["new"], figures.all["new_before"]
    return {
        "as_of": formats.as_of(figures.at) if figures.at else "",
        "days": company.days(figures, zone),
        "days_zone": calendar.zone_label(zone) if zone and zone != here else "",
        "new": new,
        "new_before": before,
        "late_url": addresses.leads(addresses.LATE),
        "before_url": addresses.leads(*addresses.BEFORE),
        "week_url": addresses.leads(("added", "last", "7")),
        "hot_url": addresses.leads(*addresses.HOT),
        "overdue_url": addresses.leads(("due", "overdue"), sort="due"),
        "sources": company.sources(figures, reporting.source_label),
        "passages": company.passages(figures, stages),
        "won_by": [
            ("Tier", company.tiers(figures)),
            ("Campaign", reporting.campaigns(figures)),
            ("Kind of campaign", reporting.of_kinds(figures)),
        ],
        "valid": valid.bars(figures.rows),
        "contact": company.contact(figures),
        "won": company.won_lately(figures),
        "people": _people(membership, figures),
    }


def _people(membership: Membership, figures: Figures) -> list[Person]:
    """Give the busiest people under the names that they bear now."""
    busiest = people.read(figures)[:MOST_ASKED]
    asked = [each.ident for each in busiest]
    known = User.objects.filter(memberships__tenant=membership.tenant, pk__in=asked)
    names = {str(each.pk): str(each) for each in known}
    return people.named(busiest, names)[:MOST_PEOPLE]


def _of_person(membership: Membership, stages: list[Stage]) -> dict[str, Any]:
    sells = may(membership, Permission.WORK_LEADS)
    reach = scope.of(membership)
    owners = [membership.user_id] if sells else sorted(reach.people)
    unowned = reach.unowned and not sells
    mine = own.MINE if sells else own.OURS_OR_NOBODY_S if unowned else own.OURS
    now = pipeline.read(membership.tenant, stages, owners=owners, unowned=unowned, listed=(mine,))
    hot = own.to_call(membership)
    numbers = own.count(membership)
    found: dict[str, Any] = {
        "has_leads": bool(now.leads or hot) or leads_sight.leads(membership).exists(),
        "sells": sells,
        "hot": hot,
        "numbers": numbers,
        "hot_url": addresses.leads(*([mine] if sells else []), *addresses.HOT, sort="-score"),
        "now": now,
        "open_url": addresses.leads(mine, ("closed", "empty")),
        "runs": _runs(membership),
    }
    if sells:
        found |= {
            "due": own.due(membership),
            "overdue_url": addresses.leads(("task", "overdue", "me"), sort="due"),
            "today_url": addresses.leads(("task", "today", "me"), sort="due"),
        }
        found |= _months(membership, numbers.months, stages)
    return found


def _months(membership: Membership, known: Months | None, stages: list[Stage]) -> dict[str, Any]:
    """Give the person's months; of very many moves those that were counted in the background."""
    if known is not None:
        return {"months": months.bars(known, stages), "has_moved": bool(known.this or known.last)}
    found, at = reporting.months_of(membership)
    as_of = formats.as_of(at) if at else ""
    bars = months.bars(found, stages) if found else []
    return {"months": bars, "has_moved": True, "months_as_of": as_of}


def _runs(membership: Membership) -> list[Run]:
    """Give the runs in progress, then the latest ones."""
    moves = Case(When(state__in=Run.ACTIVE, then=0), default=1)
    seen = Run.of(membership.tenant).filter(campaign__in=sight.campaigns(membership))
    shown = seen.order_by(moves, "-id").values("pk")[:MOST_RUNS]
    rows = Run.of(membership.tenant).with_counts()  # type: ignore[attr-defined]
    return list(rows.filter(pk__in=shown).select_related("campaign").order_by(moves, "-id"))
