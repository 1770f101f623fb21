"""What a campaign asks for, checked; the same criteria are the same campaign."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from campaigns import kinds
from campaigns.target import Asked, Target
from crm.look.formats import pounds
from crm.places import locate
from crm.registers import trades

MILES = range(1, 201)
MAXIMUM = range(1, 501)
PEOPLE = range(1, 100_001)
POINTS = range(1, 101)
PENCE = range(1, 100_000_001)


class Unfit(ValueError):
    """A criterion is out of bounds; the sentence says what is allowed."""


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """`postcode` is in its normal form; make it with `check`.

    `takes_edge`: also those whose area, not they themselves, is known to lie in the circle.
    `takes_customers`: customers are duplicates all the same, but count as found by the campaign.
    An organisation of fewer than `min_employees` is left out, and with `only_known_size` whatever
    no source knows the size of. `sectors` are slugs of trades or codes of SIC 2007, `keywords` and
    `job_titles` words as a person wrote them. Below `min_score` points nothing is admitted, and
    what nobody could verify only if `takes_unverified`. `sources` are the slugs of those that are
    asked, None for all that are free; `credits_most` is what one run may cost.
    """

    kind: kinds.Kind
    postcode: str
    miles: int
    max_results: int
    extra: dict[str, str] = field(default_factory=dict)
    takes_edge: bool = False
    takes_customers: bool = False
    min_employees: int | None = None
    only_known_size: bool = False
    budget_pence: int | None = None
    max_employees: int | None = None
    keywords: Sequence[str] = ()
    sectors: Sequence[str] = ()
    job_titles: Sequence[str] = ()
    min_score: int | None = None
    takes_unverified: bool = False
    sources: Sequence[str] | None = None
    credits_most: int = 0

    @property
    def fingerprint(self) -> str:
        """One value for equal criteria (SHA-256 of their JSON), whatever else could be asked."""
        circle = [self.postcode, self.miles, self.takes_edge]
        parts: list[Any] = [self.kind.slug, *circle, self.max_results, self.extra]
        refined = {name: getattr(self, name) for name in REFINED if getattr(self, name)}
        if self.sources is not None:
            refined["sources"] = sorted(self.sources)
        if refined:
            parts.append(refined)
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    @property
    def name(self) -> str:
        return ", ".join([f"{self.kind.name} within {self.place_label}", *self.phrases])

    @property
    def phrases(self) -> list[str]:
        """What is asked for besides kind, circle and maximum, in a few words each."""
        people = "1 person" if self.min_employees == 1 else f"{self.min_employees or 0:,} people"
        said = {
            "edge included": self.takes_edge,
            "customers included": self.takes_customers,
            f"{people} or more": self.min_employees,
            "size known": self.only_known_size,
            f"{self.max_employees or 0:,} people or fewer": self.max_employees,
            f"about {', '.join(self.keywords)}": self.keywords,
            f"sectors {', '.join(map(trades.label, self.sectors))}": self.sectors,
            f"for {', '.join(self.job_titles)}": self.job_titles,
            f"{self.min_score} points or more": self.min_score,
            "unverified included": self.takes_unverified,
            f"budget {pounds(self.budget_pence)}": self.budget_pence,
        }
        return [words for words, is_asked in said.items() if is_asked]

    @property
    def miles_label(self) -> str:
        return "1 mile" if self.miles == 1 else f"{self.miles} miles"

    @property
    def place_label(self) -> str:
        return f"{self.miles_label} of {self.postcode}"

    @property
    def walk(self) -> tuple[Any, ...]:
        """What the order and the verdicts of a walk hang on: as long as it is equal, a place that
        was reached stays reached, also in a wider circle."""
        size = (self.min_employees, self.max_employees, self.only_known_size)
        words = [list(each) for each in (self.keywords, self.sectors, self.job_titles)]
        verdicts = (self.min_score, self.takes_unverified)
        return (self.kind.slug, self.postcode, self.takes_edge, self.extra, size, words, verdicts)

    def takes_from(self, source: Asked) -> bool:
        """Say whether anything new that the source sees can become a lead."""
        return source.tells_size or not self.only_known_size

    def asks(self, source: Asked) -> bool:
        """Say whether the source is among those that were chosen, or nobody chose."""
        return self.sources is None or source.slug in self.sources

    def target(self) -> Target:
        """Give the circle to search."""
        place = locate.place(self.postcode)
        sectors = tuple(self.sectors)
        return Target(self.kind, place, self.miles, self.takes_edge, self.extra, sectors)

    def as_json(self) -> dict[str, Any]:
        """Write it as a run, a template or a campaign keeps it; `read` is the way back."""
        lists = {name: list(getattr(self, name)) for name in LISTS}
        chosen = None if self.sources is None else list(self.sources)
        kept = {name: getattr(self, name) for name in KEPT}
        return kept | lists | {"sources": chosen, "kind": self.kind.slug}


KEPT = (
    "postcode", "miles", "max_results", "extra", "takes_edge", "takes_customers", "min_employees",
    "only_known_size", "budget_pence", "max_employees", "keywords", "sectors", "job_titles",
    "min_score", "takes_unverified", "sources", "credits_most",
)  # fmt: skip
LISTS = ("keywords", "sectors", "job_titles")
# Part of the fingerprint where they are asked for.
REFINED = (
    "takes_customers", "min_employees", "only_known_size", "budget_pence", "max_employees",
    *LISTS, "min_score", "takes_unverified",
)  # fmt: skip


def read(kept: dict[str, Any]) -> Criteria:
    """Give the criteria that `as_json` wrote; raises kinds.UnknownKind."""
    given = {name: kept[name] for name in KEPT if name in kept}
    return Criteria(kind=kinds.get(kept["kind"]), **_listed(given))


def of(campaign: Any) -> Criteria:
    """Give the criteria of a campaign."""
    given = {name: getattr(campaign, name) for name in KEPT}
    return Criteria(kind=kinds.get(campaign.kind), **_listed(given))


def _listed(given: dict[str, Any]) -> dict[str, Any]:
    """Give lists as the criteria hold them: so that two can be equal, and nobody adds to one."""
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in given.items()
    }


def check_miles(miles: int) -> None:
    """Refuse a radius out of bounds."""
    if miles not in MILES:
        raise Unfit(f"The radius is from 1 to 200 miles; {miles} is outside that.")


def check_maximum(max_results: int) -> None:
    """Refuse a maximum out of bounds."""
    if max_results not in MAXIMUM:
        raise Unfit(f"The maximum is from 1 to 500; {max_results} is outside that.")


def check_least(people: int | None) -> None:
    """Refuse a minimum size out of bounds."""
    _check_size("minimum", people)


def check_most(people: int | None) -> None:
    """Refuse a maximum size out of bounds."""
    _check_size("maximum", people)


def _check_size(which: str, people: int | None) -> None:
    if people is not None and people not in PEOPLE:
        raise Unfit(f"The {which} size is from 1 to 100,000 people; {people} is outside that.")


def check_budget(pence: int | None) -> None:
    """Refuse a budget out of bounds."""
    if pence is not None and pence not in PENCE:
        raise Unfit(f"The budget is from £0.01 to £1,000,000; {pounds(pence)} is outside that.")


def check_score(points: int | None) -> None:
    """Refuse a lowest score out of bounds."""
    if points is not None and points not in POINTS:
        raise Unfit(f"The lowest score is from 1 to 100; {points} is outside that.")


def check(kind: kinds.Kind, *, postcode: str, **given: Any) -> Criteria:
    """Check and normalise; raises Unfit, or NotAPostcode with a sentence of its own.

    Besides the postcode it takes what Criteria takes.
    """
    check_miles(given["miles"])
    check_maximum(given["max_results"])
    check_least(given.get("min_employees"))
    check_most(given.get("max_employees"))
    check_score(given.get("min_score"))
    check_budget(given.get("budget_pence"))
    place = locate.place(postcode)
    given |= {name: given.get(name) or None for name in ("min_employees", "max_employees")}
    if not given["min_employees"] and not given["max_employees"]:
        given["only_known_size"] = False
    return Criteria(kind=kind, postcode=place.postcode.text, **_listed(given))
