"""Vendors that answer whatever a test has written down, well formed or not."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.outside.vendor import Vendor, answer, serving

# In the place of any value of an answer.
WILD: tuple[Any, ...] = (
    None, True, -1, 1e308, 10**400, "", " ", "\x00\ud800", "a" * 20_000, "<b>x</b>", [], {},
    [[[[]]]], {"text": None}, ["x"] * 3_000, "٣٤", "\u202eevil", "=1+1", "javascript:alert(1)",
)  # fmt: skip


@contextmanager
def answering(settings: Any, setting: str, *said: Any, status: int = 200) -> Iterator[Vendor]:
    """Have the vendor of this setting say these, one after the other, the last one for ever."""
    with serving() as found:
        setattr(settings, setting, found.url)
        found.says(*(answer(status, json.dumps(each)) for each in said))
        yield found


# Those of them that break the most, for answers that are sent.
WILDEST: tuple[Any, ...] = (None, True, 10**400, "\x00\ud800", "a" * 20_000, [[[[]]]], {})


def distorted(value: Any, wilds: tuple[Any, ...] = WILD) -> Iterator[Any]:
    """The same answer again and again, each time with one wild value in the place of one."""
    for wild in wilds:
        yield from _with(value, wild)


def _with(value: Any, wild: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from ({**value, name: each} for each in (wild, *_with(inner, wild)))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            for each in (wild, *_with(inner, wild)):
                yield [*value[:at], each, *value[at + 1 :]]
