"""How common names and words are: what two records share says more the rarer it is."""

import csv
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Self

from crm.registers import names
from crm.registers.generic import SITES, Vocabulary
from leads.dedupe.record import Record

MEASURED = Path(__file__).with_name("words.tsv")
# How often a word counts as met that nobody has measured.
UNMEASURED = 5
REMEMBERED = 100_000
# From so many names on, a list says itself which words are common in it.
ENOUGH = 1000


@dataclass(frozen=True)
class Commonness:
    """Of the records that are compared; of none, it knows the words of official registers only.

    `words` counts distinct names that have a word, of `total`; `places` the postcodes at which a
    spelling is met, `doubles` the records of one spelling and postcode, `crowds` those at one
    postcode. Counts up to two may be left out: a pair is two. `is_across` says that two lists of
    the same field are compared, neither of which should name an organisation twice: there it
    means something to be the only one of its postcode in both. `generic` holds the names that say
    nothing; where it is None, those of the official registers do.
    """

    words: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    places: Mapping[str, int] = field(default_factory=dict)
    doubles: Mapping[tuple[str, str], int] = field(default_factory=dict)
    crowds: Mapping[str, int] = field(default_factory=dict)
    is_across: bool = False
    generic: frozenset[str] | None = None
    _weights: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, ones: Iterable[Record], others: Iterable[Record] | None = None) -> Self:
        """Count within one list whose records may be doubled, or across two."""
        met: dict[str, set[str]] = {}
        doubles: Counter[tuple[str, str]] = Counter()
        crowds: Counter[str] = Counter()
        words: Counter[str] = Counter()
        keys: dict[str, set[str]] = {}
        for record in chain(ones, others or ()):
            for spelling, told in zip(record.spellings, record.called, strict=True):
                if spelling not in met:
                    met[spelling] = set()
                    words.update(set(told))
                met[spelling].add(record.postcode)
                doubles[spelling, record.postcode] += 1
            crowds[record.postcode] += 1
            keys.setdefault(record.key, set()).add(record.postcode)
        is_enough = len(met) >= ENOUGH
        return cls(
            words=words if is_enough else {},
            total=len(met) if is_enough else 0,
            places={spelling: len(at) for spelling, at in met.items() if len(at) > 2},
            doubles={pair: count for pair, count in doubles.items() if count > 2},
            crowds={postcode: count for postcode, count in crowds.items() if count > 2},
            is_across=others is not None,
            generic=_generic(keys) if is_enough else None,
        )

    def without(self, settled: Iterable[Record]) -> Self:
        """The same names, with fewer records at the postcodes: these have found their other."""
        gone = Counter(record.postcode for record in settled)
        left = {postcode: count - gone[postcode] for postcode, count in self.crowds.items()}
        return replace(self, crowds={code: count for code, count in left.items() if count > 2})

    def weight(self, word: str) -> float:
        """What a word says: 0 if each name has it, about 9 if hardly any."""
        known = self._weights.get(word)
        if known is None:
            usual, names_measured = _usual()
            met = usual.get(word, UNMEASURED) + self.words.get(word, 0)
            if len(self._weights) >= REMEMBERED:
                self._weights.clear()
            known = max(math.log((names_measured + self.total) / met), 0.0)
            self._weights[word] = known
        return known

    def namesakes(self, one: Record, other: Record) -> int:
        """How many more places have a name that the two share."""
        here = len({one.postcode, other.postcode})
        most = max((self.places.get(each, 0) for each in _shared(one, other)), default=0)
        return max(most - here, 0)

    def rivals(self, one: Record, other: Record) -> int:
        """How many more records have the name and the postcode that the two share."""
        if not one.postcode or one.postcode != other.postcode:
            return 0
        met = (self.doubles.get((each, one.postcode), 0) for each in _shared(one, other))
        return max(max(met, default=0) - 2, 0)

    def crowd(self, postcode: str) -> int:
        """How many more records than a pair are at the postcode."""
        return max(self.crowds.get(postcode, 0) - 2, 0)

    def says_nothing(self, one: Record, other: Record) -> bool:
        """Whether one of them is called by what it does rather than by a name."""
        known = names.is_generic if self.generic is None else self.generic.__contains__
        return known(one.key) or known(other.key)


def _generic(keys: Mapping[str, set[str]]) -> frozenset[str]:
    """Measure them as they are measured in the registers."""
    said = Vocabulary(list(keys))
    return frozenset(
        key for key, at in keys.items() if len(at) >= SITES and said.say_nothing_in(key)
    )


def _shared(one: Record, other: Record) -> set[str]:
    return set(one.spellings).intersection(other.spellings)


@cache
def _usual() -> tuple[dict[str, int], int]:
    """The words of official registers, and of how many distinct names.

    Measured on 86,745 names of practices, dentists, pharmacies, schools, garages, venues, charities
    and companies (2016 to 2025): all words that at least 25 of them have, spelt as here.
    """
    with MEASURED.open(encoding="utf-8", newline="") as lines:
        rows = [(word, int(count)) for word, count in csv.reader(lines, delimiter="\t")]
    counted = dict(rows)
    return counted, counted.pop("")
