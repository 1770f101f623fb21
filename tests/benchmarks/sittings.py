"""Signed-in sessions without passwords; runs inside `manage.py`, on the product's database."""

from crm.pipeline.models import Stage
from crm.tenants.models import Membership, Tenant, User
from leads.models import Lead
from tests.browser.sessions import session


def open_all() -> dict[str, str]:
    """Give a session's key for each member of the large company, by e-mail."""
    tenant = Tenant.objects.get(slug="large")
    people = User.objects.filter(pk__in=Membership.of(tenant).values("user"))
    return {person.email: session(person) for person in people}


def known() -> dict[str, list[str]]:
    """Give stages in their order, some owners, and leads here and there, by their ids."""
    tenant = Tenant.objects.get(slug="large")
    leads = list(Lead.of(tenant).order_by("id").values_list("pk", flat=True)[:100_000])
    step = max(1, len(leads) // 400)
    owners = Membership.of(tenant).filter(role="rep").order_by("id").values_list("user", flat=True)
    return {
        "stages": [str(stage.pk) for stage in Stage.of(tenant).order_by("position")],
        "owners": [str(pk) for pk in owners[:8]],
        "leads": [str(pk) for pk in leads[::step]],
    }
