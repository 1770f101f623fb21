"""What becomes of a question to the AI that is answered, or is not: written down and booked.

All of it in the transaction of the caller, with the row as `held` gives it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

from crm.keys import keys
from crm.outside import clock, errors
from crm.work.lease import Lease, LeaseLost
from crm.work.models import State
from leads.analysing import analyses, money
from leads.models import Analysis

Phase = Analysis.Phase
# Calls that gave no answer, before it is given up.
MOST_TRIES, SECONDS_BETWEEN_TRIES = 3, 4
# An answer that was asked for is looked for when the key works again, but not for ever.
LOOKED_FOR = timedelta(days=1)
BETWEEN_LOOKS = timedelta(minutes=5)
LOST = "The answer was lost on its way. No credits were taken; ask again."
VOID = (
    "Somebody was removed from the lead while the AI was asked about it, so its answer was not"
    " kept. No credits were taken; ask again."
)


def held(row: Analysis) -> Analysis:
    """Give the row as it is now, and hold it; raises LeaseLost where its lead was deleted."""
    rows = Analysis.of(row.tenant).filter(pk=row.pk)
    if rows.select_for_update(no_key=True).first() is None:
        raise LeaseLost(f"{row} was deleted.")
    return rows.select_related(
        "tenant", "by", "lead__tenant", "lead__organisation__group", "lead__stage"
    ).get()


def told(now: Analysis, lease: Lease, *, cost_micros: int, **kept: Any) -> None:
    """Keep an answer that can be used: it takes what was set aside."""
    noted = money.book(now, now.lead, takes=True, cost_micros=cost_micros)
    _finish(now, lease, phase=Phase.TOLD, **noted, **kept)


def failed(now: Analysis, lease: Lease, why: str, *, cost_micros: int = 0, **kept: Any) -> None:
    """End a question of which nothing can be used: it takes no credits."""
    if now.asked.get("is_void") and "sent_at" in now.asked:
        # What the model or the vendor says may name whoever was removed.
        why = VOID
    noted = money.book(now, now.lead, takes=False, cost_micros=cost_micros)
    _finish(now, lease, phase=Phase.FAILED, trouble=why[:500], **noted, **kept)


def _finish(now: Analysis, lease: Lease, **changes: Any) -> None:
    prompt = str(now.asked.get("prompt", ""))[:64]
    lease.finish(now, prompt=prompt, asked={}, answered_at=timezone.now(), **changes)
    analyses.tidy(now)


def unanswered(
    now: Analysis, lease: Lease, error: errors.Outside, *, since: datetime | None, charge: int
) -> None:
    """Write what becomes of a call that gave no answer; `charge` is the most it can have cost."""
    is_out, has_ticket = "sent_at" in now.asked, bool(now.asked.get("ticket"))
    match error:
        case errors.Later():
            lease.release(now, state=State.WAITING, due_at=error.until, **_unsent(now))
        case errors.Refused() if has_ticket:
            wait_for_key(now, lease, since=since, charge=charge)
        case errors.Refused():
            failed(now, lease, f"OpenAI: {keys.words(error)}")
        case errors.Away() if has_ticket or not (error.was_sent and is_out):
            _again(now, lease, error, charge)
        case errors.Away() | errors.NotReadable() | errors.TooBig():
            # It may have been answered, only not so that anybody could read it.
            failed(now, lease, str(error), cost_micros=charge if is_out else 0)
        case _:
            failed(now, lease, str(error), cost_micros=charge if has_ticket else 0)


def wait_for_key(now: Analysis, lease: Lease, *, since: datetime | None, charge: int) -> None:
    """Look for an answer that was asked for when there is a key again, within a day."""
    if since is None or since < timezone.now() - LOOKED_FOR:
        failed(now, lease, LOST, cost_micros=charge)
        return
    lease.release(now, state=State.WAITING, due_at=Now() + BETWEEN_LOOKS)


def _unsent(now: Analysis) -> dict[str, Any]:
    """What is to be written where nothing went out, or it came back uncharged."""
    if now.asked.get("ticket"):
        return {}
    left = {name: each for name, each in now.asked.items() if name != "sent_at"}
    return {"asked": left, "cost_micros": 0}


def _again(now: Analysis, lease: Lease, away: errors.Away, charge: int) -> None:
    tries = int(now.asked.get("tries", 0)) + 1
    if tries >= MOST_TRIES:
        failed(now, lease, str(away), cost_micros=charge if now.asked.get("ticket") else 0)
        return
    changes = _unsent(now)
    asked = changes.pop("asked", now.asked) | {"tries": tries}
    until = clock.from_now(SECONDS_BETWEEN_TRIES * 3**tries)
    lease.release(now, state=State.WAITING, due_at=until, asked=asked, **changes)
