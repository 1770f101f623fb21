"""How sure it is that two organisations are one, and what a proposal keeps of that."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from leads.dedupe.commonness import Commonness
from leads.dedupe.matcher import Answer, Verdict, compare
from leads.dedupe.record import Record
from leads.identity.index import Index
from leads.merging import surroundings
from leads.models import Listing, Organisation

# By which of their fields two are told to have something in common.
SHARED = {
    "phone": "phone",
    "website": "domain",
    "number": "company_number",
    "name": "name_key",
    "postcode": "postcode",
}
# What a judgement needs to know.
FIELDS = (
    "tenant", "name", "name_key", "sort_key", "phone", "domain", "company_number", "address",
    "town", "postcode", "trade",
)  # fmt: skip
Pair = tuple[Organisation, Organisation]
# The entries of organisations in registers, as "register:number".
Listed = Mapping[UUID, Collection[str]]


@dataclass(frozen=True)
class Suspicion:
    """A verdict on two, and the names of what they have in common."""

    verdict: Verdict
    shared: list[str]

    @property
    def is_sure(self) -> bool:
        return self.verdict.answer == Answer.SAME

    @property
    def is_none(self) -> bool:
        """Whether they are not alike at all."""
        return self.verdict.answer == Answer.DIFFERENT

    @property
    def kept(self) -> dict[str, Any]:
        """Give the columns of its proposal."""
        return {
            "confidence": self.verdict.confidence,
            "is_sure": self.is_sure,
            "shared": self.shared,
        }


def of(one: Organisation, other: Organisation) -> Suspicion:
    """Judge two."""
    return of_pairs([(one, other)])[0]


def of_pairs(pairs: Sequence[Pair], *, index: Index | None = None) -> list[Suspicion]:
    """Judge organisations two by two, with one look at the registers and around all of them.

    An index that has them spares these looks, and knows of what is not written down yet.
    """
    if not pairs:
        return []
    organisations = {each.pk: each for pair in pairs for each in pair}
    listed = index.listed if index else _listed(organisations)
    records = {
        ident: Record.of(each, listed=listed.get(ident, ()))
        for ident, each in organisations.items()
    }
    around = surroundings.of(pairs, records, index)
    return [_of(one, other, records, around) for one, other in pairs]


def _of(
    one: Organisation, other: Organisation, records: dict[UUID, Record], around: Commonness
) -> Suspicion:
    shared = [
        name
        for name, column in SHARED.items()
        if getattr(one, column) and getattr(one, column) == getattr(other, column)
    ]
    return Suspicion(compare(records[one.pk], records[other.pk], commonness=around), shared)


def _listed(organisations: Mapping[UUID, Organisation]) -> Listed:
    listed: dict[UUID, list[str]] = {}
    tenant = next(iter(organisations.values())).tenant
    rows = Listing.of(tenant).filter(organisation__in=list(organisations))
    told = rows.values_list("organisation", "entry__register_id", "entry__number")
    for organisation, register, number in told:
        listed.setdefault(organisation, []).append(f"{register}:{number}")
    return listed
