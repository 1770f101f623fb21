"""A run of which only such sources are left as can't go on until a person has mended something."""

from collections.abc import Sequence

from django.utils import timezone

from campaigns import outcome, unanswered
from campaigns.models import Inquiry, Run, SourceRun, Verification
from crm.ledger import audit
from crm.work import together
from crm.work.models import LIVE, State


def is_enough(run: Run, sources: Sequence[SourceRun]) -> bool:
    """Whether all that is left are sources that can't go on and need not: nobody mends a key for
    leads that were found elsewhere. They end here.
    """
    left = [row for row in sources if not row.is_over]
    if sum(row.created for row in sources) < run.maximum or run.state == Run.State.PAUSED:
        return False
    if not all(_is_troubled(row) for row in left) or is_checking(left):
        return False
    waiting = Inquiry.of(run.tenant).filter(source_run__in=left, state=State.HELD)
    together.change(waiting, state=State.DONE, trouble=unanswered.NOT_NEEDED)
    SourceRun.of(run.tenant).filter(pk__in=[row.pk for row in left]).update(state=State.DONE)
    return True


def _is_troubled(row: SourceRun) -> bool:
    return row.state == State.HELD and bool(row.trouble)


def stall(run: Run, sources: Sequence[SourceRun]) -> None:
    """Pause a run of which only such sources are left as a person must do something for."""
    troubled = [row for row in sources if _is_troubled(row)]
    rest = [row for row in sources if not row.is_over and row not in troubled]
    if run.state == Run.State.PAUSED or not troubled or rest or is_checking(troubled):
        return
    said = " ".join(dict.fromkeys(row.trouble for row in troubled))[:500]
    run.state, run.since, run.reason = Run.State.PAUSED, timezone.now(), said
    run.save(update_fields=["state", "since", "reason"])
    audit.write(run.campaign, "run stopped", by=None, after={"reason": said[:200]})
    created = sum(row.created for row in sources)
    outcome.tell(run, outcome.stalled(created, said))


def is_checking(rows: Sequence[SourceRun]) -> bool:
    """Whether somebody still asks or checks for one of them."""
    tenant = rows[0].tenant
    questions = Inquiry.of(tenant).filter(LIVE, source_run__in=rows)
    return questions.exists() or Verification.of(tenant).filter(LIVE, source_run__in=rows).exists()
