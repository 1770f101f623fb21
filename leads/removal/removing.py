"""Taking leads away, with all that hangs on them; their organisations stay known."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from crm.ledger import audit
from crm.tenants.models import User
from leads.analysing import leaving
from leads.lead.locking import hold
from leads.models import Batch, Lead
from leads.removal import images


@transaction.atomic
def remove(leads: Sequence[Lead], *, by: User, batch: Batch) -> int:
    """Delete them as part of this act, and write down each; say how many were there still."""
    rows = Lead.of(batch.tenant).filter(pk__in=[lead.pk for lead in leads])
    hold(rows, to_delete=True)
    there = list(rows.select_related("organisation", "stage", "owner").order_by("pk"))
    if not there:
        return 0
    # Before the rows, so that this tells of them.
    audit.write_all(there, "deleted", by=by, before=_as_it_was)
    # Before their images, which say so.
    asked = leaving.note(batch.tenant, [lead.pk for lead in there])
    images.take([lead.pk for lead in there], batch)
    batch.many += len(there)
    batch.save(update_fields=["many"])
    leaving.book(asked)
    return len(there)


def _as_it_was(lead: Lead) -> dict[str, Any]:
    owner = str(lead.owner) if lead.owner else None
    return {"stage": lead.stage.name, "owner": owner, "score": lead.score}
