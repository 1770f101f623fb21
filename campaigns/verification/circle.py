"""Where it is, and whether that lies in the circle."""

from dataclasses import dataclass

from django.db.models import Max

from campaigns.discovery.contract import Target
from campaigns.verification.rules import Finding
from crm.places import postcode as postcodes
from crm.places.distance import miles_between
from crm.places.locate import NoSuchOutwardCode, OutsideTheUnitedKingdom, Place, place
from crm.places.models import FullPostcode, Loaded
from crm.places.postcode import NoPlaceOnTheMap, NotAPostcode
from crm.registers import grid
from crm.registers.models import RegisterEntry
from crm.registers.near import OUTWARD_ERROR_MILES

# Letters that no second half of a postcode has.
NEVER_IN_INWARD = frozenset("CIKMOV")


@dataclass(frozen=True)
class Spot:
    """A postcode that exists, with its place; `miles` from the middle of the target."""

    place: Place
    miles: float

    @property
    def postcode(self) -> str:
        return self.place.postcode.text


@dataclass(frozen=True)
class Claimed:
    """What a claimed postcode comes to: where it lies, or why there can be no such one.

    Neither where it is no whole postcode.
    """

    spot: Spot | None = None
    impossible: Finding | None = None


def claimed(text: str, target: Target, miles: float | None = None) -> Claimed:
    """Look a postcode up, once. `miles` are those the source measured."""
    try:
        parsed = postcodes.parse(text)
    except NoPlaceOnTheMap:
        return Claimed(impossible=Finding("postcode_impossible", words={"postcode": text}))
    except NotAPostcode:
        return Claimed()
    words = {"postcode": parsed.text}
    never = NEVER_IN_INWARD & set(parsed.text[-2:])
    impossible = Finding("postcode_impossible", words=words) if never else None
    try:
        found = place(parsed.text)
    except OutsideTheUnitedKingdom:
        return Claimed(impossible=impossible or Finding("abroad", words=words))
    except (NoSuchOutwardCode, NoPlaceOnTheMap):
        return Claimed(impossible=Finding("postcode_impossible", words=words))
    return Claimed(_spot(found, target, miles), impossible)


def spot(text: str, target: Target, miles: float | None = None) -> Spot | None:
    """Find where a postcode lies; None if it is none."""
    return claimed(text, target, miles).spot


def _spot(found: Place, target: Target, miles: float | None) -> Spot:
    here = target.place
    far = miles_between((here.latitude, here.longitude), (found.latitude, found.longitude))
    is_sharper = found.precision == "outward" and miles is not None
    if is_sharper and miles is not None and abs(miles - far) <= 2 * OUTWARD_ERROR_MILES:
        return Spot(found, miles)
    return Spot(found, far)


def way(spot: Spot, text: str) -> float | None:
    """Say how many miles it is from there to a postcode; None where nobody knows that one."""
    try:
        found = place(text)
    except NotAPostcode:
        return None
    here = spot.place
    return miles_between((here.latitude, here.longitude), (found.latitude, found.longitude))


def is_heard_of(spot: Spot) -> bool:
    """Whether a list of postcodes has it, or a register somebody who is there."""
    found = spot.place
    if found.precision == "postcode":
        return True
    cell = grid.cell(found.latitude, found.longitude)
    # Whose postcode is known by its outward code alone lies where that is said to be.
    return RegisterEntry.objects.filter(cell=cell, postcode=spot.postcode).exists()


def look(spot: Spot, target: Target, *, is_measured: bool) -> list[Finding]:
    """Say whether it is in the circle. `is_measured`: the source knows its very point."""
    found = spot.place
    words = {"postcode": spot.postcode, "miles": spot.miles, "most": target.miles,
             "outward": found.postcode.outward}  # fmt: skip
    findings = [*_unknown(found)]
    is_vague = found.precision == "outward" and not is_measured
    slack = OUTWARD_ERROR_MILES if is_vague else 0.0
    if spot.miles > target.miles + slack:
        slug = "outside"
    elif is_vague and spot.miles > target.miles - slack:
        is_taken = target.takes_edge and spot.miles <= target.miles
        slug = "inside" if is_taken else "edge"
    else:
        slug = "inside"
    return [*findings, Finding(slug, words=words)]


def _unknown(found: Place) -> list[Finding]:
    """Doubt a postcode that a whole list of all postcodes doesn't have, or has as ended."""
    words: dict[str, object] = {"postcode": found.postcode.text}
    if found.ended is not None:
        return [Finding("ended_postcode", words=words)]
    if found.precision == "postcode":
        return []
    day = Loaded.objects.aggregate(day=Max("as_of"))["day"]
    if day is None or not _is_listed(found.postcode.outward):
        return []
    return [Finding("no_such_postcode", words=words | {"day": f"{day:%B %Y}"})]


def _is_listed(outward: str) -> bool:
    """Whether the list knows others there: some lists leave out Northern Ireland."""
    return FullPostcode.objects.filter(text__startswith=f"{outward} ").exists()
