"""When a company's records are searched by themselves: at night, or after a campaign's run."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from crm.ledger import audit
from crm.tenants import whereabouts
from crm.tenants.models import Tenant, User
from leads.models import DuplicateScan, ScanPlan
from leads.scanning import scan

# When nobody waits for anything else.
HOUR = time(2, 0)
# So many companies begin at a time; the others a minute later.
AT_ONCE = 50


def of(tenant: Tenant) -> ScanPlan:
    """Give the company's plan, an empty one where nobody has made any."""
    return ScanPlan.of(tenant).filter().first() or ScanPlan(tenant=tenant)


@transaction.atomic
def choose(tenant: Tenant, *, is_nightly: bool, is_after_runs: bool, by: User) -> ScanPlan:
    """Have it be so from now on."""
    plan, _ = ScanPlan.of(tenant).get_or_create(tenant=tenant)
    plan = ScanPlan.of(tenant).select_for_update().get(pk=plan.pk)
    before = {"every night": plan.is_nightly, "after runs": plan.is_after_runs}
    after = {"every night": is_nightly, "after runs": is_after_runs}
    if before == after:
        return plan
    plan.is_nightly, plan.is_after_runs, plan.by = is_nightly, is_after_runs, by
    plan.next_at = next_night(by) if is_nightly else None
    plan.save()
    audit.write(plan, "changed", by=by, before=before, after=after)
    return plan


def next_night(person: User | None) -> datetime:
    """Give the next night's moment where the person is."""
    zone = whereabouts.zone(person) if person else None
    local = timezone.localtime(timezone=zone)
    day = local.date() + timedelta(days=local.time() >= HOUR)
    return timezone.make_aware(datetime.combine(day, HOUR), zone or local.tzinfo)


def begin_due() -> None:
    """Begin what is due this night; somewhere else another worker may be doing the same."""
    due = ScanPlan.across_tenants.filter(is_nightly=True, next_at__lte=timezone.now())
    for plan in due.select_related("tenant", "by").order_by("next_at")[:AT_ONCE]:
        with transaction.atomic():
            mine = ScanPlan.of(plan.tenant).filter(pk=plan.pk, next_at=plan.next_at)
            if mine.update(next_at=next_night(plan.by)):
                scan.begin(plan.tenant, by=None, why=DuplicateScan.Why.NIGHT)


def came_in(tenant: Tenant) -> None:
    """Begin one where the company wants that whenever new leads have come in."""
    if ScanPlan.of(tenant).filter(is_after_runs=True).exists():
        scan.begin(tenant, by=None, why=DuplicateScan.Why.CAME_IN)
