"""Where a text is at home: the places that it names, and places close to them."""

import math
from functools import lru_cache

from crm.places import districts
from scoring.closeness.words import words

# Two cells of the grid are as close as their centres; a cell is so many degrees wide, a degree of
# longitude being some six tenths of one of latitude here.
CELLS = (0.5, 2.0)
NARROW = 0.6
Share = tuple[tuple[str, float], ...]


def of_outward(code: str) -> Share:
    """Give where an outward code ("le1") is: its region and the cells around; nothing if none."""
    found = districts.all_of().get(code.upper())
    if found is None:
        return ()
    return _shares(found.region, found.latitude, found.longitude)


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """Give all outward codes."""
    return frozenset(districts.all_of())


@lru_cache(maxsize=1)
def towns() -> dict[str, Share]:
    """Give the same of towns of one word, at the middle of their outward codes."""
    spots: dict[str, list[districts.District]] = {}
    for each in districts.all_of().values():
        for name in each.town.split(","):
            parts = words(name)
            if len(parts) == 1 and not parts[0].isdigit():
                spots.setdefault(parts[0], []).append(each)
    found = {}
    for town, those in spots.items():
        latitude = sum(each.latitude for each in those) / len(those)
        longitude = sum(each.longitude for each in those) / len(those)
        if all(abs(each.latitude - latitude) < CELLS[0] for each in those):
            found[town] = _shares(those[0].region, latitude, longitude)
    return found


def _shares(region: str, latitude: float, longitude: float) -> Share:
    """Share it out to the four cells around, so that places across a border are close, too."""
    shares = [(f"region:{region}", 1.0)]
    for width in CELLS:
        x, y = longitude * NARROW / width, latitude / width
        left, low = math.floor(x), math.floor(y)
        for column, of_column in ((left, left + 1 - x), (left + 1, x - left)):
            for row, of_row in ((low, low + 1 - y), (low + 1, y - low)):
                shares.append((f"cell:{width}:{column}:{row}", math.sqrt(of_column * of_row)))
    return tuple(shares)
