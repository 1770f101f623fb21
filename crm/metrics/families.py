"""What is read when somebody asks: families of figures, each by a function that settings name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from crm.upward import named


@dataclass(frozen=True)
class Family:
    """Figures of one name: each is the values of the `labels`, in their order, and a number.

    `name` lacks the product's prefix and, for a counter, "_total". A counter only ever grows.
    """

    name: str
    says: str
    labels: tuple[str, ...]
    figures: Sequence[tuple[tuple[str, ...], float]]
    kind: Literal["gauge", "counter"] = "gauge"


Reader = Callable[[], Iterable[Family]]


def readers() -> tuple[Reader, ...]:
    """Give the functions that METRICS names; the higher floors have theirs there too."""
    return named("METRICS")


def read() -> Iterator[Family]:
    """Ask the database for all of them."""
    for reader in readers():
        yield from reader()
