"""A model in plain words: what it learnt from, how right it was, and what it goes by."""

from collections.abc import Iterable
from dataclasses import dataclass

from crm.look.graphs import Bar, Said
from leads.models import ChanceModel
from leads.scored import thinning
from scoring.chance.history import LEAST_LOST, LEAST_WON
from scoring.chance.model import Model
from scoring.chance.validation import Figures

MOST_SHOWN = 10
# What moves the odds by less is nothing to tell of.
LEAST_SPREAD = 0.02


@dataclass(frozen=True)
class Measure:
    """One figure of the model beside always saying the base rate, and knowing one thing only."""

    label: str
    hint: str
    model: str
    base: str
    single: str


def measures(model: Model) -> list[Measure]:
    """Give how right it was on the leads that it did not learn from."""
    record = model.record
    three = (record.figures, record.base_figures, record.single_figures)
    return [Measure(label, hint, *map(said, three)) for label, hint, said in MEASURES]


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _first(figures: Figures) -> str:
    return _percent(figures.roc_auc)


def _right(figures: Figures) -> str:
    return _percent(figures.accuracy)


def _off(figures: Figures) -> str:
    return f"{100 * figures.calibration_error:.1f} points"


def _lift(figures: Figures) -> str:
    return f"{figures.lift:.1f} times"


def _brier(figures: Figures) -> str:
    return f"{figures.brier:.3f}"


MEASURES = (
    ("Of a won and a lost lead it prefers the won one", "50 % is tossing a coin (ROC AUC)", _first),
    ("It calls the outcome right", "Won from a chance of 50 % on (accuracy)", _right),
    ("Its chances are off by", "The mean over ten groups: less is better (calibration)", _off),
    ("Wins among the best tenth, against all", "1.0 is no help (lift)", _lift),
    ("Mean squared error", "Less is better (Brier)", _brier),
)


def weights(model: Model) -> list[Bar]:
    """Draw what it goes by, the weightiest first: how far each thing sets leads apart."""
    unknown = model.unknown_shares()
    terms = sorted(model.formula.terms, key=lambda term: -term.spread)
    told = [term for term in terms if term.spread >= LEAST_SPREAD][:MOST_SHOWN]
    return [
        Bar(
            term.feature.label,
            term.spread,
            Said(f"{term.spread:.2f}", hint="Spread of its effect on the log odds"),
            note=f"not known of {_percent(unknown[term.feature.label])}"
            if unknown[term.feature.label] >= 0.005
            else "",
        )
        for term in told
    ]


@dataclass(frozen=True)
class Count:
    """How many leads of an outcome there are of those that it takes."""

    label: str
    many: int
    least: int

    @property
    def missing(self) -> int:
        return max(0, self.least - self.many)


def counts(won: int, lost: int) -> list[Count]:
    """Give what there is to learn from."""
    return [Count("Won", won, LEAST_WON), Count("Lost", lost, LEAST_LOST)]


def missing(known: Iterable[Count]) -> str:
    """Say what is missing: “32 more won and 12 more lost leads are needed”; "" if nothing is."""
    short = [each for each in known if each.missing]
    if not short:
        return ""
    words = " and ".join(f"{each.missing:,} more {each.label.lower()}" for each in short)
    one = len(short) == 1 and short[0].missing == 1
    return f"{words} {'lead is' if one else 'leads are'} needed"


@dataclass(frozen=True)
class Attempt:
    """A training that was; `did` is what came of it, in a word."""

    row: ChanceModel
    did: str
    tone: str


def attempt(row: ChanceModel, *, has_model: bool) -> Attempt:
    """Say what came of a training."""
    if row.is_current:
        return Attempt(row, "In use", "good")
    if not has_model:
        return Attempt(row, "No model", "warn")
    took_over = row.figures.get("took_over")
    return Attempt(row, "Was in use" if took_over else "Did not take over", "quiet")


SETTLED, BEFORE = thinning.SETTLED.days, thinning.BEFORE.days
