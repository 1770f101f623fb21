"""The timeline of a lead as its page tells it: changes of a person on one day in one quiet line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from leads.models import Lead, Origin, TimelineEntry
from leads.timeline import timeline
from leads.work.calls import Outcome

Kind = TimelineEntry.Kind
QUIET = {Kind.FIELD, Kind.SCORE}
# What the chips let through.
CHIPS: dict[str, tuple[str, tuple[Kind, ...]]] = {
    "": ("All", ()),
    "notes": ("Notes", (Kind.NOTE,)),
    "calls": ("Calls", (Kind.CALL,)),
    "tasks": ("Tasks", (Kind.TASK,)),
    "moves": ("Moves", (Kind.MOVE, Kind.ORIGIN)),
    "changes": ("Changes", (Kind.FIELD, Kind.SCORE)),
}
TONES = {
    Outcome.REACHED: "good",
    Outcome.CALL_BACK: "info",
    Outcome.WRONG_NUMBER: "bad",
}


@dataclass
class Item:
    """An entry, or several quiet ones: then `label` says what they are."""

    first: TimelineEntry
    rest: list[TimelineEntry] = field(default_factory=list)
    # Where it says more of the rule that did it, for those who write rules.
    rule_url: str = ""

    @property
    def entries(self) -> list[TimelineEntry]:
        """All of them, newest first."""
        return [self.first, *self.rest]

    @property
    def kind(self) -> str:
        return self.first.kind

    @property
    def label(self) -> str:
        """Say how much was changed."""
        if self.kind == Kind.SCORE:
            return f"The score changed {len(self.entries)} times"
        many = sum(1 + each.text.count("\n") for each in self.entries)
        return f"{self.first.by_label or 'The system'} made {many} changes"

    @property
    def outcome(self) -> str:
        """How a call went, in words."""
        known = self.first.outcome in Outcome.values
        return Outcome(self.first.outcome).label if known else ""

    @property
    def tone(self) -> str:
        """The tone of that."""
        return TONES.get(self.first.outcome, "quiet")  # type: ignore[call-overload]

    @property
    def text(self) -> str:
        """What was written; a call of which nothing was has its outcome alone."""
        said = self.first.text
        return "" if said == f"{self.outcome}." else said


@dataclass(frozen=True)
class Chip:
    """A choice of kinds; `is_on` if it is the one that is shown."""

    name: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class Story:
    """`older` is where the earlier ones begin, if there are any."""

    items: list[Item]
    chips: list[Chip]
    show: str
    older: UUID | None
    before: UUID | None


def read(
    lead: Lead, origins: Iterable[Origin], *, show: str = "", before: UUID | None = None
) -> Story:
    """Read what the chip lets through, for somebody to whom these origins are shown."""
    show = show if show in CHIPS else ""
    entries = timeline.shown(lead, origins, CHIPS[show][1], before=before)
    page = entries[: timeline.SHOWN]
    older = page[-1].pk if len(entries) > len(page) else None
    chips = [Chip(name, label, name == show) for name, (label, _) in CHIPS.items()]
    return Story(_grouped(page), chips, show, older, before)


def _grouped(entries: Iterable[TimelineEntry]) -> list[Item]:
    items: list[Item] = []
    quiet: dict[tuple[Any, date, str], Item] = {}
    for entry in entries:
        if entry.kind not in QUIET:
            items.append(Item(entry))
            continue
        key = (entry.by_id, timezone.localtime(entry.at).date(), entry.kind)
        if key in quiet:
            quiet[key].rest.append(entry)
        else:
            quiet[key] = Item(entry)
            items.append(quiet[key])
    return items
