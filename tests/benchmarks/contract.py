"""What a benchmark is, and what it hands back."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Number = int | float


@dataclass(frozen=True)
class AtLeast:
    """The target of a figure that is better the larger it is."""

    bound: Number


Target = Number | AtLeast | None


def verdict(target: Target, figure: Number) -> str:
    """Say how the figure stands to its target."""
    if target is None:
        return ""
    if isinstance(target, AtLeast):
        return f"at least {target.bound}: {'met' if figure >= target.bound else 'MISSED'}"
    return f"at most {target}: {'met' if figure <= target else 'MISSED'}"


@dataclass(frozen=True)
class Result:
    """`conditions` say under what the figures hold."""

    conditions: dict[str, Any]
    figures: dict[str, Number]


@dataclass(frozen=True)
class Benchmark:
    """`figures` are those that every run must print; a number is the most that one should be.

    A figure of which too little is bad has `AtLeast`, and one without a target has None.
    """

    name: str
    sentence: str
    figures: dict[str, Target]
    options: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], Result]
    smallest: tuple[str, ...]
