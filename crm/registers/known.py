"""Which rows of a file stand already: by their digests alone, eight bytes each."""

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from enum import Enum

from django.db import connection

from crm.registers.models import RegisterEntry

COPY = f"""
    COPY (SELECT digest FROM {RegisterEntry._meta.db_table}
        WHERE register_id = %s AND last_seen IS NULL ORDER BY digest)
    TO STDOUT (FORMAT binary)
"""
# PostgreSQL's binary form: a signature, then of each row its number of fields, and of each field
# its length and content.
SIGNATURE = 19
ONE_NUMBER = struct.Struct(">hiq")


class Meeting(Enum):
    """What a row of the file is to what stands."""

    STRANGE = "new or changed"
    KNOWN = "stands as it is"
    AGAIN = "was in the file before"


class Known:
    """The digests of a register's entries, and which of them the file has shown so far."""

    def __init__(self, digests: "array[int]") -> None:
        """Take them in ascending order."""
        self.digests = digests
        self._seen = bytearray(len(digests))

    @classmethod
    def of(cls, slug: str) -> "Known":
        """Read those of the entries that the register listed last."""
        digests, rest = array("q"), b""
        skip = SIGNATURE
        with connection.cursor() as cursor, cursor.copy(COPY, [slug]) as copy:
            for block in copy:
                rest += bytes(block)
                start, skip = skip, 0
                end = start + (len(rest) - start) // ONE_NUMBER.size * ONE_NUMBER.size
                digests.extend(digest for _, _, digest in ONE_NUMBER.iter_unpack(rest[start:end]))
                rest = rest[end:]
        return cls(digests)

    def meet(self, digest: int) -> Meeting:
        """Say what a row is, and remember that it was met."""
        place = bisect_left(self.digests, digest)
        if place == len(self.digests) or self.digests[place] != digest:
            return Meeting.STRANGE
        if self._seen[place]:
            return Meeting.AGAIN
        self._seen[place] = 1
        return Meeting.KNOWN

    def unseen(self) -> Iterator[int]:
        """Give the digests that the file did not show."""
        return (d for d, seen in zip(self.digests, self._seen, strict=True) if not seen)

    def __len__(self) -> int:
        return len(self.digests)
