"""Where leads come from, once that is called otherwise."""

from crm.tenants.models import Tenant
from leads.candidate import OriginRef
from leads.models import Origin


def rename(origin: OriginRef, *, tenant: Tenant) -> None:
    """Let every lead that was found there name it as it is called now."""
    found = Origin.of(tenant).filter(ref=origin.ref).exclude(label=origin.label)
    found.update(label=origin.label)
