"""What a launch would find, looked up before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from campaigns.criteria import Criteria
from campaigns.discovery import contract
from campaigns.discovery.contract import MOST_COUNTED, Advice, Basis
from campaigns.discovery.sources import serving
from crm.bounds.counts import counted
from crm.registers.models import RegisterEntry
from crm.tenants.models import Tenant


@dataclass(frozen=True)
class Preview:
    """What a launch would do; `missing` says what would let it find more.

    Where more match than are counted, `matching` is one more than that, and `known` and `new` are
    of the `looked_at` nearest.

    Of `sizeless` new ones nobody will know whether they are as large as was asked for, since the
    `silent` sources do not say.
    """

    matching: int
    known: int
    new: int
    edge: int
    takeable: int
    sizeless: int
    silent: list[str]
    will_create: int
    first_ten: list[RegisterEntry]
    sources: list[Basis]
    missing: list[str]
    looked_at: int = 0
    # Of those that were not looked at there may be some to create, too.
    may_be_more: bool = False
    # What each source was seen to hold, by its slug.
    seen: Mapping[str, contract.Preview] = field(default_factory=dict)

    @property
    def is_more(self) -> bool:
        """Whether more match than were counted."""
        return self.matching > MOST_COUNTED

    @property
    def matching_label(self) -> str:
        return counted(self.matching, MOST_COUNTED)

    @property
    def new_label(self) -> str:
        return f"{self.new:,}+" if self.is_more else f"{self.new:,}"

    @property
    def known_hint(self) -> str:
        return f"of the nearest {self.looked_at:,}; left out" if self.is_more else "left out"

    @property
    def telling(self) -> list[Basis]:
        """The lists that hold some of it here, the longest first."""
        told = [each for each in self.sources if each.count]
        return sorted(told, key=lambda each: -each.count)

    @property
    def silent_sources(self) -> list[Basis]:
        """The lists that were searched in vain."""
        return [each for each in self.sources if not each.count]

    @property
    def takes_none(self) -> bool:
        """Whether the size that was asked for leaves out all there is."""
        return bool(self.sizeless) and not self.will_create

    @property
    def new_hint(self) -> str:
        return "left out: size not known" if self.takes_none else ""


def look(tenant: Tenant, criteria: Criteria, *, tells_how: bool = False) -> Preview:
    """Look into the sources without changing anything.

    `tells_how`: whoever reads it may let them find more.
    """
    sources = [source for source in serving(criteria.kind) if criteria.asks(source)]
    target = criteria.target()
    seen = [(source, source.preview(tenant, target)) for source in sources]
    found = [each for _, each in seen]
    new = sum(each.new for each in found)
    silent = [
        (source.label, each.new)
        for source, each in seen
        if criteria.min_employees is not None and not source.tells_size
    ]
    sizeless = sum(count for _, count in silent)
    ready = new - sizeless if criteria.only_known_size else new
    return Preview(
        matching=sum(each.matching for each in found),
        known=sum(each.known for each in found),
        new=new,
        edge=sum(each.edge for each in found),
        takeable=sum(each.takeable for each in found),
        sizeless=sizeless,
        silent=[label for label, _ in silent],
        will_create=min(ready, criteria.max_results),
        first_ten=_nearest(entry for each in found for entry in each.first_ten),
        sources=[basis for each in found for basis in each.bases],
        missing=[_said(advice, tells_how) for each in found for advice in each.advice],
        looked_at=sum(each.looked_at for each in found),
        seen={source.slug: each for source, each in seen},
        may_be_more=ready < criteria.max_results and any(each.is_more for each in found),
    )


def _said(advice: Advice, tells_how: bool) -> str:
    return f"{advice.said} {advice.how}".strip() if tells_how else advice.said


def _nearest(entries: Any) -> list[RegisterEntry]:
    return sorted(entries, key=lambda entry: entry.miles)[:10]
