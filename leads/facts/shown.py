"""A fact as its reader sees it: its value, who says so and in which words, how sure, how old."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from crm.look import formats
from enrichment import blend
from enrichment.blend import Value
from enrichment.fields import Field
from enrichment.providers.all import label as source_label
from enrichment.ways import WAYS
from leads.facts import proofs, writing
from leads.facts.reach import Reach
from leads.facts.writing import Written
from leads.models import Fact
from leads.records.known import Status

# How sure something is, in words: the least for each.
SURE = ((0.95, "Proven"), (0.8, "Sure"), (0.5, "Likely"), (0.3, "Unsure"), (0.0, "Doubtful"))
# What grows old within so many days is said to.
SOON = 56
# Of what the record held before.
STOOD = "It stood there before any source told it"
MOST_PROOFS = 20
MOST_NAMED = 3
LONGEST_QUOTE = 300


@dataclass
class Shown:
    """`is_in_record` says that it stands in the column; `reach` is what is known of an address or a
    number besides: whether mail arrives, whether it may be rung.
    """

    fact: Fact
    field: Field
    is_in_record: bool = False
    today: date | None = None
    reach: Reach | None = None

    @property
    def _day(self) -> date:
        return self.today or timezone.localdate()

    @cached_property
    def written(self) -> Written:
        return writing.write(self.field, self.fact.value)

    @cached_property
    def proofs(self) -> list["ProofShown"]:
        return list(_proofs(self.fact))

    @cached_property
    def sureness(self) -> float:
        """How sure it is today, 0 to 1."""
        if (value := _blended(self.fact, self._day)) is not None:
            return value.sureness
        age = max(0, (self._day - self.fact.seen_on).days)
        return float(self.fact.sureness * 0.5 ** (age / self.field.half_life))

    @property
    def sure(self) -> str:
        """In words, with the figure."""
        if self.decided:
            return self.decided
        if self.is_denied:
            return "Denied"
        word = next(word for least, word in SURE if self.sureness >= least)
        if self.is_guess and self.sureness < 0.5:
            word = "A guess"
        return f"{word}, {self.sureness * 100:.0f} %"

    @property
    def decided(self) -> str:
        """Say which person vouches for it, "" where none does."""
        if self.fact.status != Status.APPLIED or self.fact.decided_at is None:
            return ""
        return f"Accepted by {self.fact.decided_by or 'a colleague'}"

    @property
    def is_denied(self) -> bool:
        """Whether it stands in the record, and whoever was asked about it says otherwise."""
        rows = self.fact.proofs if isinstance(self.fact.proofs, list) else []
        told = [row for row in rows if isinstance(row, dict) and row.get("source") != proofs.RECORD]
        return bool(told) and all(row.get("is_denied") for row in told)

    @property
    def is_guess(self) -> bool:
        return self.fact.way == "guess"

    @property
    def source(self) -> str:
        return source_label(self.fact.source)

    @property
    def told_by(self) -> str:
        """Name those who say so, in few words."""
        names = list(dict.fromkeys(each.source for each in self.proofs if not each.is_denied))
        more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
        return ", ".join([*names[:MOST_NAMED], *more])

    @property
    def is_stale(self) -> bool:
        return self.fact.old_on <= self._day

    @property
    def age(self) -> str:
        """Say in words how old it is for what it is."""
        left = (self.fact.old_on - self._day).days
        if left <= 0:
            return f"Stale since {formats.absolute(self.fact.old_on)}"
        return f"Grows old in {_span(left)}" if left <= SOON else "Fresh"

    @property
    def clock(self) -> str:
        """Name the tone of its age."""
        if self.is_stale:
            return "stale"
        return "fading" if (self.fact.old_on - self._day).days <= SOON else "fresh"


@dataclass(frozen=True)
class ProofShown:
    """What one source says of it; `url` may be linked to, "" where there is no page."""

    source: str
    way: str
    quote: str
    url: str
    page: str
    as_of: date | None
    seen_on: date | None
    is_denied: bool


def _proofs(fact: Fact) -> Iterator[ProofShown]:
    rows = fact.proofs if isinstance(fact.proofs, list) else []
    for row in rows[:MOST_PROOFS]:
        if not isinstance(row, dict):
            continue
        source, way = str(row.get("source", "")), WAYS.get(str(row.get("way", "")))
        # A person may have written it, and so may have the campaign or file that brought the lead.
        said = STOOD if source == proofs.RECORD else way.label if way else ""
        url = writing.safe(row.get("url", ""))
        yield ProofShown(
            source_label(source),
            said,
            str(row.get("quote") or "")[:LONGEST_QUOTE],
            url,
            writing.link(url) if url else "",
            _day(row.get("as_of")),
            _day(row.get("seen_on")),
            bool(row.get("is_denied")),
        )


def _day(said: Any) -> date | None:
    try:
        return date.fromisoformat(str(said)) if said else None
    except ValueError:
        return None


def _blended(fact: Fact, today: date) -> Value | None:
    """Reckon its sureness anew from its proofs; None where they can't be read any more."""
    about = str(fact.contact_id) if fact.contact_id else ""
    rows = [
        row
        for row in (fact.proofs if isinstance(fact.proofs, list) else [])
        if isinstance(row, dict) and row.get("way") in WAYS and _day(row.get("seen_on"))
    ]
    if not rows or len(rows) != len(fact.proofs):
        return None
    try:
        read = proofs.read(fact.field, fact.value, rows, about)
        found = blend.values(read, today)
    except (KeyError, TypeError, ValueError):
        return None
    return found[0] if found else None


def _span(days: int) -> str:
    if days >= 14:
        return f"{days // 7} weeks"
    return "a day" if days == 1 else f"{days} days"
