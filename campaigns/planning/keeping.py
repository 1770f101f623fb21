"""Taking a council's list in, putting a newer one in its place, and deleting it."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from campaigns.planning.reading import Listed
from campaigns.planning.records import PlanningApplication, PlanningList
from crm.ledger import audit
from crm.tenants.models import Tenant, User

MOST_LISTS = 20
AT_ONCE = 2_000
COUNTED = ("rows", "persons", "unplaced", "repeated", "companies")


class NotKept(ValueError):
    """The list can't be kept; the sentence says why."""


def add(tenant: Tenant, name: str, listed: Listed, *, by: User) -> PlanningList:
    """Keep a new list."""
    with transaction.atomic():
        Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)
        there = PlanningList.of(tenant)
        if there.filter(name=name).exists():
            raise NotKept(f"There is a list “{name}” already: replace it below, or name this one.")
        if there.count() >= MOST_LISTS:
            raise NotKept(f"There are {MOST_LISTS} lists: delete one that is out of date first.")
        row = PlanningList(tenant=tenant, name=name)
        _fill(row, listed, by)
        row.save(force_insert=True)
        _write(row, listed)
        audit.write(row, "uploaded", by=by, after=_told(row))
    return row


def replace(row: PlanningList, listed: Listed, *, by: User) -> PlanningList:
    """Put what a newer file holds in the place of what is there."""
    with transaction.atomic():
        row = _locked(row)
        before = _told(row)
        _fill(row, listed, by)
        row.save()
        PlanningApplication.of(row.tenant).filter(list=row).delete()
        _write(row, listed)
        audit.write(row, "replaced", by=by, before=before, after=_told(row))
    return row


def delete(row: PlanningList, *, by: User) -> None:
    """Delete the list; leads that campaigns have found by it stay."""
    with transaction.atomic():
        row = _locked(row)
        audit.write(row, "deleted", by=by, before=_told(row))
        row.delete()


def _locked(row: PlanningList) -> PlanningList:
    try:
        return PlanningList.of(row.tenant).select_for_update().get(pk=row.pk)
    except PlanningList.DoesNotExist:
        raise NotKept("Somebody has deleted this list meanwhile.") from None


def _fill(row: PlanningList, listed: Listed, by: User) -> None:
    for name in COUNTED:
        setattr(row, name, getattr(listed, name))
    row.kept = len(listed.applications)
    row.columns = dict(listed.headings)
    row.uploaded_at, row.uploaded_by = timezone.now(), by


def _write(row: PlanningList, listed: Listed) -> None:
    PlanningApplication.of(row.tenant).bulk_create(
        (
            PlanningApplication(tenant=row.tenant, list=row, position=at, **asdict(each))
            for at, each in enumerate(listed.applications)
        ),
        batch_size=AT_ONCE,
    )


def _told(row: PlanningList) -> dict[str, object]:
    return {"name": row.name, "rows": row.rows, "kept": row.kept, "companies": row.companies}
