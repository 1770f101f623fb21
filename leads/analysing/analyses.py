"""The analyses of a lead: begun by a person, one at a time; the last ten are kept."""

from django.db import transaction
from django.db.models.functions import Now

from crm.credits import credits
from crm.credits import words as credit_words
from crm.ledger import audit
from crm.tasks import wake
from crm.tenants.models import Tenant, User
from crm.work import together
from crm.work.models import State
from leads.analysing import money
from leads.lead.locking import lock
from leads.models import Analysis, Lead

KEPT = 10
Phase = Analysis.Phase


class CannotAsk(ValueError):
    """It can't be asked now; the sentence says why and what to do."""


@transaction.atomic
def begin(lead: Lead, *, most: int, by: User) -> Analysis:
    """Have the AI asked, for at most so many credits; give what is under way, if anything is.

    Raises CannotAsk, and credits.TooFew.
    """
    # Two clicks at once come one after the other.
    lead = lock(lead)
    tenant = lead.tenant
    going = Analysis.of(tenant).filter(lead=lead, phase=Phase.ASKED).first()
    if going is not None:
        return going
    if said := money.trouble(tenant):
        raise CannotAsk(said)
    price = money.price(money.key_of(tenant))
    if price > most:
        many = credit_words.many(price)
        raise CannotAsk(f"It takes {many} by now. Look at the price, then ask.")
    reservation = None
    if price:
        reservation = credits.reserve(tenant, price, by=by, for_=money.purpose(lead))
    row: Analysis = Analysis.of(tenant).create(
        tenant=tenant, lead=lead, by=by, credits=price, reservation=reservation
    )
    audit.write(lead, "asked the AI about", by=by, after={"credits": price})
    wake()
    return row


def tidy(row: Analysis) -> None:
    """Keep the newest of the lead; call it in the transaction in which one has ended."""
    over = Analysis.of(row.tenant).filter(lead=row.lead_id).exclude(phase=Phase.ASKED)
    kept = list(over.order_by("-created_at", "-id").values_list("pk", flat=True)[:KEPT])
    over.exclude(pk__in=kept).delete()


def at_once(tenant: Tenant, service: str) -> None:
    """Have what waits for this service's key, or for its next moment, go on now."""
    if service != money.SERVICE:
        return
    waiting = Analysis.of(tenant).filter(state=State.WAITING, phase=Phase.ASKED)
    if together.change(waiting, due_at=Now()):
        wake()
