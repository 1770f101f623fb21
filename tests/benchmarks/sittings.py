"""Signed-in sessions without passwords; runs inside `manage.py`, on the product's database."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from crm.pipeline.models import Stage
from crm.tenants.models import Membership, Tenant, User
from leads.models import Lead

BACKEND = "django.contrib.auth.backends.ModelBackend"


def open_all() -> dict[str, str]:
    """Give a session's key for each member of the large company, by e-mail."""
    tenant = Tenant.objects.get(slug="large")
    people = User.objects.filter(pk__in=Membership.of(tenant).values("user"))
    return {person.email: _open(person) for person in people}


def _open(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


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
