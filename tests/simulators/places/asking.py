"""Reading what a caller asks of Google's Places."""

import base64
import hashlib
import json
from typing import Any

from tests.simulators.messages import Call
from tests.simulators.places import masks
from tests.simulators.places.finding import Area, circle, rectangle

PAGE = 20
TEXT_FIELDS = {
    *("textQuery", "languageCode", "regionCode", "rankPreference", "includedType", "openNow"),
    *("minRating", "maxResultCount", "pageSize", "pageToken", "priceLevels", "evOptions"),
    *("strictTypeFiltering", "locationBias", "locationRestriction", "routingParameters"),
    *("searchAlongRouteParameters", "includePureServiceAreaBusinesses"),
    *("includeFutureOpeningBusinesses",),
}
NEARBY_FIELDS = {
    *("languageCode", "regionCode", "includedTypes", "excludedTypes", "includedPrimaryTypes"),
    *("excludedPrimaryTypes", "maxResultCount", "locationRestriction", "rankPreference"),
    *("routingParameters", "includeFutureOpeningBusinesses"),
}
PAGING = {"pageToken", "pageSize", "maxResultCount"}


class Refused(Exception):
    """An argument that Google does not take."""


def body_of(call: Call, known: set[str]) -> dict[str, Any]:
    given = call.json
    if not isinstance(given, dict):
        raise Refused("Invalid JSON payload received. Unexpected token.")
    for name in given:
        if name not in known:
            raise Refused(
                f'Invalid JSON payload received. Unknown name "{name}": Cannot find field.'
            )
    return given


def mask_of(call: Call, search: bool) -> list[list[str]]:
    mask = call.headers.get("x-goog-fieldmask") or call.value("$fields") or call.value("fields")
    if not mask:
        raise Refused(
            "FieldMask is a required parameter. See https://cloud.google.com/apis/docs/"
            "system-parameters on how to provide it. As an example, you can set the header "
            "'X-Goog-FieldMask' with value 'places.displayName' to ask for the display names."
        )
    try:
        return masks.read(mask, search)
    except masks.BadMask as bad:
        raise Refused(
            f"Error expanding 'fields' parameter. Cannot find matching fields for path '{bad}'."
        ) from bad


def area_of(given: dict[str, Any]) -> Area | None:
    bias, bound = given.get("locationBias"), given.get("locationRestriction")
    if bias and bound:
        raise Refused("Only one of location_bias and location_restriction may be set.")
    try:
        if bound:
            return rectangle(bound["rectangle"], strict=True)
        if bias:
            return (
                circle(bias["circle"], False)
                if "circle" in bias
                else rectangle(bias["rectangle"], strict=False)
            )
    except (KeyError, TypeError, ValueError) as bad:
        raise Refused(f"Invalid location: {bad} is missing or wrong.") from bad
    return None


def page_size(given: dict[str, Any]) -> int:
    size = given.get("pageSize", given.get("maxResultCount", 0))
    if not isinstance(size, int) or size < 0:
        raise Refused("page_size must not be negative.")
    return min(size or PAGE, PAGE)


def mark_of(given: dict[str, Any]) -> str:
    """What must not change between the pages of one search."""
    same = {name: value for name, value in given.items() if name not in PAGING}
    return hashlib.sha1(json.dumps(same, sort_keys=True).encode()).hexdigest()[:16]


def token(given: dict[str, Any], start: int) -> str:
    return base64.urlsafe_b64encode(f"{mark_of(given)}:{start}".encode()).decode()


def start_of(given: dict[str, Any]) -> int:
    if not (written := given.get("pageToken")):
        return 0
    try:
        mark, _, start = base64.urlsafe_b64decode(written).decode().partition(":")
        if mark == mark_of(given):
            return int(start)
    except (ValueError, TypeError):
        mark = ""
    raise Refused(
        "Request parameters for paging requests must match the initial SearchText request."
    )
