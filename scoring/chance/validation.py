"""How well chances tell who is won, on leads that nothing was learnt from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log

BINS = 10
SMALLEST = 1e-6


@dataclass(frozen=True)
class Figures:
    """`accuracy` calls from 50 % up won; `brier` is the mean squared error; `calibration_error`
    the mean gap between chance and share won over ten bins of equal count; `log_loss` is in nats;
    `lift` how many times as many of the best tenth are won as of all.
    """

    examples: int
    won: int
    roc_auc: float
    accuracy: float
    brier: float
    calibration_error: float
    log_loss: float
    lift: float


def measure(won: Sequence[bool], chances: Sequence[float]) -> Figures:
    """Compare outcomes with chances. Raises ValueError unless both outcomes are there."""
    leads, wins = len(won), sum(won)
    if not 0 < wins < leads:
        raise ValueError("It takes won and lost leads to measure chances.")
    tenths = list(bins(won, chances, min(BINS, leads)))
    return Figures(
        examples=leads,
        won=wins,
        roc_auc=roc_auc(won, chances),
        accuracy=sum((p >= 0.5) == y for y, p in zip(won, chances, strict=True)) / leads,
        brier=sum((p - y) ** 2 for y, p in zip(won, chances, strict=True)) / leads,
        calibration_error=sum(abs(y - p) for _, y, p in tenths) / leads,
        log_loss=sum(losses(won, chances)) / leads,
        lift=tenths[-1][1] / tenths[-1][0] / (wins / leads),
    )


def roc_auc(won: Sequence[bool], chances: Sequence[float]) -> float:
    """How often a won lead has the better chance than a lost one; a tie counts half."""
    better, lost_so_far = 0.0, 0
    for _, tied in groupby(sorted(zip(chances, won, strict=True)), key=lambda each: each[0]):
        outcomes = [is_won for _, is_won in tied]
        wins = sum(outcomes)
        better += wins * (lost_so_far + (len(outcomes) - wins) / 2)
        lost_so_far += len(outcomes) - wins
    return better / (lost_so_far * (len(won) - lost_so_far))


def bins(
    won: Sequence[bool], chances: Sequence[float], many: int
) -> Iterator[tuple[int, float, float]]:
    """Leads, wins and the sum of chances of each, the smallest chances first.

    Who has the same chance has the same share of its wins, whatever their order.
    """
    shares: list[tuple[float, float]] = []
    for chance, tied in groupby(sorted(zip(chances, won, strict=True)), key=lambda each: each[0]):
        outcomes = [is_won for _, is_won in tied]
        shares += [(sum(outcomes) / len(outcomes), chance)] * len(outcomes)
    for n in range(many):
        part = shares[len(shares) * n // many : len(shares) * (n + 1) // many]
        yield len(part), sum(y for y, _ in part), sum(p for _, p in part)


def losses(won: Sequence[bool], chances: Sequence[float]) -> list[float]:
    return [
        -log(max(SMALLEST, p if is_won else 1 - p)) for is_won, p in zip(won, chances, strict=True)
    ]
