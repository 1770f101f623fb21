"""The register of companies: the world's, and those behind the fakes."""

import re
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from tests.simulators import fakes
from tests.simulators.world import Organisation, Population, geography, population


@dataclass(frozen=True)
class Company:
    """One company as it is registered."""

    number: str
    name: str
    status: str
    kind: str
    created: str
    ceased: str
    address: dict[str, str]
    sic_codes: tuple[str, ...]
    previous: tuple[dict[str, str], ...] = ()
    # Whose company it is; None for those behind the fakes, of which no more is known.
    one: Organisation | None = None

    @cached_property
    def address_tokens(self) -> frozenset[str]:
        return frozenset(tokens(" ".join(self.address.values())))

    @cached_property
    def name_tokens(self) -> frozenset[str]:
        return frozenset(tokens(self.name))

    @cached_property
    def all_tokens(self) -> frozenset[str]:
        """Words of its name and of those it had before."""
        return self.name_tokens.union(*(tokens(old["name"]) for old in self.previous))


def tokens(text: str) -> list[str]:
    """Words as a search engine parts them: letters and figures, in lower case."""
    return re.findall(r"[a-z0-9]+", text.lower().replace("'", ""))


def of_organisation(one: Organisation) -> Company:
    line, town, postcode = one.registered_address or (one.address, one.town, one.postcode)
    area = geography.area(postcode)
    country = "England"
    if area in geography.SCOTLAND:
        country = "Scotland"
    elif area in geography.ULSTER:
        country = "Northern Ireland"
    first, _, second = line.partition(", ")
    address = {
        "address_line_1": first,
        "address_line_2": second,
        "locality": town,
        "region": "" if one.registered_address else one.county,
        "postal_code": postcode,
        "country": country,
    }
    return Company(
        one.number,
        one.legal_name,
        one.status,
        one.company_type,
        one.incorporated,
        one.dissolved,
        {name: value for name, value in address.items() if value},
        one.sic_codes,
        one=one,
    )


def of_record(record: dict[str, Any]) -> Company:
    return Company(
        record["company_number"],
        record["company_name"],
        record["company_status"],
        record["company_type"],
        record["date_of_creation"],
        record.get("date_of_cessation") or "",
        {name: value for name, value in record["registered_office_address"].items() if value},
        tuple(record.get("sic_codes") or ()),
        tuple(
            {
                "name": old["company_name"],
                "effective_from": old["effective_from"],
                "ceased_on": old["ceased_on"],
            }
            for old in record.get("previous_names") or ()
        ),
    )


class Register:
    """All companies, found by number, SIC code or words; built as far as it is asked."""

    def __init__(self, population: Population) -> None:
        self.population = population
        self.extra = {number: of_record(record) for number, record in fakes.records().items()}
        self._companies: dict[int, Company | None] = {}
        self._lock = threading.Lock()

    def at(self, index: int) -> Company | None:
        """The company at a place in the world's list; a chain's only at its first branch."""
        if index not in self._companies:
            one = self.population.at(index)
            own = one.number and self.population.by_number(one.number) is one
            self._companies[index] = of_organisation(one) if own else None
        return self._companies[index]

    def by_number(self, number: str) -> Company | None:
        if number in self.extra:
            return self.extra[number]
        one = self.population.by_number(number)
        return self.at(int(one.id[1:])) if one else None

    def of_sic(self, codes: Iterable[str]) -> list[Company]:
        wanted = set(codes)
        indexes = {index for code in wanted for index in self.population.of_sic(code)}
        found = [company for index in sorted(indexes) if (company := self.at(index))]
        found.extend(self.extra.values())
        return [company for company in found if wanted & set(company.sic_codes)]

    def everything(self) -> Iterator[Company]:
        for index in range(len(self.population)):
            if company := self.at(index):
                yield company
        yield from self.extra.values()

    @cached_property
    def _names(self) -> dict[int, str]:
        return dict(self.population.legal_names())

    @cached_property
    def _named(self) -> dict[str, list[int]]:
        """Which companies have a word in their name."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, name in self._names.items():
            for token in set(tokens(name)):
                found[token].append(index)
        return found

    @cached_property
    def _placed(self) -> dict[str, list[int]]:
        """Which companies may have a word in their address."""
        found: dict[str, list[int]] = defaultdict(list)
        for index in self._names:
            for token in set(tokens(self.population.office_of(index))):
                found[token].append(index)
        return found

    def warm(self) -> None:
        with self._lock:
            _ = self._named, self._placed

    def likely(self, codes: Iterable[str], where: set[str], words: set[str]) -> Iterable[Company]:
        """Those who may be filed so, be at such a place and be called so: a narrower choice."""
        if codes := list(codes):
            return self.of_sic(codes)
        with self._lock:
            rows = [self._placed.get(word, []) for word in where - COUNTRIES]
            rows += [self._named.get(word, []) for word in words]
        if not rows:
            return self.everything()
        indexes = set(min(rows, key=len)).intersection(*rows)
        found = [company for index in sorted(indexes) if (company := self.at(index))]
        return [*found, *self.extra.values()]

    def named(self, text: str) -> list[Company]:
        """Companies whose names, or numbers, share words with a text; the closest first."""
        wanted = set(tokens(text))
        with self._lock:
            index = self._named
        common = {token for token in wanted if len(index.get(token, ())) > COMMON}
        scores: Counter[int] = Counter()
        for token in wanted - common or wanted:
            for at in index.get(token, ()):
                scores[at] += 1
        best = [at for at, _ in scores.most_common(4 * REACH)]
        found = [company for at in best if (company := self.at(at))]
        found += [each for each in self.extra.values() if wanted & each.all_tokens - ENDINGS]
        numbered = self.by_number(text.strip().upper().zfill(8))
        if numbered:
            found.insert(0, numbered)
        unique = {company.number: company for company in found}
        return sorted(unique.values(), key=lambda each: closeness(each, wanted, text))[:REACH]


@cache
def register(seed: int) -> Register:
    """The one of this world, whoever asks: what is found by words takes seconds to lay out."""
    return Register(population(seed))


COUNTRIES = {"england", "scotland", "wales", "northern", "ireland", "united", "kingdom"}
COMMON = 4_000  # companies that share a word which then says little
REACH = 1_000  # a search by words ends there
ENDINGS = frozenset({"limited", "ltd", "plc", "llp", "the", "and", "of"})


def closeness(company: Company, wanted: set[str], text: str) -> tuple[Any, ...]:
    """The smaller the closer."""
    numbered = company.number == text.strip().upper().zfill(8)
    shared = len((wanted - ENDINGS) & company.all_tokens)
    strange = len(company.name_tokens - wanted - ENDINGS)
    return (not numbered, -shared, strange, company.status != "active", company.number)
