"""Whose work is done right now: every request and every piece of work acts for one tenant."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from crm.ledger import author
from crm.tenants.models import Tenant

# On a view: around it no transaction is opened.
ITSELF = "acts_for_itself"
View = Callable[..., Any]


@contextmanager
def acting_for(tenant: Tenant) -> Iterator[None]:
    """Open a transaction in which PostgreSQL, too, knows the tenant and who acts (`app.…`).

    The settings end with the transaction. The first is the second wall: a row-level policy can rely
    on it without any change here. By the other the audit trail names who changed what no verb tells
    of.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('app.tenant', %s, true), set_config('app.actor', %s, true)",
                [str(tenant.pk), author.as_setting()],
            )
        yield


def acts_for_itself(view: View) -> View:
    """Mark a view that calls somebody outside: meanwhile nothing may be locked."""
    setattr(view, ITSELF, True)
    return view
