"""Learns from the older leads, in the order of time, and checks it on the newest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, pairwise, product
from statistics import fmean

from scoring.chance.calibration import UNCALIBRATED, Outcome, calibrate
from scoring.chance.clean import Clean, clean, moment
from scoring.chance.columns import Cells, Column, column
from scoring.chance.example import Example, Feature
from scoring.chance.fitting import Table, fit
from scoring.chance.formula import Formula
from scoring.chance.history import History
from scoring.chance.model import Model
from scoring.chance.record import Record
from scoring.chance.validation import losses, measure

MOST_FEATURES = 200
# How large effects may grow, and how many pairs are looked for; what suits is found by predicting
# ahead within the leads learnt from.
STRENGTHS = (0.03, 0.1, 0.3)
PAIRS = (0, 10)
# Where there is too little to find out.
CAUTIOUS = (0.1, 0)
# Shares of the leads learnt from: learn up to the one, predict up to the next.
STEPS = (0.4, 0.6, 0.8, 1.0)
LEAST_TO_STEP = 5

Choice = tuple[float, int]
Named = tuple[Feature, Column]


@dataclass(frozen=True)
class Known:
    """Leads from the oldest to the newest: for each feature the values of all."""

    features: Sequence[Feature]
    values: Sequence[Sequence[Clean]]
    won: Sequence[bool]

    def part(self, start: int, end: int) -> "Known":
        return Known(self.features, [each[start:end] for each in self.values], self.won[start:end])

    def only(self, name: str) -> "Known":
        n = [feature.name for feature in self.features].index(name)
        return Known([self.features[n]], [self.values[n]], self.won)


@dataclass(frozen=True)
class Step:
    """A table of what came first, and the cells and outcomes of what came next."""

    table: Table
    ahead: Sequence[Sequence[Cells]]
    won: Sequence[bool]

    def predict(self, choice: Choice) -> list[Outcome]:
        formula = fit(self.table, *choice)
        return list(zip(self.won, map(formula.total, self.ahead), strict=True))


def learn(history: History, features: Sequence[Feature], *, now: datetime) -> Model:
    """Settle on a model by the older leads alone, then measure it on those held out."""
    named = list({feature.name: feature for feature in features}.values())[:MOST_FEATURES]
    examples = history.training
    known = Known(named, values(examples, named), [each.is_won for each in examples])
    formula, choice = settle(known)
    single = max(formula.terms, key=lambda term: term.spread, default=None)
    alone = settle(known.only(single.feature.name))[0] if single else formula
    won = [each.is_won for each in history.held_out]
    base_rate = fmean(known.won)
    kept = {term.feature.name for term in formula.terms}
    record = Record(
        trained_at=moment(now),
        won=sum(known.won),
        lost=len(known.won) - sum(known.won),
        since=moment(examples[0].at),
        until=moment(examples[-1].at),
        base_rate=base_rate,
        strength=choice[0],
        pairs=len(formula.pairs),
        figures=measure(won, formula.chances(history.held_out)),
        base_figures=measure(won, [base_rate] * len(won)),
        single=single.feature.label if single else "",
        single_figures=measure(won, alone.chances(history.held_out)),
        left_out=history.left_out,
        constant=tuple(each.label for each in named if each.name not in kept),
    )
    return Model(formula, record)


def values(examples: Sequence[Example], features: Sequence[Feature]) -> list[list[Clean]]:
    return [
        [clean(each.features.get(feature.name), each.at) for each in examples]
        for feature in features
    ]


def settle(known: Known) -> tuple[Formula, Choice]:
    """Choose by predicting ahead, fit on all, and calibrate by what was predicted ahead."""
    steps = [each for start, end in pairwise(STEPS) if (each := step(known, start, end))]
    choice, ahead = choose(steps) if steps else (CAUTIOUS, [])
    columns, cells = cut(known)
    formula = fit(Table(columns, cells, known.won), *choice)
    leads = list(zip(*cells, strict=True)) if cells else [()] * len(known.won)
    means = [fmean(mine) for mine in zip(*map(formula.worth, leads), strict=True)]
    terms = [
        replace(term, mean=round(mean, 6)) for term, mean in zip(formula.terms, means, strict=True)
    ]
    whole = list(zip(known.won, map(formula.total, leads), strict=True))
    calibration = calibrate(ahead, whole)
    return replace(formula, terms=tuple(terms), calibration=calibration), choice


def step(known: Known, start: float, end: float) -> Step | None:
    """None where too few were won or lost to learn from."""
    first, last = (int(len(known.won) * share) for share in (start, end))
    before, after = known.part(0, first), known.part(first, last)
    wins = sum(before.won)
    if min(wins, len(before.won) - wins) < LEAST_TO_STEP:
        return None
    columns, cells = cut(before)
    by_name = dict(zip([f.name for f in known.features], after.values, strict=True))
    mine = [[column.cells(value) for value in by_name[feature.name]] for feature, column in columns]
    ahead = list(zip(*mine, strict=True)) if mine else [()] * len(after.won)
    return Step(Table(columns, cells, before.won), ahead, after.won)


def cut(known: Known) -> tuple[list[Named], list[list[Cells]]]:
    """Cut each feature into cells; what falls into the same cell for all leads tells nothing."""
    columns, cells = [], []
    for feature, mine in zip(known.features, known.values, strict=True):
        found = column(mine)
        each = [found.cells(value) for value in mine]
        if len(set(each)) > 1:
            columns.append((feature, found))
            cells.append(each)
    return columns, cells


def choose(steps: Sequence[Step]) -> tuple[Choice, list[list[Outcome]]]:
    """What predicts best, and what it predicted in each step; of equals the simplest."""
    ahead = {
        choice: [step.predict(choice) for step in steps] for choice in product(STRENGTHS, PAIRS)
    }
    best = min(ahead, key=lambda choice: loss(list(chain(*ahead[choice]))))
    return best, ahead[best]


def loss(outcomes: Sequence[Outcome]) -> float:
    chances = [UNCALIBRATED.chance(total) for _, total in outcomes]
    return fmean(losses([is_won for is_won, _ in outcomes], chances))
