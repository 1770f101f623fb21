"""Where leads come from: who may be told its name, and what it is called once that changes."""

from crm.tenants.models import Tenant
from leads.identity.candidate import OriginRef
from leads.models import Origin


def rename(origin: OriginRef, *, tenant: Tenant) -> None:
    """Let every lead that was found there name it as it is called now."""
    found = Origin.of(tenant).filter(ref=origin.ref).exclude(label=origin.label)
    found.update(label=origin.label)


def is_hidden(origin: Origin) -> bool:
    """Say whether it names something that whoever asked `sight.origins` does not see.

    What leads nowhere, such as the demo, is no secret of anybody's.
    """
    return bool(origin.url) and not origin.is_seen
