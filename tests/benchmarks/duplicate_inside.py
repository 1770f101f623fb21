"""What the search for duplicates is begun with, inside a process of the product."""

from crm.registers import names
from crm.tenants.models import Tenant
from leads.models import Organisation
from leads.scanning import scan

BATCH = 2000


def name_copies() -> int:
    """Have copies bear the keys of their names, as every record does."""
    tenant = Tenant.objects.get(slug="demo")
    rows = list(Organisation.of(tenant).filter(name_key="").only("name"))
    for row in rows:
        row.name_key, row.sort_key = names.name_key(row.name), names.sort_key(row.name)
    fields = ("name_key", "sort_key")
    return Organisation.of(tenant).bulk_update(rows, fields, batch_size=BATCH)


def begin() -> str:
    """Begin the search."""
    row, _ = scan.begin(Tenant.objects.get(slug="demo"), by=None)
    return str(row.pk)
