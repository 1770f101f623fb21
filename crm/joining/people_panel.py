"""The panel of the people: who comes in, who was asked to, and who lacks something."""

from datetime import timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils import timezone

from crm.adminsite.panel import Figure, Panel, listed, many
from crm.joining.models import Invitation
from crm.tenants import member_filters
from crm.tenants.models import Membership

LABEL = "tenants.membership"


def read(request: HttpRequest) -> Panel | None:
    """Read it with one question."""
    tenant = request.tenant  # type: ignore[attr-defined]
    if tenant is None:
        return None
    now = timezone.now()
    lately = now - timedelta(days=member_filters.LATELY_DAYS)
    open_ = Invitation.of(tenant).filter(accepted_at=None, revoked_at=None, expires_at__gt=now)
    invited = open_.order_by().values("tenant").annotate(many=Count("pk")).values("many")
    asked = {
        "members": Count("pk"),
        "lately": Count("pk", filter=Q(user__last_login__gte=lately)),
        "teamless": Count("pk", filter=Q(team=None)),
        # The same beside each member.
        "invited": Max(Subquery(invited)),
    }
    members = Membership.of(tenant)
    if (factors := member_filters.factors()) is not None:
        members = members.alias(has_factor=Exists(factors.filter(user=OuterRef("user"))))
        asked["factorless"] = Count("pk", filter=Q(has_factor=False))
    found = members.aggregate(**asked)
    return Panel(
        "People",
        "users",
        tuple(_figures(found)),
        url=listed(LABEL),
        more="All members",
    )


def _figures(found: dict[str, int]) -> list[Figure]:
    total, invited = found["members"], found["invited"] or 0
    signed_in = f"?{member_filters.SignedIn.parameter_name}=lately"
    days = f"signed in within {member_filters.LATELY_DAYS} days"
    figures = [
        Figure(f"{total:,}", many(total, "member"), listed(LABEL)),
        Figure(f"{found['lately']:,}", days, listed(LABEL, signed_in)),
    ]
    where = listed("joining.invitation", "?state=open")
    figures.append(Figure(f"{invited:,}", many(invited, "open invitation"), where))
    if "factorless" in found:
        lacking = f"?{member_filters.SecondFactor.parameter_name}=no"
        number = found["factorless"]
        tone = "warn" if number else ""
        where = listed(LABEL, lacking)
        figures.append(Figure(f"{number:,}", "without a second factor", where, tone))
    teamless = listed(LABEL, "?team__isnull=True")
    figures.append(Figure(f"{found['teamless']:,}", "without a team", teamless))
    return figures
