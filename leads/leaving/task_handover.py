"""What becomes of somebody's open tasks when they leave the company."""

from crm.ledger import audit
from crm.tenants.handovers import Handover, Question
from crm.tenants.models import Tenant, User
from leads.work import tasks


def count(tenant: Tenant, person: User) -> int:
    """Count what the person has still to do."""
    return tasks.open_of(tenant).filter(owner=person).count()


def give(tenant: Tenant, person: User, to: User | None, by: User) -> None:
    """Give it to whoever gets the leads, or to nobody."""
    rows = tasks.open_of(tenant).filter(owner=person)
    mine = list(rows.select_for_update(of=("self",)).order_by("pk"))
    rows.filter(pk__in=[task.pk for task in mine]).update(owner=to)
    audit.write_all(
        mine,
        "handed over",
        by=by,
        before={"owner": str(person)},
        after={"owner": str(to) if to else None},
    )


TASKS = Handover("open tasks", count, give, Question.LEADS)
