"""What was won and lost so far, in the order of time, or why it is too little to learn from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from scoring.chance.clean import moment
from scoring.chance.example import Example

# Some ten of the rarer outcome for each fact that really matters, and few companies have fewer
# than five such facts; it also leaves about ten of each among the newest fifth.
LEAST_WON = 50
LEAST_LOST = 50
# The chance is checked on the newest fifth, which nothing is learnt from.
HELD_OUT = 0.2
# With fewer of either outcome there, no figure means anything.
LEAST_HELD_OUT = 5
LEAST_TRAINING = 20
# The newest are the most like those to come, and memory has an end.
MOST_EXAMPLES = 20_000


@dataclass(frozen=True)
class LeftOut:
    """Examples that nothing is learnt from: dated later than now, further rows of a pursuit that
    is there already, and older than the newest 20,000.
    """

    in_future: int = 0
    repeated: int = 0
    too_old: int = 0


@dataclass(frozen=True)
class History:
    """Both parts have the oldest first, and all of `held_out` is later than all of `training`."""

    training: tuple[Example, ...]
    held_out: tuple[Example, ...]
    left_out: LeftOut


@dataclass(frozen=True)
class Refusal:
    """`reason` is a sentence; `missing_…` how many more leads of that outcome it takes at least."""

    reason: str
    won: int
    lost: int
    missing_won: int
    missing_lost: int
    left_out: LeftOut


def arrange(
    examples: Iterable[Example],
    *,
    now: datetime,
    least_won: int = LEAST_WON,
    least_lost: int = LEAST_LOST,
) -> History | Refusal:
    """Order them by time and hold out the newest fifth; refuse where there are too few."""
    known, left_out = usable(examples, now)
    won = sum(each.is_won for each in known)
    lost = len(known) - won

    def refuse(reason: str, missing_won: int = 0, missing_lost: int = 0) -> Refusal:
        return Refusal(reason, won, lost, missing_won, missing_lost, left_out)

    missing = (max(0, least_won - won), max(0, least_lost - lost))
    if any(missing):
        return refuse(too_few(won, lost, missing, (least_won, least_lost)), *missing)
    cut = cut_at(known)
    if cut is None:
        return refuse("Too many leads ended at one and the same time to tell older from newer.")
    training, held_out = known[:cut], known[cut:]
    for part, least, name in (
        (training, LEAST_TRAINING, "the older four fifths"),
        (held_out, LEAST_HELD_OUT, "the newest fifth"),
    ):
        here = sum(each.is_won for each in part)
        short = (max(0, least - here), max(0, least - len(part) + here))
        if any(short):
            return refuse(
                f"Of {name} of the leads {here:,} were won and {len(part) - here:,} lost; "
                f"it takes {least} of each there to learn and to check.",
                *short,
            )
    return History(tuple(training), tuple(held_out), left_out)


def usable(examples: Iterable[Example], now: datetime) -> tuple[list[Example], LeftOut]:
    """Those that count, the oldest first."""
    given = list(examples)
    past = [each for each in given if moment(each.at) <= moment(now)]
    past.sort(key=lambda each: moment(each.at))
    newest = {each.key: n for n, each in enumerate(past) if each.key}
    once = [each for n, each in enumerate(past) if not each.key or newest[each.key] == n]
    known = once[-MOST_EXAMPLES:]
    return known, LeftOut(len(given) - len(past), len(past) - len(once), len(once) - len(known))


def cut_at(known: Sequence[Example]) -> int | None:
    """Where the newest fifth begins; what happened at one time stays together, if it can."""
    fair = len(known) - int(len(known) * HELD_OUT)
    for cut in sorted(range(len(known) // 2, len(known)), key=lambda cut: abs(cut - fair)):
        if cut and moment(known[cut - 1].at) < moment(known[cut].at):
            return cut
    return None


def too_few(won: int, lost: int, missing: tuple[int, int], least: tuple[int, int]) -> str:
    if not won or not lost:
        only = "won" if won else "lost"
        all_were = f"All {won + lost:,} leads were {only}. "
        start = all_were if won + lost else "No lead that has ended counts yet. "
    else:
        start = f"{won:,} leads were won and {lost:,} lost. "
    words = " and ".join(
        f"{many:,} more {name} {'lead is' if many == 1 else 'leads are'} missing"
        for many, name in zip(missing, ("won", "lost"), strict=True)
        if many
    )
    return f"{start}It takes {least[0]} won and {least[1]} lost: {words}."
