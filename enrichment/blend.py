"""One value from what many sources tell: which is right, how sure that is, who disagrees.

The sureness of a value is our own judgement of its evidence, never a number that a source gives
itself. Each way of telling has one (`enrichment.ways`), and it halves with every half-life of the
field, since the world moves on. Sources that do not copy from each other make a value surer
together: that all of them err is as likely as the product of their doubts, 1 - (1-a)(1-b)….
Who denies a value lessens it as much as they would have made it surer.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from enrichment import sameness
from enrichment.fields import CONTACT, ORGANISATION, Field
from enrichment.told import Told
from enrichment.ways import WAYS

# Of what machines say nothing is beyond doubt.
SUREST = 0.99
# A value is in conflict with another that is at least so sure.
WORTH_A_LOOK = 0.5
# What the organisation's own website says is one voice, on however many pages.
OWN_SITE = {"machine_data", "link", "page", "decoded"}


class Proof(NamedTuple):
    """A value as one source told it. `source` is the slug of who was asked, `seen_on` the day on
    which it was; the source itself may speak of an earlier day (`told.as_of`).
    """

    told: Told
    source: str
    seen_on: date

    @property
    def voice(self) -> str:
        """Name whose word it is: two that copy from one place are one voice."""
        return "own site" if self.told.way in OWN_SITE else self.source

    def sureness(self, field: Field, today: date) -> float:
        """Say how sure this alone makes the value, 0 to 1."""
        age = max(0, (today - (self.told.as_of or self.seen_on)).days)
        return WAYS[self.told.way].sureness * 0.5 ** (age / field.half_life)


class Value(NamedTuple):
    """What sources agree on, in the writing of the surest; its proofs are in that order."""

    field: Field
    key: str
    told: Told
    sureness: float
    proofs: Sequence[Proof]


def field_of(told: Told) -> Field | None:
    """Give the field that is told of; None where there is no such field."""
    return (CONTACT if told.about else ORGANISATION).get(told.field)


def values(proofs: Iterable[Proof], today: date) -> list[Value]:
    """Give what these say of one field of one subject, each value once, the surest first."""
    proofs = list(proofs)
    field = field_of(proofs[0].told) if proofs else None
    if field is None:
        return []
    same: dict[str, list[Proof]] = {}
    for proof in proofs:
        same.setdefault(sameness.key(field.form, proof.told.value), []).append(proof)
    found = [_value(field, key, those, today) for key, those in same.items()]
    return sorted(found, key=lambda each: (-each.sureness, each.key))


def conflicts(found: Sequence[Value]) -> list[Value]:
    """Give those that say something else than the surest, and may be right all the same."""
    return [
        each for each in found[1:] if not each.field.has_many and each.sureness >= WORTH_A_LOOK
    ]


def _value(field: Field, key: str, proofs: list[Proof], today: date) -> Value:
    rated = [(each.sureness(field, today), each) for each in proofs]
    rated.sort(key=lambda each: -each[0])
    ranked = [proof for _, proof in rated]
    speaking = [each for each in rated if not each[1].told.is_denied]
    told = (speaking or rated)[0][1].told
    if any(proof.told.way == "person" for _, proof in speaking):
        return Value(field, key, told, 1.0, ranked)
    sureness = min(SUREST, 1 - _doubt(speaking))
    if len(speaking) < len(rated):
        sureness *= _doubt(each for each in rated if each[1].told.is_denied)
    return Value(field, key, told, sureness, ranked)


def _doubt(rated: Iterable[tuple[float, Proof]]) -> float:
    """Give how likely it is that all of these err, the surest word of each voice counting."""
    voices: dict[str, float] = {}
    for sureness, proof in rated:
        voices.setdefault(proof.voice, sureness)
    doubt = 1.0
    for sureness in voices.values():
        doubt *= 1 - sureness
    return doubt
