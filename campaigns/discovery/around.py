"""The outward codes of a circle, and how far its postcodes lie from the middle."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from campaigns.discovery.contract import Target
from crm.places.distance import box_around, miles_between
from crm.places.locate import ELSEWHERE, Place
from crm.places.models import FullPostcode, Outward
from crm.registers.near import OUTWARD_ERROR_MILES


class Near(NamedTuple):
    """An outward code, and how far its centre is."""

    miles: float
    code: str


@dataclass(frozen=True)
class Spot:
    """Where a postcode lies; `miles` from the middle."""

    latitude: float
    longitude: float
    precision: str
    miles: float

    def is_outside(self, radius: float) -> bool:
        """Whether it surely is, however vague."""
        error = OUTWARD_ERROR_MILES if self.precision == "outward" else 0.0
        return self.miles > radius + error


def outwards(target: Target) -> list[Near]:
    """Give the codes of which any postcode may lie in the circle, the nearest first."""
    place, reach = target.place, target.miles + OUTWARD_ERROR_MILES
    box = box_around(place.latitude, place.longitude, reach)
    rows = Outward.objects.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    )
    middle = (place.latitude, place.longitude)
    found = [
        Near(miles_between(middle, (latitude, longitude)), code)
        for code, latitude, longitude in rows.values_list("code", "latitude", "longitude")
        if latitude is not None and longitude is not None and code[:2] not in ELSEWHERE
    ]
    # The own one first: its centre may be further off than a neighbour's.
    own = place.postcode.outward
    return sorted(
        (near for near in found if near.miles <= reach), key=lambda near: (near.code != own, near)
    )


def spots(place: Place, postcodes: Iterable[str]) -> dict[str, Spot]:
    """Say where postcodes lie, as they are normally written; those that nobody knows are left
    out."""
    wanted = set(postcodes)
    points: dict[str, tuple[float, float, str]] = {
        text: (latitude, longitude, "postcode")
        for text, latitude, longitude in FullPostcode.objects.filter(pk__in=wanted).values_list(
            "text", "latitude", "longitude"
        )
    }
    outward_of = {text: text.partition(" ")[0] for text in wanted - points.keys()}
    rows = Outward.objects.filter(pk__in=set(outward_of.values()), latitude__isnull=False)
    centres = {row.code: row for row in rows.exclude(longitude=None)}
    for text, code in outward_of.items():
        if (row := centres.get(code)) and row.latitude is not None and row.longitude is not None:
            points[text] = (row.latitude, row.longitude, "outward")
    middle = (place.latitude, place.longitude)
    return {
        text: Spot(latitude, longitude, precision, miles_between(middle, (latitude, longitude)))
        for text, (latitude, longitude, precision) in points.items()
    }
