"""A place of an answer: who it is, for as long as a check takes."""

import re
from collections.abc import Mapping
from typing import Any

from campaigns.discovery.live import Seen
from campaigns.discovery.plain import text
from crm.places.distance import miles_between
from crm.places.locate import Place
from crm.places.postcode import IN_TEXT, NotAPostcode, parse
from leads.identity.candidate import Candidate

IDENT = re.compile(r"[\w-]{1,300}", re.ASCII)
GONE = "CLOSED_PERMANENTLY"
COUNTRY = re.compile(r",?\s*(?:UK|United Kingdom|Great Britain)\s*$", re.IGNORECASE)


def read(item: Any, around: Place) -> Seen | None:
    """Read one place of an answer; None where it names none."""
    if not isinstance(item, Mapping):
        return None
    ident, name = text(item.get("id")), label(item.get("displayName"))
    if not IDENT.fullmatch(ident) or not name:
        return None
    lines, town, postcode = address(text(item.get("formattedAddress")))
    candidate = Candidate(
        name=name,
        source="google_places",
        address=lines,
        town=town,
        postcode=postcode,
        website=text(item.get("websiteUri"), 2_000),
    )
    return Seen(
        candidate,
        ident,
        miles=_miles(item.get("location"), around),
        closed="Google says that it has closed for good" if _is_gone(item) else "",
        place_id=ident,
    )


def label(value: Any) -> str:
    """Give a text that comes with its language."""
    return text(value.get("text")) if isinstance(value, Mapping) else ""


def address(written: str) -> tuple[str, str, str]:
    """Take an address apart: its lines, its town and its postcode."""
    rest, postcode = COUNTRY.sub("", written), ""
    for found in reversed(list(IN_TEXT.finditer(rest))):
        try:
            postcode = parse(found.group()).text
        except NotAPostcode:
            continue
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
        break
    lines = [" ".join(line.split()) for line in rest.split(",")]
    lines = [line for line in lines if line]
    town = lines.pop() if len(lines) > 1 else ""
    return ", ".join(lines), town, postcode


def _miles(point: Any, around: Place) -> float | None:
    """Say how far it is; who only visits customers has no place."""
    if not isinstance(point, Mapping):
        return None
    latitude, longitude = point.get("latitude", 0.0), point.get("longitude", 0.0)
    if not _is_degree(latitude, 90) or not _is_degree(longitude, 180):
        return None
    return miles_between((around.latitude, around.longitude), (latitude, longitude))


def _is_degree(value: Any, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most


def _is_gone(item: Mapping[str, Any]) -> bool:
    return item.get("businessStatus") == GONE
