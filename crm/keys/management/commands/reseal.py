"""Seals every company's keys anew with the SECRET_KEY of today."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from crm.keys import own
from crm.keys.models import Credential
from crm.ledger import audit
from crm.tenants.acting import acting_for

DONE = "Sealed {} anew; every former SECRET_KEY may now leave SECRET_KEY_FALLBACKS."
LEFT = (
    "Sealed {} anew. {} could not be opened with any SECRET_KEY that is known here: their pages "
    "ask for them anew."
)


class Command(BaseCommand):
    help = "Seal the companies' keys of services with the present SECRET_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        done = left = 0
        rows = Credential.across_tenants.exclude(sealed="").select_related("tenant")
        for found in rows.order_by("tenant_id", "service").iterator():
            with acting_for(found.tenant):
                if _reseal(found):
                    done += 1
                else:
                    left += 1
        many = f"{done:,} key" if done == 1 else f"{done:,} keys"
        self.stdout.write(LEFT.format(many, f"{left:,}") if left else DONE.format(many))


@transaction.atomic
def _reseal(found: Credential) -> bool:
    """Seal one; say whether it could be opened."""
    row = Credential.of(found.tenant).select_for_update().get(pk=found.pk)
    try:
        secret = own.opened(row)
    except own.CannotBeOpened:
        return False
    row.sealed = own.closed(secret, row.tenant_id, row.service)
    row.save(update_fields=["sealed"])
    audit.write(row, "sealed anew the key of", by=None)
    return True
