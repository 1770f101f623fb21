"""Organisations of many companies as vectors, straight into their table."""

import random
import struct
from collections.abc import Iterator
from uuid import UUID

import numpy as np
import psycopg

from crm.places import districts
from crm.registers import sic
from crm.registers.trades import TRADES
from scoring.closeness import lexical

MODEL = f"{lexical.MODEL}:{lexical.SIZE}"
# Of two companies no organisations are quite the same.
NOISE = 0.02
LOT = 5_000
HEAD = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
END = struct.pack("!h", -1)
COPY = (
    "COPY vectors_vector (tenant_id, model, organisation_id, sha, embedding) "
    "FROM STDIN (FORMAT binary)"
)


def company(number: int) -> UUID:
    """Give the id of a company that is made for this."""
    return UUID(int=(0xC0 << 120) | number)


def organisation(number: int) -> UUID:
    """Give the id of an organisation, in no order."""
    return UUID(int=random.Random(number).getrandbits(128))


def texts(many: int) -> list[str]:
    """Write organisations as the product does: name, trade, codes, town."""
    draw = random.Random(1)
    codes, places = list(sic.codes().values()), list(districts.all_of().items())
    trades = [trade.one for trade in TRADES.values()]
    words = [word for says in codes for word in says.split() if word.isalpha()]
    found = []
    for _ in range(many):
        outward, place = draw.choice(places)
        said = draw.sample(words, 12)
        name = " ".join(each.capitalize() for each in said[:2])
        does = draw.choice(trades) if draw.random() < 0.4 else draw.choice(codes)
        found.append(f"{name} Ltd\n{does}\n{' '.join(said[2:])}\n{place.town} {outward}")
    return found


def base(many: int) -> "np.ndarray":
    """Embed so many of them."""
    vectors = [lexical.embed(text) for text in texts(many)]
    return np.asarray([each for each in vectors if each is not None], dtype="float32")


def load(url: str, known: "np.ndarray", vectors: int, each: int, large: int) -> None:
    """Write them: one company of `large`, the others of `each`, in no company's order.

    They came in over time, so that those of one company lie between those of all others.
    """
    many = max(1, (vectors - large) // each)
    owners = [0] * large + [1 + at % many for at in range(vectors - large)]
    random.Random(2).shuffle(owners)
    noise = np.random.default_rng(3)
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        with connection.cursor().copy(COPY) as message:
            message.write(HEAD)
            for start in range(0, vectors, LOT):
                lot = owners[start : start + LOT]
                rows = known[(np.arange(start, start + len(lot)) // many) % len(known)]
                rows = rows + noise.standard_normal(rows.shape, dtype="float32") * NOISE
                rows /= np.linalg.norm(rows, axis=1, keepdims=True)
                message.write(b"".join(_rows(start, lot, rows.astype(">f2"))))
            message.write(END)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE vectors_vector")


def _rows(start: int, owners: list[int], vectors: "np.ndarray") -> Iterator[bytes]:
    head = struct.pack("!HH", vectors.shape[1], 0)
    for at, (owner, vector) in enumerate(zip(owners, vectors, strict=True)):
        values = (
            company(owner).bytes, MODEL.encode(), organisation(start + at).bytes, b"x" * 32,
            head + vector.tobytes(),
        )  # fmt: skip
        yield struct.pack("!h", len(values))
        for value in values:
            yield struct.pack("!i", len(value)) + value
