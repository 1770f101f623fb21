"""What proves a fact, as it is kept: one row per source, in JSON."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from enrichment import sameness
from enrichment.blend import Proof
from enrichment.fields import CONTACT, ORGANISATION, Field
from enrichment.told import Told

LONGEST_QUOTE = 300
# Who wrote what stood in the record before any source told it: a person, or whoever brought it in.
RECORD = "record"
# A person who was asked about this very value, and says that it is right.
PERSON = "person"


def field(name: str, *, is_person: bool) -> Field | None:
    """Give the field of a fact; None where there is no such field any more."""
    return (CONTACT if is_person else ORGANISATION).get(name)


def digest(field: Field, value: Any) -> str:
    """Give what two writings of the same value have in common, in 40 letters."""
    return short(sameness.key(field.form, value))


def short(text: str) -> str:
    """Give a digest of 40 letters."""
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def is_persons(rows: Iterable[dict[str, Any]]) -> bool:
    """Say whether the value of these proofs stood in the record before a source told it."""
    return any(row["source"] == RECORD for row in rows)


def write(proofs: Iterable[Proof]) -> list[dict[str, Any]]:
    """Give proofs as JSON, the value aside, which stands in the fact."""
    return [
        {
            "source": each.source,
            "way": each.told.way,
            "url": each.told.url,
            "quote": each.told.quote[:LONGEST_QUOTE],
            "as_of": each.told.as_of.isoformat() if each.told.as_of else None,
            "seen_on": each.seen_on.isoformat(),
            "is_denied": each.told.is_denied,
        }
        for each in proofs
    ]


def read(name: str, value: Any, rows: Iterable[dict[str, Any]], about: str) -> list[Proof]:
    """Read the proofs of a value that `write` gave; `about` is the person's key, "" for none."""
    return [
        Proof(
            Told(
                name,
                value,
                row["way"],
                row["url"],
                row["quote"],
                date.fromisoformat(row["as_of"]) if row["as_of"] else None,
                about,
                row["is_denied"],
            ),
            row["source"],
            date.fromisoformat(row["seen_on"]),
        )
        for row in rows
    ]
