"""Why a run that is not over stands still, and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from campaigns.asking import tally
from campaigns.asking.tally import NOTHING, Tally
from campaigns.discovery.sources import LIVE_BY_SLUG
from campaigns.discovery.sources import label as label_of
from campaigns.models import Run, SourceRun
from crm.look.formats import clock, either
from crm.work import signs_of_life
from crm.work.drain import MOST_ATTEMPTS
from crm.work.models import State

# Between two pieces a run may wait for its turn; only longer than that is it worth a word.
SECONDS_BETWEEN_PIECES = 5.0
LONGEST_ERROR = 200
# How long those take that people wait for.
USUALLY = {"openai_web": "usually 1 to 3 minutes"}


@dataclass(frozen=True)
class Standing:
    """`by_itself` says that it goes on without anybody's doing, `is_usual` that it is no trouble:
    somebody is at work elsewhere.
    """

    reason: str
    since: datetime
    by_itself: bool = True
    is_usual: bool = False

    @property
    def tone(self) -> str:
        """The tone of the remark that says it."""
        return "info" if self.is_usual else "warn"


def read(
    run: Run,
    *,
    says_errors: bool = True,
    sources: Sequence[SourceRun] | None = None,
    tallies: Mapping[UUID, Tally] | None = None,
) -> Standing | None:
    """Say why the run stands still; None while it works, and when it is over.

    With `says_errors` in the very words of what failed: they are for who can mend it. The sources
    and their tallies are asked for, unless whoever asks has them.
    """
    if not run.is_active:
        return None
    if run.state == Run.State.PAUSED:
        return Standing(run.reason, run.since, by_itself=False)
    if sources is None:
        sources = list(SourceRun.of(run.tenant).filter(run=run))
    # Where one is held and the run is not, the others go on.
    going = [each for each in sources if not each.is_over and each.state != State.HELD]
    asking = [each for each in going if each.source in LIVE_BY_SLUG]
    if tallies is None:
        tallies = tally.read(asking)
    now = timezone.now()
    if not going or any(_is_at_work(source, now) for source in going):
        return None
    if not signs_of_life.is_anybody_there():
        return _nobody(run)
    if any(_answers(tallies.get(source.pk, NOTHING)) for source in asking):
        return None
    walking = [each for each in going if each not in asking]
    if waits := _for_vendors(run, asking, tallies) if not walking else None:
        return waits
    first = min(walking or going, key=lambda source: source.due_at)
    return _waiting(run, first, now, says_errors=says_errors)


def _is_at_work(source: SourceRun, now: datetime) -> bool:
    is_held = source.lease_until is not None and source.lease_until > now
    return source.state == State.LEASED and is_held


def _answers(counted: Tally) -> bool:
    """Whether there is something to do for it, other than to wait for its vendor."""
    return bool(counted.checking or counted.to_come > counted.put_off)


def _for_vendors(
    run: Run, asking: Sequence[SourceRun], tallies: Mapping[UUID, Tally]
) -> Standing | None:
    """Say whose answers it waits for, or until when no more may be asked."""
    found = [(each, tallies.get(each.pk, NOTHING)) for each in asking]
    if awaited := [(each, counted) for each, counted in found if counted.under_way]:
        names = either(label_of(each.source) for each, _ in awaited)
        usual = {USUALLY[each.source] for each, _ in awaited if each.source in USUALLY}
        takes = f": {usual.pop()}" if usual else ""
        since = min((counted.since or run.since) for _, counted in awaited)
        return Standing(f"Waiting for an answer from {names}{takes}.", since, is_usual=True)
    late = [(counted.again_at, each) for each, counted in found if counted.again_at]
    if not late:
        return None
    again_at, source = min(late, key=lambda pair: pair[0])
    label = label_of(source.source)
    return Standing(
        f"{label} is asked again at {clock(again_at)}: no more may be asked until then.", run.since
    )


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
    label = label_of(source.source)
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
    if source.state == State.WAITING and source.source in LIVE_BY_SLUG:
        # It has the others go first, or plans what is next.
        return None
    if source.state == State.WAITING:
        looks = f"It looks again at {clock(source.due_at)}."
        return Standing(f"There is no answer from {label} yet. {looks}", run.since)
    if (now - source.due_at).total_seconds() > SECONDS_BETWEEN_PIECES:
        return Standing("It waits for its turn: the workers are busy.", source.due_at)
    return None
