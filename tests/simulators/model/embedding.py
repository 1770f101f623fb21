"""Vectors for texts: the same text always has the same one, texts that share words lie close."""

import base64
import math
import re
import struct
from functools import lru_cache
from typing import Any

from tests.simulators.model.catalogue import EMBEDDINGS
from tests.simulators.model.checks import Refused, unknown_model
from tests.simulators.model.writing import tokens
from tests.simulators.world.draw import Draw

SPREAD = 12  # directions that a word pulls into
MOST_TEXTS, MOST_TOKENS, MOST_IN_ALL = 2_048, 8_192, 300_000

__all__ = ["checked", "packed", "tokens", "vector"]


def checked(body: dict[str, Any]) -> tuple[list[str], int]:
    """The texts of a request and the size of their vectors; Refused when something is wrong."""
    model, given = body.get("model"), body.get("input")
    if model not in EMBEDDINGS:
        raise unknown_model(str(model))
    given = [given] if isinstance(given, str) else given
    if not isinstance(given, list) or not given or not all(isinstance(one, str) for one in given):
        raise Refused("'$.input' is invalid. Please check the API reference.", "input")
    if len(given) > MOST_TEXTS:
        raise Refused(
            f"Invalid 'input': array too long. Expected at most {MOST_TEXTS} items.", "input"
        )
    counts = [tokens(text) for text in given]
    if 0 in counts:
        raise Refused("Input cannot be an empty string.", "input")
    if max(counts) > MOST_TOKENS:
        raise Refused(
            f"This model's maximum context length is {MOST_TOKENS} tokens, however you requested "
            f"{max(counts)} tokens. Please reduce your prompt.", "input",
        )  # fmt: skip
    if sum(counts) > MOST_IN_ALL:
        raise Refused(
            f"Requested {sum(counts)} tokens, max {MOST_IN_ALL} tokens per request.",
            None, "max_tokens_per_request",
        )  # fmt: skip
    return given, body.get("dimensions") or EMBEDDINGS[model]


@lru_cache(200_000)
def pulls(word: str, size: int) -> tuple[tuple[int, float], ...]:
    draw = Draw("word", word)
    return tuple((draw.number(size), draw.number(2001) / 1000 - 1) for _ in range(SPREAD))


def vector(text: str, size: int) -> list[float]:
    """Of length one."""
    words = re.findall(r"\w+", text.lower()) or [text]
    parts = [0.0] * size
    for word in [*words, *(word[:5] for word in words)]:
        for at, pull in pulls(word, size):
            parts[at] += pull
    length = math.sqrt(sum(part * part for part in parts)) or 1.0
    return [round(part / length, 8) for part in parts]


def packed(values: list[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(values)}f", *values)).decode()
