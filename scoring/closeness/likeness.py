"""From how like a company is to those that were won and lost to a closeness from 0 to 100.

Likeness is the cosine of two vectors, read on the scale of the embedding that made them: 0 at what
any two companies have in common, 1 where two are alike in all that counts. `won` is the mean of
the likenesses to the nearest won ones, `lost` that of the nearest lost ones. Then

    closeness = 100 · won · (½ + ½ · (won - lost) / max(won, lost))

so who is like those that were won and like nobody who was lost has the whole of their likeness to
the won; who is as like to both has half of it; and who is like nobody has none.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

# The mean of so many is no accident, and a company that was won in two trades is near to both.
NEAREST = 5
HUNDRED = 100
# Below every cosine.
NOBODY = -2.0
Vector = Sequence[float]


class Scale(NamedTuple):
    """Which cosine two companies that have nothing to do with each other have, and two twins."""

    nothing: float
    alike: float

    def read(self, cosine: float) -> float:
        """Give the likeness from 0 to 1."""
        return min(1.0, max(0.0, (cosine - self.nothing) / (self.alike - self.nothing)))


def closeness(won: Iterable[float], lost: Iterable[float], scale: Scale) -> int | None:
    """Give the closeness of one by its cosines to all that were won and lost.

    None where nothing was won: then nobody can say.
    """
    near = sorted(won, reverse=True)[:NEAREST]
    if not near:
        return None
    far = sorted(lost, reverse=True)[:NEAREST]
    return _closeness(_mean(near, scale), _mean(far, scale))


class Side:
    """Vectors of length one that are measured against, by their companies' ids.

    Words that somebody wrote have an id, too.
    """

    def __init__(self, vectors: Mapping[UUID, Vector]) -> None:
        self.columns = {ident: at for at, ident in enumerate(vectors)}
        self.matrix: Any = None
        if vectors:
            # A tenth of a second that whoever only shows pages doesn't pay.
            import numpy  # noqa: PLC0415

            self.matrix = numpy.asarray(list(vectors.values()), dtype="float32").T

    def cosines(self, ids: Sequence[UUID], these: Any) -> list[list[float]]:
        """Give of each of these its cosines to the nearest, itself left out."""
        if self.matrix is None:
            return [[] for _ in ids]
        import numpy  # noqa: PLC0415

        found = these @ self.matrix
        for row, ident in enumerate(ids):
            if ident in self.columns:
                found[row, self.columns[ident]] = -numpy.inf
        if len(self.columns) > NEAREST:
            found = numpy.partition(found, -NEAREST, axis=1)[:, -NEAREST:]
        return [[each for each in row if each > NOBODY] for row in found.tolist()]


class Known(NamedTuple):
    """Those that were won and those that were lost."""

    won: Side
    lost: Side


def of_many(vectors: Mapping[UUID, Vector], known: Known, scale: Scale) -> dict[UUID, int | None]:
    """Give the closeness of many at once; nobody is measured against themselves."""
    if not vectors or known.won.matrix is None:
        return dict.fromkeys(vectors)
    import numpy  # noqa: PLC0415

    ids = list(vectors)
    these = numpy.asarray(list(vectors.values()), dtype="float32")
    won, lost = known.won.cosines(ids, these), known.lost.cosines(ids, these)
    return {each: closeness(won[at], lost[at], scale) for at, each in enumerate(ids)}


def _mean(cosines: Sequence[float], scale: Scale) -> float:
    return sum(scale.read(each) for each in cosines) / len(cosines) if cosines else 0.0


def _closeness(won: float, lost: float) -> int:
    most = max(won, lost)
    share = 0.5 + 0.5 * (won - lost) / most if most else 0.0
    return round(HUNDRED * won * share)
