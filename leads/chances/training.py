"""Trainings as rows of work: once a week for each company, and when a manager asks for one.

What is learnt takes seconds, in which nothing is locked; it is written in one transaction with the
row's next turn. A worker that is killed has written nothing, and another begins anew.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from crm.ledger import audit
from crm.tasks import wake
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User
from crm.work.lease import FREE, Lease
from crm.work.models import State
from crm.work.table import Table
from leads.chances import chances, ended, learning
from leads.chances.learning import Lesson
from leads.models import ChanceModel, Lead, Training
from leads.scored import recounting

WEEK = timedelta(days=7)
# So many companies begin at a time; the others a minute later.
AT_ONCE = 50
LONGEST_SAID = 500
WHY = "A new model of chances"
FAILED = "It failed again and again. Whoever looks after this installation sees why."
CLEAN = {"attempts": 0, "crashes": 0, "last_error": "", **FREE}


def begin_due() -> None:
    """Begin with companies that have come to an end with a lead, and go on where it had stopped."""
    over = Lead.across_tenants.filter(tenant=OuterRef("pk"), closed_at__isnull=False)
    known = Training.across_tenants.filter(tenant=OuterRef("pk"))
    new = Tenant.objects.filter(Exists(over)).exclude(Exists(known)).order_by("pk")[:AT_ONCE]
    rows = [Training(tenant=tenant) for tenant in new]
    Training.across_tenants.bulk_create(rows, ignore_conflicts=True)
    stopped = Training.across_tenants.filter(
        state__in=[State.DEAD, State.DONE], due_at__lte=timezone.now() - WEEK
    )
    begun = stopped.update(state=State.READY, due_at=timezone.now(), **CLEAN)
    if rows or begun:
        wake()


@transaction.atomic
def ask(tenant: Tenant, *, by: User) -> bool:
    """Have it be done now; False if one is under way already."""
    Training.of(tenant).get_or_create(tenant=tenant, defaults={"state": State.WAITING})
    row = Training.of(tenant).select_for_update(no_key=True).get()
    if is_under_way(row):
        return False
    now = {"state": State.READY, "due_at": timezone.now(), "asked_by": by}
    Training.of(tenant).filter(pk=row.pk).update(**now, **CLEAN)
    audit.write(row, "asked for", by=by)
    wake()
    return True


def of(tenant: Tenant) -> Training | None:
    """Give the row of the company, which says when the next turn is."""
    found: Training | None = Training.of(tenant).select_related("asked_by").first()
    return found


def is_under_way(row: Training | None) -> bool:
    """Say whether somebody works on it, or will in a moment."""
    return row is not None and row.state in (State.READY, State.LEASED)


def work(row: Training, lease: Lease) -> None:
    """Learn from all that has ended, and have open leads be scored by what is better."""
    tenant, now = row.tenant, timezone.now()
    with acting_for(tenant):
        last = _last(tenant)
        if last and not row.asked_by_id and (last.won, last.lost) == ended.count(tenant):
            # Nothing has ended since: it would come to the same.
            lease.release(row, state=State.WAITING, due_at=now + WEEK)
            return
        examples = ended.examples(tenant)
        old = chances.in_use(tenant)
    lesson = learning.learn(examples, old, now=now)
    with acting_for(tenant):
        lease.release(row, state=State.WAITING, due_at=now + WEEK, asked_by=None)
        _keep(tenant, lesson, row.asked_by)


def _last(tenant: Tenant) -> ChanceModel | None:
    found: ChanceModel | None = (
        ChanceModel.of(tenant).defer("model", "figures").order_by("-number").first()
    )
    return found


def _keep(tenant: Tenant, lesson: Lesson, by: User | None) -> ChanceModel:
    """Write down what came of it; the models before it stay."""
    rows = ChanceModel.of(tenant)
    if lesson.takes_over:
        rows.filter(is_current=True).update(is_current=False)
    row: ChanceModel = rows.create(
        tenant=tenant,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        is_current=lesson.takes_over,
        model=lesson.model,
        figures=lesson.figures,
        said=lesson.said[:LONGEST_SAID],
        won=lesson.won,
        lost=lesson.lost,
    )
    if lesson.takes_over:
        audit.write(row, "took over", by=by)
        recounting.begin(tenant, WHY, by)
    return row


def gave_up(row: Training) -> None:
    """Say on the page that it came to no end; the model in use stays in use."""
    won, lost = ended.count(row.tenant)
    _keep(row.tenant, Lesson(FAILED, won, lost), row.asked_by)


def about(row: Training) -> str:
    """Say to people what it does."""
    return "Learns the chances of winning from what was won and lost"


TABLE = Table(model=Training, work=work, gave_up=gave_up, about=about, related=("asked_by",))
