"""Texts as vectors, by the vendor's models for that."""

import math
from array import array
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm import http
from crm.credits import prices
from crm.outside.errors import NotReadable
from crm.outside.key import Key

# What one request takes: texts, and letters of them all, which are never fewer than its tokens.
MOST_TEXTS, MOST_LETTERS = 256, 250_000
DEADLINE = 60.0
# Of English text a token is some four letters.
LETTERS_OF_A_TOKEN = 3


@dataclass(frozen=True)
class Embedded:
    """A vector of length one for each text, in their order, and what they cost."""

    vectors: "list[array[float]]"
    tokens: int
    cost_micros: int


def embed(key: Key, model: str, size: int, texts: Sequence[str]) -> Embedded:
    """Have texts embedded by a model of this size, none of them empty; outside of transactions.

    At most MOST_TEXTS of MOST_LETTERS together. Raises what `crm.outside.errors` holds. To ask
    twice does no harm but costs twice, so the door may try again.
    """
    body = {"model": model, "input": list(texts), "encoding_format": "base64"}
    answer = http.call(key, "POST", "/embeddings", json=body, deadline=DEADLINE, repeatable=True)
    said = answer.json()
    rows = said.get("data") if isinstance(said, dict) else None
    if not isinstance(rows, list) or len(rows) != len(texts):
        raise NotReadable("OpenAI did not answer each text with one vector.")
    vectors = [_vector(row, at, size) for at, row in enumerate(_in_order(rows))]
    tokens = _tokens(said.get("usage"))
    return Embedded(vectors, tokens, charge(model, tokens))


def charge(model: str, tokens: int) -> int:
    """Say what so many tokens cost, in millionths of a pound."""
    return prices.answer(model, taken=tokens, given=0)


def most(model: str, letters: int) -> int:
    """Say what so many letters cost at most, as a rule."""
    return charge(model, letters // LETTERS_OF_A_TOKEN + 1)


def _in_order(rows: list[Any]) -> list[Any]:
    try:
        return sorted(rows, key=lambda row: int(row["index"]))
    except (TypeError, KeyError, ValueError):
        raise NotReadable("OpenAI's vectors do not say whose they are.") from None


def _vector(row: Any, at: int, size: int) -> "array[float]":
    told = row.get("embedding")
    try:
        raw = b64decode(told, validate=True)
        values = array("f", raw)
    except (TypeError, ValueError, NotBase64):
        raise NotReadable("One of OpenAI's vectors cannot be read.") from None
    length = math.sqrt(math.fsum(each * each for each in values)) if values else 0.0
    if row["index"] != at or len(values) != size or not 0 < length < math.inf:
        raise NotReadable("One of OpenAI's vectors is not of the size that it documents.")
    return array("f", [each / length for each in values])


def _tokens(usage: Any) -> int:
    many = usage.get("total_tokens") if isinstance(usage, dict) else None
    return many if isinstance(many, int) and many >= 0 else 0
