"""Where a postcode lies: to the postcode when we know it, else to its outward code."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from crm.places.models import FullPostcode, Outward
from crm.places.postcode import NoPlaceOnTheMap, NotAPostcode, Postcode, parse

ELSEWHERE = {"JE": "Jersey", "GY": "Guernsey", "IM": "the Isle of Man", "GX": "Gibraltar"}
FORCES = "BF"


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode with its point, and how exact the point is."""

    postcode: Postcode
    latitude: float
    longitude: float
    precision: Literal["postcode", "outward"]
    town: str
    # Since when nobody has this postcode any more, if so.
    ended: date | None = None


class OutsideTheUnitedKingdom(NotAPostcode):
    """The postcode is real, but in a Crown dependency or an overseas territory."""


class NoSuchOutwardCode(NotAPostcode):
    """The form is right, but no place has this first half."""


def place(text: str) -> Place:
    """The place of a postcode as a person wrote it."""
    postcode = parse(text)
    if country := elsewhere(postcode):
        raise OutsideTheUnitedKingdom(
            f"{postcode} is in {country}. "
            "Campaigns search the United Kingdom; choose a UK postcode."
        )
    if postcode.outward.startswith(FORCES):
        raise NoPlaceOnTheMap(
            f"{postcode} is a forces address and has no place on the map. "
            "Choose a postcode of a street, like LE1 1AA."
        )
    outward = Outward.objects.filter(pk=postcode.outward).first()
    town = (outward.town or outward.region) if outward else ""
    if full := FullPostcode.objects.filter(pk=postcode.text).first():
        return Place(postcode, full.latitude, full.longitude, "postcode", town, full.ended)
    if outward is None:
        raise NoSuchOutwardCode(
            f"There is no postcode that begins with {postcode.outward}. "
            f"Check the first half of {postcode}."
        )
    if outward.latitude is None or outward.longitude is None:
        raise NoPlaceOnTheMap(
            f"We know {postcode.outward} but not where it lies. Choose a postcode nearby."
        )
    return Place(postcode, outward.latitude, outward.longitude, "outward", town)


def elsewhere(postcode: Postcode) -> str:
    """The country of a postcode that is not in the United Kingdom, else nothing."""
    return ELSEWHERE.get(postcode.outward[:2], "")
