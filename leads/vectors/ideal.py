"""The ideal customer in words, as a manager writes it."""

from django.db import transaction
from django.utils import timezone

from crm.ledger import audit
from crm.tenants.models import Tenant, User
from leads.vectors import embedding, outcomes
from leads.vectors.models import Ideal


@transaction.atomic
def write(tenant: Tenant, words: str, *, by: User) -> bool:
    """Keep these words; say whether they are others than before.

    All leads are scored anew as soon as the words are a vector; at once, where there are none.
    """
    row = Ideal.of(tenant).select_for_update().first()
    before = row.words if row is not None else ""
    if words == before:
        return False
    if row is None:
        row = Ideal(tenant=tenant)
    row.words, row.by, row.at, row.model, row.vector = words, by, timezone.now(), "", []
    row.save()
    audit.write(row, "described", by=by, before={"words": before}, after={"words": words})
    if words:
        embedding.at_once(tenant)
    else:
        outcomes.rescore_all(tenant, "No ideal customer in words any more")
    return True
