"""Regularised logistic regression on cells, and on the pairs of features that matter together.

The one file here that stands on scikit-learn, which takes seconds and 200 MB to import: whoever
needs it imports it when the work begins, in a worker.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from scoring.chance.columns import OTHER, UNKNOWN, Cells, Column, Names, Numbers, Sets
from scoring.chance.example import Feature
from scoring.chance.formula import Formula
from scoring.chance.terms import Pair, Term

Array = Any

# Cells of two features at once are joined to so many groups each, besides "not known".
GROUPS = 8
# Among the features that matter most alone, pairs are looked for.
PAIRED = 20
# What two features do together is expected to be smaller than what each does alone.
PAIR_SCALE = 0.5
# A pair of cells with few leads must not look important.
DAMPING = 5.0
MOST_ROUNDS = 2_000


class Table:
    """Examples as cells: for each feature the cells of each example, and who was won."""

    def __init__(
        self,
        named: Sequence[tuple[Feature, Column]],
        cells: Sequence[Sequence[Cells]],
        won: Sequence[bool],
    ) -> None:
        self.features = [feature for feature, _ in named]
        self.columns = columns = [column for _, column in named]
        self.cells = cells
        self.won = np.array(won, dtype=float)
        # Of sets there is none: a lead falls into several of their cells.
        self.single: list[Array] = [
            None if isinstance(column, Sets) else np.array([each[0] for each in mine])
            for column, mine in zip(columns, cells, strict=True)
        ]
        self.leads = [
            np.bincount([n for each in mine for n in each], minlength=column.size)
            for column, mine in zip(columns, cells, strict=True)
        ]
        self.blocks = [self.block(n) for n in range(len(columns))]

    def block(self, n: int) -> Array:
        """Numbers climb a stair, so that neighbouring cells are worth much the same."""
        column, single = self.columns[n], self.single[n]
        if isinstance(column, Numbers):
            stair = single[:, None] > np.arange(1, len(column.edges) + 1)[None, :]
            unknown = single[:, None] == UNKNOWN
            return sparse.csr_matrix(np.hstack([unknown, stair]).astype(float))
        mine = self.cells[n]
        lengths = [len(each) for each in mine]
        rows = np.repeat(np.arange(len(mine)), lengths)
        places = np.array([cell for each in mine for cell in each], dtype=int)
        shape = (len(mine), column.size)
        return sparse.csr_matrix((np.ones(len(places)), (rows, places)), shape=shape)


def fit(table: Table, strength: float, pairs: int) -> Formula:
    """Fit it; a greater `strength` lets effects grow larger, `pairs` is how many are looked for."""
    if not table.columns:
        return Formula(float(np.log(table.won.sum() / (1 - table.won).sum())), ())
    with threadpool_limits(1):
        weights, intercept, rest = regress(table, table.blocks, strength)
        places = chosen_pairs(table, weights, intercept, pairs) if pairs else []
        if places:
            more = [sparse.csr_matrix(pair_block(table, *each)) for each in places]
            weights, intercept, rest = regress(table, table.blocks, strength, more)
    return Formula(
        intercept,
        tuple(
            Term(
                feature,
                column,
                rounded(worth_of(column, mine, leads, len(table.won))),
                tuple(int(each) for each in leads),
            )
            for feature, column, mine, leads in zip(
                table.features, table.columns, weights, table.leads, strict=True
            )
        ),
        tuple(pair(table, *place, mine) for place, mine in zip(places, rest, strict=True)),
    )


def regress(
    table: Table, blocks: Sequence[Array], strength: float, pairs: Sequence[Array] = ()
) -> tuple[list[Array], float, list[Array]]:
    """Weights of each block, the intercept, and weights of each pair's block."""
    design = sparse.hstack([*blocks, *pairs], format="csr")
    model = LogisticRegression(C=strength, max_iter=MOST_ROUNDS)
    model.fit(design, table.won)
    ends = np.cumsum([each.shape[1] for each in (*blocks, *pairs)])
    parts = np.split(model.coef_[0], ends[:-1])
    return parts[: len(blocks)], float(model.intercept_[0]), parts[len(blocks) :]


def worth_of(column: Column, weights: Array, leads: Array, examples: int) -> Array:
    """What each cell is worth: numbers have climbed all steps up to theirs.

    Where nobody was known or nobody unknown, that is worth what the feature is on average.
    """
    if isinstance(column, Numbers):
        worth = np.concatenate([weights[:1], [0.0], np.cumsum(weights[1:])])
    else:
        worth = weights.copy()
    mean = (worth * leads).sum() / examples
    if not leads[UNKNOWN]:
        worth[UNKNOWN] = mean
    if not leads[OTHER] and isinstance(column, Names) and not isinstance(column, Sets):
        worth[OTHER] = mean
    return worth


def rounded(worth: Array) -> tuple[float, ...]:
    return tuple(round(float(each), 6) for each in worth)


def groups(column: Column, leads: Array) -> Array:
    """Give each cell its group: neighbours for numbers, the most frequent for names."""
    found = np.zeros(column.size, dtype=int)
    if isinstance(column, Numbers):
        before = np.cumsum(leads[1:]) - leads[1:] / 2
        found[1:] = 1 + np.minimum(GROUPS - 1, GROUPS * before / max(1, leads[1:].sum()))
        return found
    found[OTHER:] = 1
    kept = range(OTHER + 1, min(column.size, OTHER + GROUPS))
    found[OTHER + 1 : OTHER + 1 + len(kept)] = np.arange(2, 2 + len(kept))
    return found


def chosen_pairs(
    table: Table, weights: Sequence[Array], intercept: float, pairs: int
) -> list[tuple[int, int]]:
    """Those whose cells leave most unexplained when each feature is counted alone."""
    worth = [block @ mine for block, mine in zip(table.blocks, weights, strict=True)]
    chance = 1 / (1 + np.exp(-np.clip(intercept + sum(worth), -30, 30)))
    wrong, weight = table.won - chance, chance * (1 - chance)
    able = [n for n, single in enumerate(table.single) if single is not None]
    able = sorted(sorted(able, key=lambda n: -float(np.std(worth[n])))[:PAIRED])
    gains = []
    for first, second in combinations(able, 2):
        place, many = pair_places(table, first, second)
        unexplained = np.bincount(place, wrong, many) ** 2
        gain = (unexplained / (np.bincount(place, weight, many) + DAMPING)).sum()
        gains.append((-float(gain), first, second))
    return [(first, second) for _, first, second in sorted(gains)[:pairs]]


def pair_places(table: Table, first: int, second: int) -> tuple[Array, int]:
    ones, others = (groups(table.columns[n], table.leads[n]) for n in (first, second))
    width = int(others.max()) + 1
    place = ones[table.single[first]] * width + others[table.single[second]]
    return place, (int(ones.max()) + 1) * width


def pair_block(table: Table, first: int, second: int) -> Array:
    place, many = pair_places(table, first, second)
    ones = np.full(len(place), PAIR_SCALE)
    return sparse.csr_matrix((ones, (np.arange(len(place)), place)), shape=(len(place), many))


def pair(table: Table, first: int, second: int, weights: Array) -> Pair:
    ones, others = (groups(table.columns[n], table.leads[n]) for n in (first, second))
    worth = (PAIR_SCALE * weights).reshape(int(ones.max()) + 1, int(others.max()) + 1)
    return Pair(
        first,
        second,
        tuple(map(int, ones)),
        tuple(map(int, others)),
        tuple(rounded(row) for row in worth),
    )
