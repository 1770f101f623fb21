"""How things stand, in a sentence or two: the worst first."""

from collections.abc import Iterable
from dataclasses import dataclass

from crm.look.formats import roughly, thousands
from crm.work.queue import Depth, in_all
from crm.work.signs_of_life import is_fresh

# Whoever waits for longer than that would like to know why.
SECONDS_TO_WAIT = 60.0

START_ONE = (
    "Whoever looks after this installation starts one with “make run” or “manage.py runworker”; "
    "then everything goes on by itself."
)
WHY = "The reason stands beside each; what was its cause may be over by now."
LOG = ", and the worker's log says why"
ASK = "; tell whoever looks after this installation"
WHOSE = "Each company's owners and managers see why, and can queue them again."


@dataclass(frozen=True)
class Verdict:
    """`tone` is good, warn or bad; `remarks` are the sentences behind the first."""

    tone: str
    icon: str
    sentence: str
    remarks: tuple[str, ...] = ()


def judge(
    depths: Iterable[Depth], *, heartbeat_age: float | None, is_moving: bool, is_of_all: bool
) -> Verdict:
    """Say what is wrong, or that nothing is; `is_of_all` for the depths of all companies."""
    total = in_all(depths)
    wrong = [
        *_worker(heartbeat_age),
        *_failed(int(total["dead"]), is_of_all=is_of_all),
        *_waiting(
            total["oldest_waiting_s"],
            is_moving=is_moving or total["leased"] > 0,
            is_of_all=is_of_all,
        ),
    ]
    if not wrong:
        return Verdict("good", "circle-check", "Everything runs.", (_under_way(total),))
    worst, *others = wrong
    more = tuple(each.sentence for each in others)
    return Verdict(worst.tone, worst.icon, worst.sentence, (*worst.remarks, *more))


def _worker(age: float | None) -> list[Verdict]:
    if is_fresh(age):
        return []
    said = "has ever been heard of" if age is None else f"has been heard of for {roughly(age)}"
    return [Verdict("bad", "unplug", f"No worker {said}.", (START_ONE,))]


def _failed(dead: int, *, is_of_all: bool) -> list[Verdict]:
    if not dead:
        return []
    said = f"{_pieces(dead)} {'has' if dead == 1 else 'have'} failed."
    return [Verdict("bad", "circle-alert", said, (WHOSE if is_of_all else WHY,))]


def _waiting(seconds: float, *, is_moving: bool, is_of_all: bool) -> list[Verdict]:
    if seconds <= SECONDS_TO_WAIT:
        return []
    why = "workers are busy" if is_moving else f"nobody takes it up{LOG if is_of_all else ASK}"
    said = f"The oldest piece of work has waited {roughly(seconds)}: {why}."
    return [Verdict("warn", "hourglass", said)]


def _under_way(total: dict[str, float]) -> str:
    """Say what goes on, where something does."""
    said = [
        f"{_pieces(many)} {'is' if many == 1 else 'are'} {where}"
        for many, where in ((total["leased"], "at work"), (total["ready"], "queued"))
        if many
    ]
    return f"{', '.join(said)}." if said else "Nothing waits for a worker."


def _pieces(many: float) -> str:
    return "1 piece of work" if many == 1 else f"{thousands(int(many))} pieces of work"
