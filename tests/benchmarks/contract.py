"""What a benchmark is, and what it hands back."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Number = int | float


@dataclass(frozen=True)
class Result:
    """`conditions` say under what the figures hold."""

    conditions: dict[str, Any]
    figures: dict[str, Number]


@dataclass(frozen=True)
class Benchmark:
    """`figures` are those that every run must print, with their most, or None without a target."""

    name: str
    sentence: str
    figures: dict[str, Number | None]
    options: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], Result]
    smallest: tuple[str, ...]
