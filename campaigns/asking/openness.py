"""Whether a live source still waits for answers or verdicts."""

from django.utils import timezone

from campaigns.models import Inquiry, SourceRun, Verification
from crm import tasks
from crm.work.models import LIVE, State


def is_open(row: SourceRun) -> bool:
    """Say whether a question or a check of the source is not over; call it under `runs.room`."""
    questions = Inquiry.of(row.tenant).filter(LIVE, source_run=row)
    checks = Verification.of(row.tenant).filter(LIVE, source_run=row)
    return questions.exists() or checks.exists()


def wake(row: SourceRun) -> bool:
    """Let the source take its next step, if this was the last that it waited for.

    Say whether it waits for more.
    """
    if is_open(row):
        return True
    waiting = SourceRun.of(row.tenant).filter(pk=row.pk, state=State.WAITING)
    if waiting.update(state=State.READY, due_at=timezone.now()):
        tasks.wake()
    return False
