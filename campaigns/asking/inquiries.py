"""One question to a vendor: asked once, looked for until it is answered, and booked.

A worker that is killed at any instant loses nothing: before something that costs is sent it is
written down, and an answer that takes long is known by its ticket before anybody waits for it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

from campaigns import choosing, criteria, runs, unanswered
from campaigns.asking import money, steps, verdicts
from campaigns.asking.openness import wake
from campaigns.asking.trouble import stop
from campaigns.discovery.live import Asking, LiveSource, NotYet, Question, Reply, Unanswerable
from campaigns.discovery.sources import LIVE_BY_SLUG, label
from campaigns.models import Inquiry, Run
from crm.keys import keys
from crm.outside import errors, leaving
from crm.outside.key import Key
from crm.tenants.acting import acting_for
from crm.work.drain import MOST_ATTEMPTS
from crm.work.lease import FREE, Lease
from crm.work.models import State
from crm.work.table import Table

# The one after which a row of work would be given up.
LAST_ATTEMPT = MOST_ATTEMPTS
# What stands in a question that nobody has been asked.
UNSENT: dict[str, Any] = {"sent_at": None, "credits": 0, "cost_micros": 0}


def ask(row: Inquiry, lease: Lease) -> None:
    """Ask, or look for the answer, with no transaction open; then write what came of it."""
    source = LIVE_BY_SLUG[row.source_run.source]
    with acting_for(row.tenant):
        asking = _begin(row, source, lease)
    if asking is None:
        return
    try:
        with leaving.noted(lambda: _goes_out(row, source, lease)):
            answer = source.ask(asking)
    except (errors.Outside, Unanswerable) as error:
        _fail(row, lease, source, asking.key, error)
        return
    if isinstance(answer, NotYet):
        _look_again(row, lease, answer.seconds)
    else:
        _answered(row, lease, source, answer)
    if asking.key is not None:
        keys.report(asking.key, None)


def _goes_out(row: Inquiry, source: LiveSource, lease: Lease) -> None:
    """Mark that it may be charged for from now on."""
    if source.costs and row.sent_at is None:
        now = timezone.now()
        with acting_for(row.tenant):
            lease.write(row, sent_at=now)
        row.sent_at = now


def _fail(
    row: Inquiry, lease: Lease, source: LiveSource, key: Key | None, error: Exception
) -> None:
    """Write what becomes of a question that got no answer, or none that can be used."""
    match error:
        case errors.Later():
            _put_off(row, lease, error.until)
        case errors.Refused():
            _refused(row, lease, source, key, error)
        case errors.Away():
            _away(row, lease, source, error)
        case errors.NotReadable() | errors.TooBig():
            # It was answered, only not so that anybody could read it.
            _away(row, lease, source, errors.Away(str(error), was_sent=True))
        case Unanswerable():
            spent = error.cost_micros
            _close(row, lease, source, str(error), quantity=int(spent > 0), cost_micros=spent)
        case _:
            # An answer that was asked for is paid for, whatever became of it.
            is_out = bool(row.ticket)
            spent = source.charge() if is_out else 0
            _close(row, lease, source, str(error), quantity=int(is_out), cost_micros=spent)


def _begin(row: Inquiry, source: LiveSource, lease: Lease) -> Asking | None:
    """Set aside what it may cost; None where there is nothing to ask any more."""
    run = row.source_run.run = runs.locked(row.source_run.run)
    key = choosing.key_of(row.tenant, source)
    if source.costs and row.sent_at is not None and not row.ticket:
        noted = money.book(row, source, quantity=1, cost_micros=source.charge())
        _end(row, lease, trouble=unanswered.LOST, **noted)
        return None
    if run.state == Run.State.PAUSED and not row.ticket:
        lease.write(row, state=State.HELD, **FREE)
        return None
    if source.service and key is None:
        # An answer that was asked for is looked for when there is a key again.
        lease.write(row, state=State.HELD, **FREE)
        stop(row.source_run, money.missing(source))
        return None
    if not row.ticket and not _may_go(row, source, key, lease):
        return None
    wanted = criteria.read(run.wanted)

    def keep(ticket: str) -> None:
        with acting_for(row.tenant):
            lease.write(row, ticket=ticket)
        row.ticket = ticket

    return Asking(
        tenant=row.tenant,
        wanted=wanted,
        target=wanted.target(),
        key=key,
        question=Question(row.key, row.asked),
        ticket=row.ticket,
        since=row.sent_at,
        metadata={"inquiry": str(row.pk)},
        keep=keep,
    )


def _away(row: Inquiry, lease: Lease, source: LiveSource, away: errors.Away) -> None:
    """Try again where nothing can have been charged; raises the error to have it tried again."""
    if source.costs and not row.ticket and away.was_sent:
        _close(row, lease, source, unanswered.NO_ANSWER, cost_micros=source.charge())
        return
    if row.attempts + 1 >= LAST_ATTEMPT:
        _hold(row, lease, f"{source.label}: {away} Resume to try again.")
        return
    if not row.ticket:
        with acting_for(row.tenant):
            lease.write(row, **UNSENT)
    raise away


def _may_go(row: Inquiry, source: LiveSource, key: Key | None, lease: Lease) -> bool:
    """Say whether it may be sent, and set aside what it may cost."""
    run = row.source_run.run
    if not runs.missing(run) or not run.is_active:
        _end(row, lease, trouble=unanswered.NOT_NEEDED, **UNSENT)
        return False
    if row.credits or row.cost_micros:
        # A worker died before it went out.
        lease.write(row, **UNSENT)
    allowed = money.allowance(row.source_run, source, row)
    if allowed.trouble:
        lease.write(row, state=State.HELD, **FREE)
        stop(row.source_run, allowed.trouble)
        return False
    if not allowed.questions:
        steps.cut_short(row.source_run)
        _end(row, lease, trouble=unanswered.NOT_PAID)
        return False
    if source.costs:
        # What it may cost stands there until it is known.
        row.credits, row.cost_micros = choosing.price(source, key), source.charge()
        lease.write(row, credits=row.credits, cost_micros=row.cost_micros)
    return True


def _answered(row: Inquiry, lease: Lease, source: LiveSource, reply: Reply) -> None:
    with acting_for(row.tenant):
        run = runs.locked(row.source_run.run)
        row.source_run.run = run
        noted = money.book(row, source, quantity=reply.quantity, cost_micros=reply.cost_micros)
        is_wanted = run.is_active and runs.missing(run) > 0
        if not (is_wanted or source.costs):
            # Asked once more for nothing, when somebody needs it.
            _end(row, lease, trouble=unanswered.NOT_NEEDED)
            return
        state = State.HELD if run.state == Run.State.PAUSED else State.READY
        fresh = verdicts.queue(row, reply.seen, state if is_wanted else State.DONE)
        steps.follow(row.source_run, reply.more, row.wave, state if is_wanted else State.DONE)
        said = dict(reply.said)
        _end(row, lease, told=len(reply.seen), fresh=fresh, said=said, **noted)


def _look_again(row: Inquiry, lease: Lease, seconds: float) -> None:
    with acting_for(row.tenant):
        runs.locked(row.source_run.run)
        later = Now() + timedelta(seconds=seconds)
        lease.release(row, state=State.WAITING, due_at=later)


def _put_off(row: Inquiry, lease: Lease, until: datetime) -> None:
    """Wait as long as the vendor or our own bound says; nothing was charged."""
    with acting_for(row.tenant):
        runs.locked(row.source_run.run)
        unsent = {} if row.ticket else UNSENT
        lease.release(row, state=State.WAITING, due_at=until, **unsent)


def _refused(
    row: Inquiry, lease: Lease, source: LiveSource, key: Key | None, refused: errors.Refused
) -> None:
    if key is not None:
        keys.report(key, refused)
    mend = "Mend it under API keys, then resume."
    if refused.kind == "model":
        mend = "Resume when that is done."
    elif key is not None and key.is_system:
        mend = "Put one in under API keys, or resume when that is done."
    _hold(row, lease, f"{source.label}: {keys.words(refused)} {mend}")


def _hold(row: Inquiry, lease: Lease, said: str) -> None:
    """Let the question wait until a person has mended what is wrong."""
    with acting_for(row.tenant):
        runs.locked(row.source_run.run)
        unsent = {} if row.ticket else UNSENT
        lease.write(row, state=State.HELD, attempts=0, last_error=said, **FREE, **unsent)
        stop(row.source_run, said)


def _close(
    row: Inquiry,
    lease: Lease,
    source: LiveSource,
    said: str,
    *,
    cost_micros: int = 0,
    quantity: int = 1,
) -> None:
    """End a question of which nothing can be used."""
    with acting_for(row.tenant):
        runs.locked(row.source_run.run)
        noted: dict[str, Any] = {"credits": 0, "cost_micros": 0}
        if quantity:
            noted = money.book(row, source, quantity=quantity, cost_micros=cost_micros)
        _end(row, lease, trouble=said[:500], **noted)


def _end(row: Inquiry, lease: Lease, **changes: Any) -> None:
    lease.finish(row, **changes)
    if not wake(row.source_run):
        runs.finish(row.source_run.run)


def gave_up(row: Inquiry) -> None:
    """Hold the source: a question of it fails again and again. What was sent is paid for."""
    source = LIVE_BY_SLUG.get(row.source_run.source)
    if source is not None and row.sent_at is not None:
        noted = money.book(row, source, quantity=1, cost_micros=source.charge())
        Inquiry.of(row.tenant).filter(pk=row.pk).update(sent_at=None, ticket="", **noted)
    stop(
        row.source_run,
        f"{label(row.source_run.source)} failed again and again. Whoever looks after this"
        " installation sees why in Operations.",
    )


def hold(row: Inquiry) -> None:
    """Take the run before its question."""
    runs.locked(row.source_run.run)


def risk(row: Inquiry) -> str:
    """Say what queueing a dead question again would cost."""
    source = LIVE_BY_SLUG.get(row.source_run.source)
    if source is None or not source.costs:
        return ""
    return "It is asked anew and paid for once more."


def about(row: Inquiry) -> str:
    """Say to people what it is for."""
    return f"{row.source_run.run}: {label(row.source_run.source)} is asked"


TABLE = Table(
    model=Inquiry,
    work=ask,
    gave_up=gave_up,
    hold=hold,
    about=about,
    risk=risk,
    batch=8,
    threads=8,
    related=("source_run__run__campaign",),
)
