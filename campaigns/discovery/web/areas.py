"""The places into which a circle is parted for questions, nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.discovery import around
from campaigns.discovery.contract import Target
from crm.places.models import Outward

# An outward code whose centre lies so little outside still has streets inside.
MARGIN_MILES = 1.5
# In one question: more would be searched as one big place.
MOST_CODES = 3
# Of the widest circles the nearest do: nobody asks a thousand questions.
MOST_AREAS = 400


@dataclass(frozen=True)
class Area:
    """A town, or a part of it, by its outward codes; `miles` from the middle of the circle."""

    town: str
    codes: tuple[str, ...]
    miles: float

    @property
    def slug(self) -> str:
        return "+".join(self.codes)

    @property
    def label(self) -> str:
        """Name it as a person would write it into a search."""
        return f"{self.town} ({', '.join(self.codes)})" if self.town else ", ".join(self.codes)


def of(target: Target) -> Sequence[Area]:
    """Part a target's circle, the nearest first; never none."""
    codes = [near for near in around.outwards(target) if near.miles <= target.miles + MARGIN_MILES]
    own = target.place.postcode.outward
    if own not in {near.code for near in codes}:
        codes.insert(0, around.Near(0.0, own))
    rows = Outward.objects.filter(pk__in=[near.code for near in codes])
    towns = {row.code: row.town.split(",")[0].strip() for row in rows}
    return _grouped([(near.miles, near.code, towns.get(near.code, "")) for near in codes])[
        :MOST_AREAS
    ]


def _grouped(near: Sequence[tuple[float, str, str]]) -> list[Area]:
    """Put neighbouring codes of one town together."""
    areas: list[Area] = []
    open_: dict[str, int] = {}
    for miles, code, town in near:
        at = open_.get(town) if town else None
        if at is not None and len(areas[at].codes) < MOST_CODES:
            areas[at] = Area(town, (*areas[at].codes, code), areas[at].miles)
            continue
        open_[town] = len(areas)
        areas.append(Area(town, (code,), miles))
    return areas
