"""Which of two figures is better, where the numbers are large enough to tell.

Only shares, means and prices are compared: a count follows from the maximum, and from who looked
first. The measures are approximations (normal, for shares and means); a difference counts when it
would come about by chance in fewer than one of twenty comparisons.
"""

from dataclasses import dataclass
from math import inf, log, sqrt

# Below that, an approximation says nothing.
FEWEST = 30
SURE = 1.96

A, B = "a", "b"
NO_DIFFERENCE = "No clear difference"


@dataclass(frozen=True)
class Claim:
    """`better` is "a", "b", or "" where nothing is claimed; `sentence` says it, or why not."""

    better: str = ""
    sentence: str = ""


NONE = Claim()


@dataclass(frozen=True)
class Sample:
    """Of how many something was measured, with the sum of what was measured and of its squares."""

    size: int
    total: float
    squares: float = 0.0

    @property
    def mean(self) -> float:
        return self.total / self.size

    @property
    def spread(self) -> float:
        """How far the mean may be off, squared."""
        variance = max(0.0, self.squares / self.size - self.mean**2)
        return variance / self.size


def share(a: Sample, b: Sample, of: str, *, is_good: bool = True) -> Claim:
    """Compare the parts `total` of `size`; `of` names what there are so many of."""
    if few := _too_few(a.size, b.size, of):
        return few
    pooled = (a.total + b.total) / (a.size + b.size)
    error = sqrt(pooled * (1 - pooled) * (1 / a.size + 1 / b.size))
    return _claim(a.mean - b.mean if is_good else b.mean - a.mean, error)


def mean(a: Sample, b: Sample, of: str) -> Claim:
    """Compare two means, of which the higher is better."""
    return _too_few(a.size, b.size, of) or _claim(a.mean - b.mean, sqrt(a.spread + b.spread))


def price(a: Sample, b: Sample, of: str) -> Claim:
    """Compare what one costs, `total` by `size`; the cheaper is better."""
    if not a.total and not b.total:
        return NONE
    if few := _too_few(a.size, b.size, of):
        return few
    if not a.total or not b.total:
        return _claim(b.mean - a.mean, 0.0)
    return _claim(log(b.mean / a.mean), sqrt(1 / a.size + 1 / b.size))


def _too_few(a: int, b: int, of: str) -> Claim | None:
    if min(a, b) >= FEWEST:
        return None
    return Claim(sentence=f"Too few to tell: {a:,} and {b:,} {of}, {FEWEST} each are needed")


def _claim(lead: float, error: float) -> Claim:
    """Claim what is better when A leads by so much and the error is so large."""
    surely = abs(lead) / error if error else (inf if lead else 0.0)
    if surely < SURE:
        return Claim(sentence=NO_DIFFERENCE)
    return Claim(A, "A is better") if lead > 0 else Claim(B, "B is better")
