"""What a preview found, as its page shows it: distributions before and after, and who changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crm import ids
from crm.look.graphs import Bar, Said
from crm.tenants.models import Membership
from leads.models import Lead
from leads.scorecards.trial import ALL_GRADES, BANDS, MOST_KEPT, TIERS
from leads.sight import sight

SHOWN = 25


@dataclass(frozen=True)
class Standing:
    """Points, tier and grade by one of the two cards."""

    points: int
    tier: str
    grade: str


@dataclass(frozen=True)
class ChangedLead:
    """`lead` is None for one that the reader doesn't see, or that is gone since."""

    lead: Lead | None
    before: Standing
    after: Standing

    @property
    def moves_tier(self) -> bool:
        return self.before.tier != self.after.tier

    @property
    def moves_grade(self) -> bool:
        return self.before.grade != self.after.grade


@dataclass(frozen=True)
class Page:
    """Some of the leads that change; the numbers of the pages beside, 0 where there is none."""

    leads: list[ChangedLead]
    number: int
    first: int
    last: int
    kept: int
    previous: int
    following: int

    @property
    def is_cut(self) -> bool:
        return self.kept >= MOST_KEPT


def points(found: Mapping[str, Any]) -> list[Bar]:
    """Give how many leads have so many points."""
    ends = [(10 * band, 100 if band == BANDS - 1 else 10 * band + 9) for band in range(BANDS)]
    return _bars([f"{least}–{most}" for least, most in ends], found.get("points"))


def tiers(found: Mapping[str, Any]) -> list[Bar]:
    """Give how many leads are in each tier."""
    return _bars([each.title() for each in TIERS], found.get("tiers"))


def grades(found: Mapping[str, Any]) -> list[Bar]:
    """Give how many leads have each grade."""
    return _bars([each or "Too little known" for each in ALL_GRADES], found.get("grades"))


def _bars(labels: Sequence[str], sides: Any) -> list[Bar]:
    before, after = sides or ([0] * len(labels), [0] * len(labels))
    return [
        Bar(label, now, shown=Said(f"{now:,}"), below=(_was(was, now),), before=was)
        for label, was, now in zip(labels, before, after, strict=True)
    ]


def _was(was: int, now: int) -> Said:
    return Said(f"{now - was:+,} from {was:,}" if now != was else "as before")


def page(found: Mapping[str, Any], number: int, membership: Membership) -> Page:
    """Give a page of the leads that change, those first that gain or lose most points."""
    kept = found.get("changed", [])
    pages = max(1, -(-len(kept) // SHOWN))
    at = min(max(number, 1), pages)
    rows = kept[(at - 1) * SHOWN : at * SHOWN]
    leads = _leads([row[0] for row in rows], membership)
    shown = [
        ChangedLead(leads.get(row[0]), Standing(*row[1:4]), Standing(*row[4:7])) for row in rows
    ]
    first = (at - 1) * SHOWN
    return Page(
        leads=shown,
        number=at,
        first=first + 1 if rows else 0,
        last=first + len(rows),
        kept=len(kept),
        previous=at - 1,
        following=at + 1 if at < pages else 0,
    )


def _leads(texts: Sequence[str], membership: Membership) -> dict[str, Lead]:
    idents: list[UUID] = [found for each in texts if (found := ids.read(each))]
    seen = sight.leads(membership).filter(pk__in=idents).select_related("organisation")
    return {str(lead.pk): lead for lead in seen}
