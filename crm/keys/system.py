"""The installation's keys: they stand in the settings, and how they stand in rows of their own."""

from typing import Any

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from crm.keys import making
from crm.keys.models import State, SystemKey
from crm.keys.what import EVERY
from crm.outside.key import Key
from crm.tenants.models import Tenant

# Nothing is known of a key that has never been asked.
FRESH: dict[str, Any] = {
    "state": State.UNTESTED, "said": "", "since": None, "until": None, "tried_at": None,
    "tested_at": None, "told_at": None,
}  # fmt: skip


@sensitive_variables()
def key(service: str, tenant: Tenant | None = None) -> Key | None:
    """Give the installation's key of the service, if it has one."""
    secret = str(getattr(settings, EVERY[service].setting, "")).strip()
    if not secret:
        return None
    return making.key(service, secret, is_system=True, tenant_id=tenant.pk if tenant else None)


def row(key: Key) -> SystemKey:
    """Give how the key stands; another key than before has never been tested."""
    known = SystemKey.objects.filter(service=key.service).first()
    return known if known is not None and known.mark == key.ident else _fresh(key)


def _fresh(key: Key) -> SystemKey:
    return SystemKey(service=key.service, mark=key.ident, last4=key.last4)


@sensitive_variables()
def rows() -> dict[str, SystemKey]:
    """Give by service how all keys stand that the settings hold, with one question."""
    keys = [each for each in map(key, EVERY) if each is not None]
    known = {row.mark: row for row in SystemKey.objects.all()} if keys else {}
    return {each.service: known.get(each.ident) or _fresh(each) for each in keys}


def held() -> list[str]:
    """Give the services of which the settings hold a key; nobody is asked."""
    return [service for service in EVERY if key(service) is not None]


def keep() -> None:
    """Have a row for every key that the settings hold; it forgets one that stands there no more."""
    for each in rows().values():
        if each._state.adding:
            values = {"mark": each.mark, "last4": each.last4} | FRESH
            SystemKey.objects.update_or_create(service=each.service, defaults=values)
