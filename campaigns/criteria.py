"""What a campaign asks for, checked; the same criteria are the same campaign."""

import hashlib
import json
from dataclasses import dataclass, field

from campaigns import kinds
from campaigns.discovery.contract import Target
from crm.places import locate

MILES = range(1, 201)
MAXIMUM = range(1, 501)


class Unfit(ValueError):
    """A criterion is out of bounds; the sentence says what is allowed."""


@dataclass(frozen=True)
class Criteria:
    """`postcode` is in its normal form; make it with `check`.

    `takes_edge`: also those whose area, not they themselves, is known to lie in the circle.
    """

    kind: kinds.Kind
    postcode: str
    miles: int
    max_results: int
    extra: dict[str, str] = field(default_factory=dict)
    takes_edge: bool = False

    @property
    def fingerprint(self) -> str:
        """One value for equal criteria (SHA-256 of their JSON)."""
        circle = [self.postcode, self.miles, self.takes_edge]
        parts = [self.kind.slug, *circle, self.max_results, self.extra]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    @property
    def name(self) -> str:
        edge = ", edge included" if self.takes_edge else ""
        miles = "1 mile" if self.miles == 1 else f"{self.miles} miles"
        return f"{self.kind.name} within {miles} of {self.postcode}{edge}"

    def target(self) -> Target:
        """Give the circle to search."""
        return Target(self.kind, locate.place(self.postcode), self.miles, self.takes_edge)


def check_miles(miles: int) -> None:
    """Refuse a radius out of bounds."""
    if miles not in MILES:
        raise Unfit(f"The radius is from 1 to 200 miles; {miles} is outside that.")


def check_maximum(max_results: int) -> None:
    """Refuse a maximum out of bounds."""
    if max_results not in MAXIMUM:
        raise Unfit(f"The maximum is from 1 to 500; {max_results} is outside that.")


def check(
    kind: kinds.Kind,
    *,
    postcode: str,
    miles: int,
    max_results: int,
    extra: dict[str, str] | None = None,
    takes_edge: bool = False,
) -> Criteria:
    """Check and normalise; raises Unfit, or NotAPostcode with a sentence of its own."""
    check_miles(miles)
    check_maximum(max_results)
    place = locate.place(postcode)
    return Criteria(kind, place.postcode.text, miles, max_results, extra or {}, takes_edge)
