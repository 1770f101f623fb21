"""Putting in a company's key, removing it, and setting what may be spent with it in a month."""

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from crm.keys import making, own, reporting
from crm.keys.models import Credential, State
from crm.ledger import audit
from crm.look.formats import pounds
from crm.tenants.models import Tenant, User

HIDDEN = "••••"


@sensitive_variables()
@transaction.atomic
def put(tenant: Tenant, service: str, secret: str, *, by: User) -> Credential:
    """Have the company ask with this key from the next call on."""
    row = held(tenant, service)
    was = shown(row)
    row.sealed = own.closed(secret, tenant.pk, service)
    row.last4 = making.last4(secret)
    row.put_at, row.put_by = timezone.now(), by
    _forget(row)
    row.save()
    verb = "replaced the key of" if was else "put in a key of"
    audit.write(row, verb, by=by, before={"key": was} if was else {}, after={"key": shown(row)})
    reporting.changed(tenant, service)
    return row


@transaction.atomic
def remove(tenant: Tenant, service: str, *, by: User) -> bool:
    """Fall back to the installation's key; say whether there was one to remove."""
    row = held(tenant, service)
    was = shown(row)
    if not was:
        return False
    row.sealed = row.last4 = ""
    row.put_at = row.put_by = None
    _forget(row)
    row.save()
    audit.write(row, "removed the key of", by=by, before={"key": was})
    reporting.changed(tenant, service)
    return True


@transaction.atomic
def limit(tenant: Tenant, service: str, pence: int | None, *, by: User) -> bool:
    """Spend no more than so much in a month; say whether that is anything new."""
    row = held(tenant, service)
    was = row.budget_pence
    if was == pence:
        return False
    row.budget_pence = pence
    row.save(update_fields=["budget_pence"])
    audit.write(
        row,
        "changed the monthly budget of",
        by=by,
        before={"budget": _said(was)},
        after={"budget": _said(pence)},
    )
    if was is not None and (pence is None or pence > was):
        reporting.changed(tenant, service)
    return True


def held(tenant: Tenant, service: str) -> Credential:
    """Give the row of the service, locked; of two people the second waits."""
    Credential.of(tenant).get_or_create(tenant=tenant, service=service)
    return Credential.of(tenant).select_for_update().get(service=service)


def shown(row: Credential) -> str:
    """Give what may be seen of the key; nothing if there is none."""
    return f"{HIDDEN} {row.last4}".strip() if row.sealed else ""


def _forget(row: Credential) -> None:
    """Know nothing of what was before."""
    row.state, row.said = State.UNTESTED, ""
    row.since = row.until = row.tested_at = row.told_at = row.tried_at = None


def _said(pence: int | None) -> str:
    return "none" if pence is None else pounds(pence)
