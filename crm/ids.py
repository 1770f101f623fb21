"""Identifiers that can be neither guessed nor counted, and still sort by time."""

import os
import time
from datetime import UTC, datetime
from uuid import UUID

# Of no row: what is asked for in vain, or filled in later.
NOBODYS = UUID(int=0)


def uuid7() -> UUID:
    """Make a UUID version 7 (RFC 9562, 5.7 and 6.2 method 3).

    48 bits of milliseconds, 12 bits of the fraction of the millisecond, 62 random bits: those made
    one after the other by one process sort in that order.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    random = int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | random)


def moment(ident: UUID) -> datetime | None:
    """Tell when a UUID of ours was made; None of another version, which does not know."""
    if ident.version != 7:
        return None
    return datetime.fromtimestamp((ident.int >> 80) / 1000, UTC)


def since(moment: datetime) -> UUID:
    """Give the least id that can have been made at this moment: those made later are greater.

    None was made before 1970, where the count of milliseconds begins.
    """
    return UUID(int=max(0, int(moment.timestamp() * 1000)) << 80)


def read(text: str) -> UUID | None:
    """Read the id in an address; None where somebody has written something else."""
    try:
        return UUID(text)
    except ValueError:
        return None
