"""What a live source waits for before its next step: answers, and as many verdicts as it must.

Verdicts take as long as others let us ask them, and the next questions may take minutes. So it goes
on asking while candidates are checked, as soon as all of them together could not be enough.
"""

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from campaigns import runs
from campaigns.models import Inquiry, Run, SourceRun, Verification
from crm import tasks
from crm.work import together
from crm.work.models import LIVE, State

# Of candidates so many became leads, where fewer than these have been looked at.
USUAL_SHARE, FEW = 0.8, 20


def asks(row: SourceRun) -> bool:
    """Say whether a question of the source is not over."""
    return Inquiry.of(row.tenant).filter(LIVE, source_run=row).exists()


def checks(row: SourceRun) -> bool:
    """Say whether a candidate of the source has no verdict yet."""
    return Verification.of(row.tenant).filter(LIVE, source_run=row).exists()


def still_missing(run: Run) -> int:
    """Say how many leads it lacks, should all that are being checked become one; below nought if
    that were too many. Call it under `runs.room`.
    """
    checking = Verification.of(run.tenant).filter(LIVE, source_run__run=run).count()
    return runs.missing(run) - checking


def likely_missing(run: Run) -> int:
    """Say how many leads it will lack, if of what a source has told and is being checked as many
    become one as of what it told before; one at least.
    """
    checked = Verification.of(run.tenant).filter(LIVE, source_run__run=run).order_by()
    pending = dict(checked.values_list("source_run").annotate(n=Count("pk")))
    rows = SourceRun.of(run.tenant).filter(pk__in=pending)
    coming = sum(pending[row.pk] * _share(row) for row in rows)
    return max(1, runs.missing(run) - round(coming))


def _share(row: SourceRun) -> float:
    return row.created / row.found if row.found >= FEW else USUAL_SHARE


def wake(row: SourceRun) -> bool:
    """Let the source take its next step, if it waits for no more than it must; and others of the
    run that have more to ask, if what is being checked has just become too few.

    Say whether a question or a check of the source is not over.
    """
    is_open = asks(row) or checks(row)
    due = set() if is_open else {row.pk}
    waiting = SourceRun.of(row.tenant).filter(run=row.run_id, state=State.WAITING)
    asking = Inquiry.of(row.tenant).filter(LIVE, source_run=OuterRef("pk"))
    may_ask = waiting.filter(~Exists(asking), wave__gt=0, has_asked_all=False)
    others = set(may_ask.values_list("pk", flat=True)) - due
    if others and still_missing(row.run) > 0:
        due |= others
    rows = waiting.filter(pk__in=due)
    if due and together.change(rows, state=State.READY, due_at=timezone.now()):
        tasks.wake()
    return is_open
