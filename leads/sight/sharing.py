"""Who sees a lead or a saved view, as the panels of their pages say it."""

from crm.sharing import panel
from crm.sharing.panel import EVERYBODY, Line, Panel
from crm.tenants.models import Membership, Reach, Tenant
from leads.models import Lead, SavedView


def of_lead(lead: Lead, membership: Membership) -> Panel:
    """Give the panel of a lead."""
    return panel.read(lead, "leads:", membership=membership, lines=_lines(lead, membership.tenant))


def _lines(lead: Lead, tenant: Tenant) -> list[Line]:
    if lead.owner is not None:
        return [Line(str(lead.owner), "owns it"), *_with_the_owner(tenant)]
    return [Line(EVERYBODY, "as long as nobody owns it")] if tenant.shows_unowned else []


def _with_the_owner(tenant: Tenant) -> list[Line]:
    lines = [Line("The lead of the owner's team", "by leading it")]
    names = {"Reps": tenant.rep_reach, "Viewers": tenant.viewer_reach}
    return lines + [
        Line(f"{name} of the owner's team", "by the company's settings")
        for name, reach in names.items()
        if reach == Reach.TEAM
    ]


def of_view(view: SavedView, membership: Membership) -> Panel:
    """Give the panel of a saved view, which no role and no setting shows to anybody."""
    lines = [Line(str(view.owner), "made it")]
    if view.is_for_all:
        lines.append(Line(EVERYBODY, "it is the company's"))
    return panel.read(view, "leads:view_", membership=membership, lines=lines, is_private=True)
