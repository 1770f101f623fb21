"""What is known of numbers by heart: area codes, countries. Each file says where it comes from.

The geocoder of the library that reads numbers would take 0.3 seconds and 99 MB to import, since it
knows all countries in all languages; these take five milliseconds.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Area:
    """An area code ("0116") with its place, and the postcode areas where it is at home.

    Of those at its `edges` nothing can be said either way.
    """

    code: str
    place: str
    postcode_areas: tuple[str, ...]
    edges: frozenset[str]


def area(national: str) -> Area | None:
    """Find the area of a national number ("01162551234"), None where it belongs to no place.

    Codes are of three to five digits, with the 0, and none begins like another.
    """
    known = _areas()
    return next((known[code] for n in (3, 4, 5) if (code := national[:n]) in known), None)


def country(code: str) -> str:
    """Name a country by its ISO code, "" where it is none."""
    return _countries().get(code, "")


@cache
def _areas() -> dict[str, Area]:
    found = {}
    for line in _lines("area_codes"):
        code, place, home, edges = (each.strip() for each in f"{line};;;".split(";")[:4])
        found[code] = Area(code, place, tuple(home.split()), frozenset(edges.split()))
    return found


@cache
def _countries() -> dict[str, str]:
    return dict(line.split("; ", 1) for line in _lines("countries"))


def _lines(name: str) -> list[str]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and line[0] != "#"]
