"""The sources of a run, a row for each: how it stands in words, what it found, what that took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from campaigns.asking.tally import NOTHING, Tally
from campaigns.discovery.live import LiveSource
from campaigns.discovery.sources import LIVE_BY_SLUG, label
from campaigns.models import Run, SourceRun
from campaigns.valid import Share
from crm.credits import words
from crm.keys import budget, keys
from crm.look.formats import clock
from crm.tenants.models import Tenant
from crm.work.models import State


@dataclass(frozen=True)
class Row:
    """`tone` and `icon` are those of a badge that says `word`; `said` tells more.

    `trouble` is what a person must mend, under the key of `service` if that stands in the way.
    """

    source: SourceRun
    label: str
    word: str
    tone: str
    icon: str
    said: str = ""
    trouble: str = ""
    service: str = ""
    spent: str = ""

    @property
    def valid(self) -> Share:
        return Share(self.source.verified, self.source.found)


@dataclass(frozen=True)
class Sources:
    """The rows of a run, and what asking has taken altogether, "" where nothing costs.

    `is_stopped`: all that is not over waits for a person to mend something.
    """

    rows: Sequence[Row]
    spent: str = ""
    is_stopped: bool = False

    @property
    def asks(self) -> bool:
        """Say whether one of them asks a vendor."""
        return any(row.source.source in LIVE_BY_SLUG for row in self.rows)

    @property
    def services(self) -> Sequence[str]:
        """Those whose keys stand in the way."""
        return [row.service for row in self.rows if row.service]


def read(run: Run, sources: Sequence[SourceRun], tallies: Mapping[UUID, Tally]) -> Sources:
    """Say how the sources of a run stand; the database is asked of the keys of stopped ones."""
    order = sorted(sources, key=lambda each: (each.source in LIVE_BY_SLUG, each.pk))
    rows = [_row(run, each, tallies.get(each.pk, NOTHING)) for each in order]
    going = [row for row in rows if not row.source.is_over]
    is_stopped = run.state == Run.State.PAUSED and all(row.trouble for row in going)
    return Sources(rows, _spent(run, list(tallies.values())), bool(going) and is_stopped)


def _spent(run: Run, tallies: Sequence[Tally]) -> str:
    """ "45 of 495 credits confirmed", and what own keys were charged."""
    credits = sum(tally.taken for tally in tallies)
    micros = sum(tally.own_micros for tally in tallies)
    parts = [f"{credits:,} of {run.credits_most:,} credits confirmed"] if run.credits_most else []
    parts += [f"{words.cost(micros)} charged to your own keys"] if micros else []
    return " and ".join(parts)


def _row(run: Run, source: SourceRun, tally: Tally) -> Row:
    live = LIVE_BY_SLUG.get(source.source)
    word, tone, icon, said = _standing(run, source, tally, asks=live is not None)
    is_stopped = source.state == State.HELD and bool(source.trouble)
    is_about_key = is_stopped and live is not None and _is_about_key(run.tenant, live)
    spent = [f"{tally.taken:,} credit{'s' * (tally.taken != 1)}"] if tally.taken else []
    spent += [words.cost(tally.own_micros)] if tally.own_micros else []
    return Row(
        source,
        label(source.source),
        word,
        tone,
        icon,
        said,
        trouble=source.trouble if is_stopped else "",
        service=live.service if live and is_about_key else "",
        spent=" and ".join(spent) or ("free" if live and not live.costs else ""),
    )


def _is_about_key(tenant: Tenant, live: LiveSource) -> bool:
    """Say whether there is no key that works, or no budget left for one question more."""
    if not live.service:
        return False
    bears = budget.bears(tenant, live.service, live.charge)
    return not (bears and keys.standing(tenant, live.service).usable)


def _standing(
    run: Run, source: SourceRun, tally: Tally, *, asks: bool
) -> tuple[str, str, str, str]:
    """Give the badge's word, tone and icon, and what more there is to say."""
    asked = _asked(tally) if asks else ""
    if source.state == State.DEAD:
        return "Failed", "bad", "circle-alert", asked
    if source.state == State.DONE:
        if run.state == Run.State.CANCELLED:
            return "Ended", "quiet", "circle-slash", asked
        return "Done", "good", "circle-check", asked
    if source.state == State.HELD and source.trouble:
        return "Stopped", "bad", "circle-alert", ""
    if source.state == State.HELD:
        return "Paused", "warn", "circle-pause", asked
    if asks:
        said = _works(source, tally)
        word = "Works" if said else "Waits"
        more = said or ("For the other sources." if not source.wave else "For its turn.")
        return word, "info" if said else "quiet", "loader" if said else "hourglass", more
    if source.attempts:
        return "Waits", "warn", "hourglass", f"Tried again at {clock(source.due_at)}."
    return "Works", "info", "loader", "Goes through the circle."


def _asked(tally: Tally) -> str:
    if not tally.answered:
        return ""
    vain = f", {tally.in_vain:,} in vain" if tally.in_vain else ""
    return f"Asked {_questions(tally.answered)}{vain}."


def _works(source: SourceRun, tally: Tally) -> str:
    """ "Asks 8 questions side by side, wave 2, 4 more to come. Checks 14." """
    said = []
    if tally.under_way:
        beside = " side by side" if tally.under_way > 1 else ""
        to_come = f", {tally.to_come:,} more to come" if tally.to_come else ""
        wave = f", wave {source.wave:,}" if source.wave else ""
        said.append(f"Asks {_questions(tally.under_way)}{beside}{wave}{to_come}.")
    elif tally.to_come:
        until = ""
        if tally.again_at is not None and tally.put_off == tally.to_come:
            until = f", the next at {clock(tally.again_at)}"
        said.append(f"{_questions(tally.to_come)} to come{until}.".capitalize())
    if tally.checking:
        said.append(f"Checks {tally.checking:,}.")
    return " ".join(said)


def _questions(many: int) -> str:
    return "1 question" if many == 1 else f"{many:,} questions"
