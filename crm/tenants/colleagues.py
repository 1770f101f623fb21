"""Who works here: everybody may see names, roles and teams, and nothing more."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crm.tenants.models import Membership, Role, Team
from crm.tenants.permissions import Permission, TenantRequest, may, needs

RANK = {role: place for place, role in enumerate(Role.values)}
# Nobody asks more than a few.
MOST_TO_ASK = 5


@needs(Permission.SEE_LEADS)
@require_safe
def page(request: TenantRequest) -> HttpResponse:
    """Show the colleagues by team, and whom to ask."""
    rows = Membership.of(request.tenant).filter(user__is_active=True)
    people = list(rows.select_related("user", "team").order_by("user__name", "pk"))
    teams = list(Team.of(request.tenant).select_related("lead").order_by("name"))
    groups = [(team, [row for row in people if row.team_id == team.pk]) for team in teams]
    alone = [row for row in people if row.team_id is None]
    others = [row for row in people if row.user_id != request.user.pk]
    leading = [row for row in others if row.role in (Role.OWNER, Role.MANAGER)]
    to_ask = sorted(leading, key=lambda row: RANK[row.role])[:MOST_TO_ASK]
    owners = [row for row in to_ask if row.role == Role.OWNER]
    context = {
        "groups": groups,
        "alone": alone,
        "to_ask": [row.user for row in to_ask],
        "owners_to_ask": []
        if may(request.membership, Permission.OWN)
        else [row.user for row in owners],
        "section": "people",
    }
    return render(request, "tenants/people.html", context)
