"""What a campaign asks for, checked; the same criteria are the same campaign."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from campaigns import kinds
from campaigns.discovery.contract import Source, Target
from crm.look.formats import pounds
from crm.places import locate

MILES = range(1, 201)
MAXIMUM = range(1, 501)
PEOPLE = range(1, 100_001)
PENCE = range(1, 100_000_001)


class Unfit(ValueError):
    """A criterion is out of bounds; the sentence says what is allowed."""


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """`postcode` is in its normal form; make it with `check`.

    `takes_edge`: also those whose area, not they themselves, is known to lie in the circle.
    `takes_customers`: customers are duplicates all the same, but count as found by the campaign.
    An organisation of fewer than `min_employees` is left out, and with `only_known_size` whatever
    no source knows the size of.
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

    @property
    def fingerprint(self) -> str:
        """One value for equal criteria (SHA-256 of their JSON), whatever else could be asked."""
        circle = [self.postcode, self.miles, self.takes_edge]
        parts: list[Any] = [self.kind.slug, *circle, self.max_results, self.extra]
        refined = {name: getattr(self, name) for name in REFINED if getattr(self, name)}
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
        asked = (self.min_employees, self.only_known_size, self.extra)
        return (self.kind.slug, self.postcode, self.takes_edge, *asked)

    def takes_from(self, source: Source) -> bool:
        """Say whether anything new that the source sees can become a lead."""
        return source.tells_size or not self.only_known_size

    def target(self) -> Target:
        """Give the circle to search."""
        place = locate.place(self.postcode)
        return Target(self.kind, place, self.miles, self.takes_edge, self.extra)

    def as_json(self) -> dict[str, Any]:
        """Write it as a run, a template or a campaign keeps it; `read` is the way back."""
        return {name: getattr(self, name) for name in KEPT} | {"kind": self.kind.slug}


KEPT = (
    "postcode", "miles", "max_results", "extra", "takes_edge", "takes_customers", "min_employees",
    "only_known_size", "budget_pence",
)  # fmt: skip
# Part of the fingerprint where they are asked for.
REFINED = ("takes_customers", "min_employees", "only_known_size", "budget_pence")


def read(kept: dict[str, Any]) -> Criteria:
    """Give the criteria that `as_json` wrote; raises kinds.UnknownKind."""
    return Criteria(
        kind=kinds.get(kept["kind"]), **{name: kept[name] for name in KEPT if name in kept}
    )


def of(campaign: Any) -> Criteria:
    """Give the criteria of a campaign."""
    given = {name: getattr(campaign, name) for name in KEPT}
    return Criteria(kind=kinds.get(campaign.kind), **given)


def check_miles(miles: int) -> None:
    """Refuse a radius out of bounds."""
    if miles not in MILES:
        raise Unfit(f"The radius is from 1 to 200 miles; {miles} is outside that.")


def check_maximum(max_results: int) -> None:
    """Refuse a maximum out of bounds."""
    if max_results not in MAXIMUM:
        raise Unfit(f"The maximum is from 1 to 500; {max_results} is outside that.")


def check_size(people: int | None) -> None:
    """Refuse a minimum size out of bounds."""
    if people is not None and people not in PEOPLE:
        raise Unfit(f"The minimum size is from 1 to 100,000 people; {people} is outside that.")


def check_budget(pence: int | None) -> None:
    """Refuse a budget out of bounds."""
    if pence is not None and pence not in PENCE:
        raise Unfit(f"The budget is from £0.01 to £1,000,000; {pounds(pence)} is outside that.")


def check(kind: kinds.Kind, *, postcode: str, **given: Any) -> Criteria:
    """Check and normalise; raises Unfit, or NotAPostcode with a sentence of its own.

    Besides the postcode it takes what Criteria takes.
    """
    check_miles(given["miles"])
    check_maximum(given["max_results"])
    check_size(given.get("min_employees"))
    check_budget(given.get("budget_pence"))
    place = locate.place(postcode)
    if not given.get("min_employees"):
        given["min_employees"], given["only_known_size"] = None, False
    return Criteria(kind=kind, postcode=place.postcode.text, **given)
