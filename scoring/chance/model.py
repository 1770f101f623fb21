"""A trained model: plain numbers, that predict and give reasons without any library."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from scoring.chance.clean import clean
from scoring.chance.columns import UNKNOWN
from scoring.chance.example import Example, Value
from scoring.chance.formula import Formula
from scoring.chance.record import Record
from scoring.chance.words import Reason, reason

# Of each side; and what shifts log odds by less (2.5 points of an even chance) isn't worth reading.
MOST_REASONS = 5
LEAST_SHIFT = 0.1
LITTLE_LIKE_THIS = "Few leads like this one have been won or lost yet; take the chance with care."


@dataclass(frozen=True)
class Chance:
    """`value` from 0 to 1; reasons begin with the strongest. Their effects don't add up to it,
    since points of probability weigh less near 0 and 1.

    `unknown` and `unfamiliar` are labels: of what isn't known of this lead, and of what is as it
    was for next to none of the leads learnt from. `unfamiliar_share` is their share of features.
    """

    value: float
    reasons_for: tuple[Reason, ...]
    reasons_against: tuple[Reason, ...]
    unknown: tuple[str, ...]
    unfamiliar: tuple[str, ...]
    unknown_share: float
    unfamiliar_share: float

    @property
    def caution(self) -> str:
        """A sentence where the model has seen little like this, else ""."""
        return LITTLE_LIKE_THIS if self.unfamiliar_share >= 1 / 3 else ""


@dataclass(frozen=True)
class Model:
    formula: Formula
    record: Record

    def chance(self, features: Mapping[str, Value], at: datetime | None = None) -> Chance:
        """Say how likely the lead is to be won, and why.

        `at` is when the features were known, by default now; only the age of dates depends on it.
        """
        at = at or datetime.now(UTC)
        known = self.formula.terms
        values = [features.get(term.feature.name) for term in known]
        cleaned = [clean(value, at) for value in values]
        cells = self.formula.cells(cleaned)
        worth = self.formula.worth(cells)
        total = self.formula.intercept + sum(worth)
        shifts = [each - term.mean for term, each in zip(known, worth, strict=True)]
        in_chance = self.formula.calibration.chance
        chance = in_chance(total)
        unknown = tuple(
            term.feature.label
            for term, each in zip(known, cells, strict=True)
            if each == (UNKNOWN,)
        )
        unfamiliar = tuple(
            term.feature.label
            for term, value, each in zip(known, cleaned, cells, strict=True)
            if not term.is_familiar(value, each)
        )
        order = sorted(range(len(known)), key=lambda n: -abs(shifts[n]))

        def strongest(sign: int) -> tuple[Reason, ...]:
            found = [n for n in order if sign * shifts[n] >= LEAST_SHIFT][:MOST_REASONS]
            return tuple(
                reason(known[n].feature, values[n], 100 * (chance - in_chance(total - shifts[n])))
                for n in found
            )

        many = max(1, len(known))
        return Chance(
            chance,
            strongest(1),
            strongest(-1),
            unknown,
            unfamiliar,
            len(unknown) / many,
            len(unfamiliar) / many,
        )

    def unknown_shares(self) -> dict[str, float]:
        """Of how many of the leads learnt from each feature was not known, by label."""
        many = self.record.won + self.record.lost
        return {term.feature.label: term.leads[UNKNOWN] / many for term in self.formula.terms}

    def chances(self, examples: Iterable[Example]) -> list[float]:
        """The chances of many, without reasons, each as of its time."""
        return self.formula.chances(examples)
