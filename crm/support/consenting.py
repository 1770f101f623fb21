"""An owner lets support in for a while, and ends that at any time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from crm.ledger import audit
from crm.look.formats import absolute
from crm.support.models import LONGEST, Consent
from crm.tenants.models import Membership, Tenant
from crm.tenants.permissions import Permission, may

HOURS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
OWNERS_ALONE = "Only an owner may let support in."


class NoConsent(Exception):
    """No consent came of it; the sentence says why."""


@transaction.atomic
def give(by: Membership, *, until: datetime, may_change: bool, reason: str) -> Consent:
    """Let support in until then; raises NoConsent. There is one consent at a time."""
    if not may(by, Permission.OWN) or by.is_support:
        raise NoConsent(OWNERS_ALONE)
    now = timezone.now()
    if until <= now:
        raise NoConsent("This moment has passed. Choose one that is still to come.")
    if until > now + LONGEST:
        raise NoConsent(f"Support can be let in for {LONGEST.days} days at most.")
    # Of two owners at the same moment the second waits, and sees the first one's consent.
    Tenant.objects.select_for_update(no_key=True).get(pk=by.tenant.pk)
    if there := current(by.tenant):
        who = there.given_by or "An owner"
        raise NoConsent(
            f"{who} has let support in until {absolute(there.until)}. End that consent first."
        )
    consent = Consent.of(by.tenant).create(
        tenant=by.tenant, given_by=by.user, until=until, may_change=may_change, reason=reason
    )
    after = {
        "until": until.isoformat(timespec="minutes"),
        "may change": may_change,
        "reason": reason,
    }
    audit.write(consent, "let support in by", by=by.user, after=after)
    return consent


@transaction.atomic
def end(consent: Consent, by: Membership) -> bool:
    """End it, and every visit with it; say whether it was still open. Raises NoConsent."""
    if not may(by, Permission.OWN) or by.is_support:
        raise NoConsent(OWNERS_ALONE)
    row = Consent.of(by.tenant).select_for_update(of=("self",)).get(pk=consent.pk)
    if not row.is_open:
        return False
    row.ended_at, row.ended_by = timezone.now(), by.user
    row.save(update_fields=["ended_at", "ended_by"])
    audit.write(row, "ended", by=by.user)
    return True


def current(tenant: Tenant) -> Consent | None:
    """Give the consent that is open now."""
    rows = Consent.of(tenant).filter(ended_at=None, until__gt=timezone.now())
    return rows.select_related("given_by").order_by("-until").first()
