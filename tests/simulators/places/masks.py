"""Field masks: what a caller wants of an answer, and what Google charges for it."""

from typing import Any

# What may be asked of a place, by the price of asking.
BY_PRICE = {
    "ids": "id name nextPageToken attributions movedPlace movedPlaceId photos",
    "essentials": (
        "addressComponents addressDescriptor adrFormatAddress formattedAddress location plusCode "
        "postalAddress shortFormattedAddress types viewport"
    ),
    "pro": (
        "accessibilityOptions businessStatus containingPlaces displayName entrances "
        "googleMapsLinks googleMapsUri iconBackgroundColor iconMaskBaseUri navigationPoints "
        "openingDate primaryType primaryTypeDisplayName googleMapsTypeLabel "
        "pureServiceAreaBusiness subDestinations timeZone utcOffsetMinutes consumerAlert"
    ),
    "enterprise": (
        "currentOpeningHours currentSecondaryOpeningHours internationalPhoneNumber "
        "nationalPhoneNumber priceLevel priceRange rating regularOpeningHours "
        "regularSecondaryOpeningHours userRatingCount websiteUri transitStation"
    ),
    "atmosphere": (
        "allowsDogs curbsidePickup delivery dineIn editorialSummary evChargeAmenitySummary "
        "evChargeOptions fuelOptions generativeSummary goodForChildren goodForGroups "
        "goodForWatchingSports liveMusic menuForChildren neighborhoodSummary outdoorSeating "
        "parkingOptions paymentOptions reservable restroom reviewSummary reviews servesBeer "
        "servesBreakfast servesBrunch servesCocktails servesCoffee servesDessert servesDinner "
        "servesLunch servesVegetarianFood servesWine takeout"
    ),
}
IDS, ESSENTIALS, PRO, ENTERPRISE, ATMOSPHERE = (set(names.split()) for names in BY_PRICE.values())
FIELDS = (IDS | ESSENTIALS | PRO | ENTERPRISE | ATMOSPHERE) - {"nextPageToken"}
SEARCH_FIELDS = {"places", "nextPageToken", "routingSummaries", "contextualContents", "searchUri"}


class BadMask(Exception):
    """A path that leads nowhere."""


def read(mask: str, search: bool) -> list[list[str]]:
    """The mask's paths, of a search's answer or of one place; BadMask names a wrong one."""
    paths = []
    for written in mask.split(","):
        path = written.split(".")
        known = [*path]
        if search and written != "*" and known.pop(0) not in SEARCH_FIELDS:
            raise BadMask(written)
        if known and known[0] not in FIELDS | {"*"} and (not search or path[0] == "places"):
            raise BadMask(written)
        paths.append(path)
    return paths


def apply(whole: dict[str, Any], paths: list[list[str]]) -> dict[str, Any]:
    """Only those parts of an answer that a path leads to."""
    found: dict[str, Any] = {}
    for path in paths:
        if path == ["*"] or not path:
            return whole
        first, rest = path[0], path[1:]
        if first not in whole:
            continue
        value = whole[first]
        deeper = [other[1:] for other in paths if other and other[0] == first]
        if not rest or [] in deeper or not isinstance(value, dict | list):
            found[first] = value
        elif isinstance(value, dict):
            found[first] = apply(value, deeper)
        else:
            found[first] = [
                apply(each, deeper) if isinstance(each, dict) else each for each in value
            ]
    return found


def sku(method: str, paths: list[list[str]]) -> str:
    """The dearest field names the SKU that a call is charged as."""
    wanted = {path[1] if path[0] == "places" and len(path) > 1 else path[0] for path in paths}
    if wanted & (ATMOSPHERE | {"*", "places"}):
        return f"{method} Enterprise + Atmosphere"
    if wanted & ENTERPRISE:
        return f"{method} Enterprise"
    if wanted & PRO or (wanted & ESSENTIALS and method != "Place Details"):
        return f"{method} Pro"
    if wanted & ESSENTIALS:
        return f"{method} Essentials"
    return f"{method} Essentials (IDs Only)"
