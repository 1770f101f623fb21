"""What a company has settled of upkeep, and when its turn comes: at night, where it is."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from crm.ledger import audit
from crm.tenants import whereabouts
from crm.tenants.models import Tenant, User
from enrichment.lookups.models import Rules

# When nobody waits for anything else; the duplicates have their turn before.
HOUR, CLEANING_HOUR = time(3, 0), time(4, 0)
SUNDAY = 6
MOST_LEADS, MOST_CREDITS = 2_000, 100_000
LABELS = {
    "refreshes": "keeps leads fresh",
    "refresh_most": "leads a night",
    "refresh_credits": "credits a night",
    "cleans": "tidies up",
}


@transaction.atomic
def choose(
    tenant: Tenant,
    *,
    refreshes: bool,
    refresh_most: int,
    refresh_credits: int,
    cleans: bool,
    by: User,
) -> Rules:
    """Have it be so from now on."""
    Rules.of(tenant).get_or_create(tenant=tenant)
    rules = Rules.of(tenant).select_for_update(no_key=True).get()
    wanted = {
        "refreshes": refreshes,
        "refresh_most": refresh_most,
        "refresh_credits": refresh_credits,
        "cleans": cleans,
    }
    before = {name: getattr(rules, name) for name in wanted}
    if before == wanted:
        return rules
    for name, value in wanted.items():
        setattr(rules, name, value)
    # Whoever only changes a number keeps the turn that comes.
    if not refreshes or not before["refreshes"]:
        rules.next_refresh_at = next_night(tenant) if refreshes else None
    if not cleans or not before["cleans"]:
        rules.next_cleaning_at = next_sunday(tenant) if cleans else None
    rules.save(update_fields=[*wanted, "next_refresh_at", "next_cleaning_at"])
    changed = [name for name in wanted if before[name] != wanted[name]]
    audit.write(
        rules,
        "changed",
        by=by,
        before={LABELS[name]: before[name] for name in changed},
        after={LABELS[name]: wanted[name] for name in changed},
    )
    return rules


def next_night(tenant: Tenant, now: datetime | None = None) -> datetime:
    """Give the next night's moment where the company is."""
    local = _local(tenant, now)
    return _at(local, local.time() >= HOUR, HOUR)


def next_sunday(tenant: Tenant, now: datetime | None = None) -> datetime:
    """Give the next Sunday's moment where the company is."""
    local = _local(tenant, now)
    days = (SUNDAY - local.weekday()) % 7
    if days == 0 and local.time() >= CLEANING_HOUR:
        days = 7
    return _at(local, days, CLEANING_HOUR)


def _local(tenant: Tenant, now: datetime | None) -> datetime:
    return timezone.localtime(now, whereabouts.place(tenant.zone))


def _at(local: datetime, days: int, hour: time) -> datetime:
    day = local.date() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, hour), local.tzinfo)
