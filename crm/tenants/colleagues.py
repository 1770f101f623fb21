"""Who works here: everybody may see names, roles and teams, and nothing more."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crm.tenants.models import Membership, Role, Team
from crm.tenants.permissions import Permission, TenantRequest, needs

RANK = {role: place for place, role in enumerate(Role.values)}


@needs(Permission.SEE_LEADS)
@require_safe
def page(request: TenantRequest) -> HttpResponse:
    """Show the colleagues by team, and whom to ask."""
    rows = Membership.of(request.tenant).filter(user__is_active=True)
    people = list(rows.select_related("user", "team").order_by("user__name", "pk"))
    teams = list(Team.of(request.tenant).select_related("lead").order_by("name"))
    groups = [(team, [row for row in people if row.team_id == team.pk]) for team in teams]
    alone = [row for row in people if row.team_id is None]
    to_ask = [row for row in people if row.role in (Role.OWNER, Role.MANAGER)]
    context = {
        "groups": groups,
        "alone": alone,
        "to_ask": sorted(to_ask, key=lambda row: RANK[row.role]),
        "section": "people",
    }
    return render(request, "tenants/people.html", context)
