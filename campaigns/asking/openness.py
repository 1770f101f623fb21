"""What a live source waits for before its next step: answers, and as many verdicts as it must.

Verdicts take as long as others let us ask them, and the next questions may take minutes. So it goes
on asking while candidates are checked, as soon as all of them together could not be enough.
"""

from django.db.models import Sum
from django.utils import timezone

from campaigns import runs
from campaigns.models import Inquiry, Run, SourceRun, Verification
from crm import tasks
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
    """Say how many leads it will lack, if of those being checked as many become one as before; one
    at least.
    """
    rows = SourceRun.of(run.tenant).filter(run=run)
    so_far = rows.aggregate(found=Sum("found", default=0), created=Sum("created", default=0))
    checking = Verification.of(run.tenant).filter(LIVE, source_run__run=run).count()
    is_known = so_far["found"] >= FEW
    share = so_far["created"] / so_far["found"] if is_known else USUAL_SHARE
    return max(1, runs.missing(run) - round(checking * share))


def wake(row: SourceRun) -> bool:
    """Let the source take its next step, if it waits for no more than it must.

    Say whether a question or a check of it is not over.
    """
    if asks(row):
        return True
    waiting = SourceRun.of(row.tenant).filter(pk=row.pk, state=State.WAITING)
    is_checking = checks(row)
    if is_checking:
        waiting = waiting.filter(has_asked_all=False)
        if not waiting.exists() or still_missing(row.run) <= 0:
            return True
    if waiting.update(state=State.READY, due_at=timezone.now()):
        tasks.wake()
    return is_checking
