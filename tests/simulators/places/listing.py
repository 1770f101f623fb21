"""A place on Google's map."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Any

from tests.simulators import fakes
from tests.simulators.places import opening
from tests.simulators.truth import presence
from tests.simulators.truth.presence import Hours
from tests.simulators.world import TRADES, Organisation, geography, place

SERVICE_AREA = {"plumber", "electrician", "cleaner"}  # some of them have no premises to visit
EVERYWHERE = ("point_of_interest", "establishment")


@dataclass(frozen=True, slots=True)
class Listing:
    id: str
    name: str
    types: tuple[str, ...]
    address: str
    town: str
    postcode: str
    latitude: float
    longitude: float
    phone: str
    website: str
    closed: bool
    service_area: bool
    figure: int  # what its rating and its rank are drawn from
    hours: Hours | None = None

    @property
    def status(self) -> str:
        if self.closed:
            return "CLOSED_PERMANENTLY"
        return "CLOSED_TEMPORARILY" if self.figure % 97 == 0 else "OPERATIONAL"

    @property
    def rated(self) -> int:
        """How many people have rated it; some nobody."""
        return 0 if self.figure % 9 == 0 else 1 + self.figure // 23 % 240


def figure(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big")


def is_listed(one: Organisation) -> bool:
    """Trades of public life are on the map, and six in seven of the other made-up companies."""
    return one.public or (not one.from_register and figure(one.id) % 7 > 0)


def of_organisation(one: Organisation) -> Listing:
    drawn = figure(one.id)
    return Listing(
        one.place_id,
        one.name,
        (*TRADES[one.trade].types, *EVERYWHERE),
        one.address,
        one.town,
        one.postcode,
        one.latitude,
        one.longitude,
        one.phone,
        one.website,
        one.closed,
        one.trade in SERVICE_AREA and drawn % 5 < 2,
        drawn,
        presence.hours(one),
    )


@cache
def ghosts() -> tuple[Listing, ...]:
    """Branches that have closed and stay on the map as closed."""
    found = []
    for fake in fakes.of_kind("closed-branch"):
        claim = fake.claim
        outward = claim["postcode"].split()[0]
        spot = geography.spot(claim["postcode"]) or spot_of(outward)
        if spot is None:
            continue
        digest = blake2b(fake.id.encode(), digest_size=18).digest()
        found.append(
            Listing(
                f"ChIJ{urlsafe_b64encode(digest).decode()[:23]}",
                claim["name"],
                ("corporate_office", *EVERYWHERE),
                claim["address"],
                claim["town"],
                claim["postcode"],
                *spot,
                claim["phone"] or "",
                claim["website"] or "",
                True,
                False,
                figure(fake.id),
            )
        )
    return tuple(found)


def spot_of(outward: str) -> tuple[float, float] | None:
    where = place(outward)
    return (where.latitude, where.longitude) if where else None


def international(phone: str) -> str:
    return f"+44 {phone.removeprefix('0')}" if phone else ""


def place_at(listing: Listing, now: float) -> dict[str, Any]:
    """The whole Place with its opening hours, which only details are asked for."""
    whole = place_of(listing)
    if listing.hours and listing.status == "OPERATIONAL":
        whole["regularOpeningHours"] = opening.regular(listing.hours, now)
        whole["currentOpeningHours"] = opening.current(listing.hours, now)
    return whole


def place_of(listing: Listing) -> dict[str, Any]:
    """The whole Place but its opening hours, of which a field mask takes a part."""
    uri = f"https://maps.google.com/?cid={listing.figure}"
    shown = [] if listing.service_area else [listing.address]
    primary = listing.types[0] if len(listing.types) > 2 else ""
    lines = [*shown, f"{listing.town} {listing.postcode}", "UK"]
    whole = {
        "name": f"places/{listing.id}",
        "id": listing.id,
        "types": list(listing.types),
        "primaryType": primary,
        "primaryTypeDisplayName": (
            {"text": primary.replace("_", " ").capitalize(), "languageCode": "en-US"}
            if primary
            else None
        ),
        "displayName": {"text": listing.name, "languageCode": "en"},
        "formattedAddress": ", ".join(line for line in lines if line),
        "shortFormattedAddress": ", ".join(line for line in (*shown, listing.town) if line),
        "addressComponents": components(listing),
        "postalAddress": {
            "regionCode": "GB",
            "languageCode": "en-GB",
            "postalCode": listing.postcode,
            "locality": listing.town,
            "addressLines": [line for line in shown if line],
        },
        "location": {"latitude": listing.latitude, "longitude": listing.longitude},
        "viewport": {
            "low": {"latitude": listing.latitude - 0.0013, "longitude": listing.longitude - 0.0013},
            "high": {
                "latitude": listing.latitude + 0.0013,
                "longitude": listing.longitude + 0.0013,
            },
        },
        "businessStatus": listing.status,
        "nationalPhoneNumber": listing.phone,
        "internationalPhoneNumber": international(listing.phone),
        "websiteUri": listing.website,
        "googleMapsUri": uri,
        "rating": round(2.8 + listing.figure % 23 / 10, 1) if listing.rated else None,
        "userRatingCount": listing.rated or None,
        "utcOffsetMinutes": 0,
        "timeZone": {"id": "Europe/London"},
        "pureServiceAreaBusiness": listing.service_area,
        "attributions": [],
    }
    return {name: value for name, value in whole.items() if value not in ("", None, [])}


def components(listing: Listing) -> list[dict[str, Any]]:
    rows = [
        (listing.town, listing.town, ["postal_town"]),
        ("United Kingdom", "GB", ["country", "political"]),
        (listing.postcode, listing.postcode, ["postal_code"]),
    ]
    if listing.address and not listing.service_area:
        rows.insert(0, (listing.address, listing.address, ["route"]))
    return [
        {"longText": long, "shortText": short, "types": types, "languageCode": "en-GB"}
        for long, short, types in rows
    ]
