"""What becomes of somebody's notices, and of what they wanted to hear, when they leave."""

from crm.notices.models import Notice, Preference
from crm.tenants.handovers import Handover
from crm.tenants.models import Tenant, User


def count(tenant: Tenant, person: User) -> int:
    """Count the notices to the person."""
    return Notice.of(tenant).filter(user=person).count()


def forget(tenant: Tenant, person: User, to: User | None, by: User) -> None:
    """Delete them: they told this person, and nobody else."""
    Notice.of(tenant).filter(user=person).delete()


def count_preferences(tenant: Tenant, person: User) -> int:
    """Count what the person has chosen to hear otherwise than by default."""
    return Preference.of(tenant).filter(user=person).count()


def forget_preferences(tenant: Tenant, person: User, to: User | None, by: User) -> None:
    """Delete what they wanted to hear."""
    Preference.of(tenant).filter(user=person).delete()


NOTICES = Handover("notices", count, forget, becomes="deleted")
PREFERENCES = Handover(
    "choices of notifications", count_preferences, forget_preferences, becomes="deleted"
)
