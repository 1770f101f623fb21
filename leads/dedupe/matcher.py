"""Whether two records are one: same, maybe or different, with what speaks for it and against."""

import math
from collections.abc import Set
from dataclasses import dataclass, field
from enum import StrEnum

from leads.dedupe import grounds, thresholds
from leads.dedupe.commonness import Commonness
from leads.dedupe.grounds import Ground
from leads.dedupe.record import Record

UNKNOWN = Commonness()
# Each of these may mean that they are two: nothing is merged over it by itself. "Two codes with one
# name and one postcode" are here, and the sites of a chain that share a number to call.
BARS = frozenset({
    "number_other", "entries_apart", "rivals", "bearers_several", "bearers_many",
})  # fmt: skip
# So may these, but of names that only are alike.
DOUBTS = frozenset({"trade_other", "kind_other", "figures_differ", "name_generic"})
# At the least a rare word in common.
NAMES = frozenset({
    "name_same", "name_former", "name_nearly", "name_alike", "name_contained", "name_partly",
    "name_word",
})  # fmt: skip


class Answer(StrEnum):
    """`same` is merged by itself, `maybe` is a person's to decide."""

    SAME = "same"
    MAYBE = "maybe"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`confidence`, 0 to 100, is how strongly the two look like one; `points` is the sum behind."""

    answer: Answer
    confidence: int
    speaks_for: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    points: int = 0


def compare(one: Record, other: Record, *, commonness: Commonness = UNKNOWN) -> Verdict:
    """Weigh two records; the same whichever is given first."""
    best = grounds.names_of(one, other, commonness)
    found = list(grounds.found(one, other, best, commonness))
    points = thresholds.BEGINNING + sum(thresholds.POINTS[each.slug] for each in found)
    doubtful = thresholds.MAYBE_ACROSS_AT if commonness.is_across else thresholds.MAYBE_AT
    slugs = {each.slug for each in found}
    is_one_site = _is_one_site(one, other, slugs, commonness)
    answer = _answer(slugs, points, doubtful, is_one_site=is_one_site)
    return Verdict(answer, _confidence(points, answer), *_said(found), points)


def _answer(slugs: Set[str], points: int, doubtful: int, *, is_one_site: bool) -> Answer:
    if "entry_same" in slugs:
        return Answer.SAME
    if (is_one_site or _is_sure(slugs, points)) and slugs.isdisjoint(BARS):
        return Answer.SAME
    return Answer.MAYBE if is_one_site or points >= doubtful else Answer.DIFFERENT


def _is_one_site(one: Record, other: Record, slugs: Set[str], commonness: Commonness) -> bool:
    """Name or number, and postcode or phone; where a name says nothing, its door as well.

    All sites of a company may answer one phone: elsewhere its number is no site's.
    """
    is_here = "postcode_same" in slugs
    is_called = "phone_same" in slugs
    is_elsewhere = one.postcode and other.postcode and not is_here
    if one.company_number and one.company_number == other.company_number:
        return is_here or (is_called and not is_elsewhere)
    if "name_same" not in slugs:
        return False
    if commonness.says_nothing(one, other):
        return is_here and one.premise == other.premise
    return is_here or is_called


def _is_sure(slugs: Set[str], points: int) -> bool:
    """Names that are alike at one postcode, or at one door whose postcode has changed."""
    is_one_door = "door_same" in slugs or {"street_same", "building_same"} <= slugs
    is_near = not slugs.isdisjoint({"sector_same", "outward_same"})
    is_here = "postcode_same" in slugs or (is_one_door and is_near)
    is_told = not slugs.isdisjoint(NAMES) and slugs.isdisjoint(DOUBTS)
    return points >= thresholds.SAME_AT and is_here and is_told


def _confidence(points: int, answer: Answer) -> int:
    """The points as a strength up to 100, to order pairs by: no probability."""
    likely = round(100 / (1 + math.exp(-points / 10)))
    if answer == Answer.SAME:
        return max(likely, thresholds.LEAST_OF_SAME)
    return min(likely, thresholds.MOST_OF_MAYBE)


def _said(found: list[Ground]) -> tuple[list[str], list[str]]:
    """The weightiest first."""
    ordered = sorted(found, key=lambda each: -abs(thresholds.POINTS[each.slug]))
    speaks_for = [each.words for each in ordered if thresholds.POINTS[each.slug] > 0]
    return speaks_for, [each.words for each in ordered if thresholds.POINTS[each.slug] < 0]
