"""Why a run that is not over stands still, and since when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from campaigns.discovery.sources import BY_SLUG
from campaigns.models import Run, SourceRun
from crm.look.formats import clock
from crm.work import signs_of_life
from crm.work.drain import MOST_ATTEMPTS
from crm.work.models import State

# Between two pieces a run may wait for its turn; only longer than that is it worth a word.
SECONDS_BETWEEN_PIECES = 5.0
LONGEST_ERROR = 200


@dataclass(frozen=True)
class Standing:
    """`by_itself` says that it goes on without anybody's doing."""

    reason: str
    since: datetime
    by_itself: bool = True


def read(run: Run, *, says_errors: bool = True) -> Standing | None:
    """Say why the run stands still; None while it works, and when it is over.

    With `says_errors` in the very words of what failed: they are for who can mend it.
    """
    if not run.is_active:
        return None
    if run.state == Run.State.PAUSED:
        return Standing(run.reason, run.since, by_itself=False)
    rows = SourceRun.of(run.tenant).filter(run=run)
    sources = list(rows.exclude(state__in=[State.DONE, State.DEAD]))
    now = timezone.now()
    if not sources or any(_is_at_work(source, now) for source in sources):
        return None
    if not signs_of_life.is_anybody_there():
        return _nobody(run)
    first = min(sources, key=lambda source: source.due_at)
    return _waiting(run, first, now, says_errors=says_errors)


def _is_at_work(source: SourceRun, now: datetime) -> bool:
    is_held = source.lease_until is not None and source.lease_until > now
    return source.state == State.LEASED and is_held


def _nobody(run: Run) -> Standing:
    heard = signs_of_life.heard().first()
    since = max(heard.at, run.since) if heard else run.since
    return Standing(
        "No worker is running. Whoever looks after this installation starts one with “make run” or"
        " “manage.py runworker”; then the run goes on by itself.",
        since,
    )


def _why(source: SourceRun) -> str:
    return f" ({source.last_error.partition(chr(10))[0][:LONGEST_ERROR]})"


def _waiting(run: Run, source: SourceRun, now: datetime, *, says_errors: bool) -> Standing | None:
    label = BY_SLUG[source.source].label if source.source in BY_SLUG else source.source
    if source.state == State.LEASED and source.lease_until is not None:
        return Standing(
            "The worker that had it has ended; another takes over within seconds.",
            source.lease_until,
        )
    if source.attempts and source.due_at > now:
        attempt = f"attempt {source.attempts + 1} of {MOST_ATTEMPTS}"
        failed = f"{label} failed{_why(source) if says_errors else ''}."
        return Standing(f"{failed} Tried again at {clock(source.due_at)}, {attempt}.", run.since)
    if run.state == Run.State.WAITING and source.last_error and not source.attempts:
        # Put off, and no attempt counted: the database was to blame.
        why = source.last_error.splitlines()[0].partition(": ")[2][:200]
        return Standing(
            f"The database takes nothing in ({why}). It is tried again every few seconds and goes"
            " on by itself. If that lasts, tell whoever looks after this installation.",
            run.since,
        )
    if source.state == State.WAITING:
        looks = f"It looks again at {clock(source.due_at)}."
        return Standing(f"There is no answer from {label} yet. {looks}", run.since)
    if (now - source.due_at).total_seconds() > SECONDS_BETWEEN_PIECES:
        return Standing("It waits for its turn: the workers are busy.", source.due_at)
    return None
