"""What the scoring of all leads is begun with, inside a process of the product."""

from crm.tenants.models import Tenant
from leads.models import Lead
from leads.scored import recounting


def known() -> list[str]:
    """Give some leads whose pages are opened."""
    tenant = Tenant.objects.get(slug="demo")
    return [str(pk) for pk in Lead.of(tenant).order_by("pk").values_list("pk", flat=True)[:200]]


def begin() -> str:
    """Begin it."""
    row = recounting.begin(Tenant.objects.get(slug="demo"), "A measurement", None)
    return str(row.pk)
