"""What the pages tell of a lead's scores beside the receipt: their trend, and fit by engagement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from leads.models import Lead, Override, Score
from leads.scored import overriding
from leads.scored.overriding import Word
from leads.scored.thinning import KEPT_WHOLE

MOST = 60
# A line in a field of so many by so many.
WIDE, HIGH = 240, 60
# From so many of 100 on; the last of each is all that is below.
FIT = (("A", 75), ("B", 50), ("C", 25), ("D", 0))
ENGAGEMENT = (("1", 50), ("2", 25), ("3", 1), ("4", 0))
FIT_SAID = {"A": "whom we look for", "B": "much like it", "C": "a little like it", "D": "unlike it"}
ENGAGEMENT_SAID = {"1": "much", "2": "some", "3": "a little", "4": "none"}


@dataclass(frozen=True)
class Step:
    """A reckoning by `score`, or a person's word by `word`.

    `shown` is what the lead shows from then on, `before` what it showed until then, None where
    that is not known any more.
    """

    at: datetime
    shown: int
    before: int | None
    score: Score | None = None
    word: Word | None = None


@dataclass(frozen=True)
class Trend:
    """`points` is a line for an SVG of WIDE by HIGH, from 0 up to 100; `steps` are newest first.

    `is_thinned` says that some are so old that others beside them may be gone.
    """

    steps: list[Step]
    points: str
    is_cut: bool
    is_thinned: bool


def trend(lead: Lead) -> Trend:
    """Give how the points of a lead have changed, by reckonings and by people's words."""
    found = Score.of(lead.tenant).filter(lead=lead).select_related("card").order_by("-id")
    rows = list(found.defer("receipt")[: MOST + 1])
    words = overriding.words(lead, MOST + 1)
    is_thinned = bool(rows) and rows[-1].at < timezone.now() - KEPT_WHOLE
    steps = _steps(rows, words)
    return Trend(steps[:MOST], _line(steps[:MOST]), len(steps) > MOST, is_thinned)


def _steps(rows: Sequence[Score], words: Sequence[Word]) -> list[Step]:
    """Give both in one order, each with what the lead showed before and after."""
    both: list[Score | Word] = sorted([*rows, *words], key=lambda each: each.at)
    steps: list[Step] = []
    shown: int | None = None
    reckoned: int | None = None
    is_set = False
    for each in both:
        before = shown
        if isinstance(each, Score):
            reckoned = each.points
            shown = shown if is_set and shown is not None else reckoned
            steps.append(Step(each.at, shown, before, score=each))
        else:
            is_set = each.points is not None
            shown = each.points if is_set else reckoned
            if shown is not None:
                steps.append(Step(each.at, shown, before, word=each))
    return steps[::-1]


def _line(steps: Sequence[Step]) -> str:
    if len(steps) < 2:
        return ""
    first, last = steps[-1].at, steps[0].at
    span = (last - first).total_seconds() or 1
    spots: list[str] = []
    before = ""
    for each in reversed(steps):
        across = f"{WIDE * (each.at - first).total_seconds() / span:.1f}"
        down = f"{HIGH - HIGH * each.shown / 100:.1f}"
        # What it was it stays until the next reckoning: it goes up and down in steps.
        spots += [f"{across},{before}", f"{across},{down}"] if before else [f"{across},{down}"]
        before = down
    return " ".join(spots)


@dataclass(frozen=True)
class Cell:
    """A field of the matrix; `is_here` is the lead's own."""

    name: str
    said: str
    is_here: bool


def matrix(lead: Lead) -> list[list[Cell]]:
    """Give fit by engagement, the best first; nothing where either is unknown and none is here."""
    fit, engagement = _band(FIT, lead.fit), _band(ENGAGEMENT, lead.engagement)
    return [
        [
            Cell(
                f"{row}{column}",
                f"Fit {row}, {FIT_SAID[row]}; engagement {column}, {ENGAGEMENT_SAID[column]}",
                (row, column) == (fit, engagement),
            )
            for column, _ in ENGAGEMENT
        ]
        for row, _ in FIT
    ]


def place(lead: Lead) -> str:
    """Name the lead's field of the matrix, "" where its fit is unknown.

    Who was never written to has no engagement yet.
    """
    fit = _band(FIT, lead.fit)
    return f"{fit}{_band(ENGAGEMENT, lead.engagement)}" if fit else ""


def _band(bands: tuple[tuple[str, int], ...], value: int | None) -> str:
    if value is None:
        return "4" if bands is ENGAGEMENT else ""
    return next(name for name, least in bands if value >= least)


def override(lead: Lead) -> Override | None:
    """Give what a person said, if that stands."""
    if not lead.is_set:
        return None
    return Override.of(lead.tenant).filter(lead=lead).select_related("by").first()
