"""One place as Google shows it now: looked up when a person asks, shown, and kept nowhere."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from campaigns.discovery.google_places import place
from campaigns.discovery.live import Unanswerable
from campaigns.discovery.plain import text
from crm import http
from crm.credits import prices
from crm.outside.errors import NotReadable, NotThere, TooBig
from crm.outside.key import Key

# Telephone, website and rating have one price; what is cheaper comes along.
MASK = ",".join(
    (
        "id", "displayName", "formattedAddress", "nationalPhoneNumber", "websiteUri", "rating",
        "userRatingCount", "businessStatus", "googleMapsUri", "attributions",
    )
)  # fmt: skip
RESTING = "CLOSED_TEMPORARILY"
MOST_RATINGS = 1_000_000_000
# Costs nothing: says by which id an old one is known today.
IDENT_MASK = "id"


@dataclass(frozen=True)
class Attribution:
    """Who else has to be named; `url` may be ""."""

    provider: str
    url: str


@dataclass(frozen=True)
class Glimpse:
    """What Google says of a place. `place_id` is the one by which it is known now.

    `maps_url` is where Google itself shows it, and must stand beside it with `attributions` and
    Google's name. Not for any table, file or log. It has closed for good, or is `is_resting`.
    """

    place_id: str
    name: str
    address: str
    phone: str
    website: str
    rating: float | None
    ratings: int
    maps_url: str
    is_closed: bool
    attributions: tuple[Attribution, ...]
    is_resting: bool = False


def look(key: Key, place_id: str) -> Glimpse:
    """Look a place up; raises NotThere where Google knows it by no id any more.

    Besides what the door raises, Unanswerable where the answer names no place.
    """
    try:
        said = _ask(key, place_id, MASK)
    except NotThere:
        today = text(_ask(key, place_id, IDENT_MASK).get("id"))
        if not place.IDENT.fullmatch(today) or today == place_id:
            raise
        said = _ask(key, today, MASK)
    return _read(said, place_id)


def micros() -> int:
    """Say what one look is charged, in millionths of a pound."""
    return prices.vendor("google_places", "details")


def _ask(key: Key, place_id: str, mask: str) -> dict[str, Any]:
    try:
        said = http.call(
            key,
            "GET",
            f"/places/{quote(place_id, safe='')}",
            query={"languageCode": "en-GB", "regionCode": "GB"},
            headers={"X-Goog-FieldMask": mask},
            repeatable=mask == IDENT_MASK,
        ).json()
    except (NotReadable, TooBig) as error:
        raise Unanswerable(str(error), cost_micros=micros()) from None
    if not isinstance(said, dict):
        raise Unanswerable("Google answered, but with no place.", cost_micros=micros())
    return said


def _read(said: dict[str, Any], place_id: str) -> Glimpse:
    name = place.label(said.get("displayName"))
    if not name:
        raise Unanswerable("Google answered with a place that has no name.", cost_micros=micros())
    named = said.get("attributions")
    return Glimpse(
        place_id=text(said.get("id")) or place_id,
        name=name,
        address=text(said.get("formattedAddress"), 500),
        phone=text(said.get("nationalPhoneNumber"), 40),
        website=_link(said.get("websiteUri")),
        rating=_number(said.get("rating")),
        ratings=int(_number(said.get("userRatingCount")) or 0),
        maps_url=_link(said.get("googleMapsUri")),
        is_closed=said.get("businessStatus") == place.GONE,
        is_resting=said.get("businessStatus") == RESTING,
        attributions=tuple(
            Attribution(text(each.get("provider")), _link(each.get("providerUri")))
            for each in (named if isinstance(named, list) else ())
            if isinstance(each, dict) and text(each.get("provider"))
        ),
    )


def _number(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and abs(value) < MOST_RATINGS else None


def _link(value: Any) -> str:
    """Give an address that a page may link to."""
    address = text(value, 2_000)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""
