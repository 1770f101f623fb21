"""Who is a customer: an organisation with a lead in a stage of that kind."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from crm.pipeline.models import Kind
from crm.tenants.models import Tenant
from leads.models import Lead, Organisation


def settle(leads: Iterable[Lead], *, tenant: Tenant) -> None:
    """Make their organisations customers for every later campaign, or no longer."""
    theirs = Organisation.of(tenant).filter(pk__in={lead.organisation_id for lead in leads})
    bought = Exists(Lead.of(tenant).filter(organisation=OuterRef("pk"), stage__kind=Kind.CUSTOMER))
    theirs.filter(bought, customer_since=None).update(customer_since=timezone.now())
    theirs.filter(~bought, customer_since__isnull=False).update(customer_since=None)
