"""Google's Places API (New): text search, nearby search and details."""

from typing import Any

from tests.simulators.core import Call, Fault, Handler, Reply, Simulator
from tests.simulators.limits import Window
from tests.simulators.places import masks
from tests.simulators.places.asking import (
    NEARBY_FIELDS,
    PAGE,
    TEXT_FIELDS,
    Refused,
    area_of,
    body_of,
    mask_of,
    page_size,
    start_of,
    token,
)
from tests.simulators.places.finding import MOST, Finder, circle, finder
from tests.simulators.places.listing import place_at, place_of

PER_MINUTE = 600  # of one method; the console's usual quota


def error(code: int, status: str, message: str, reason: str = "") -> Reply:
    body: dict[str, Any] = {"code": code, "message": message, "status": status}
    if reason:
        body["details"] = [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": reason,
                "domain": "googleapis.com",
                "metadata": {"service": "places.googleapis.com"},
            }
        ]
    return Reply(code, {"error": body}, content_type="application/json; charset=UTF-8")


STATUSES = {
    404: ("NOT_FOUND", "Requested entity was not found."),
    429: ("RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'SearchTextRequest'."),
    500: ("INTERNAL", "Internal error encountered."),
    502: ("UNAVAILABLE", "The service is currently unavailable."),
    503: ("UNAVAILABLE", "The service is currently unavailable."),
}


class GooglePlaces(Simulator):
    name = "google_places"
    latency = 0.2

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.windows = {
            method: Window(self.clock, PER_MINUTE, 60)
            for method in ("searchText", "searchNearby", "get")
        }

    @property
    def finder(self) -> Finder:
        return finder(self.seed)

    def warm(self) -> None:
        self.finder.text("dentist in Leicester", None, "", False)

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/v1/places:searchText", self.search_text),
            ("POST", "/v1/places:searchNearby", self.search_nearby),
            ("GET", "/v1/places/{id}", self.details),
        ]

    def key_of(self, call: Call) -> str:
        return call.headers.get("x-goog-api-key", "") or call.value("key")

    def admit(self, call: Call) -> Reply | None:
        if not call.key:
            message = (
                "Method doesn't allow unregistered callers (callers without established "
                "identity). Please use API Key or other form of API consumer identity to call "
                "this API."
            )
            return error(403, "PERMISSION_DENIED", message)
        if call.key in self.keys.revoked:
            message = "API key not valid. Please pass a valid API key."
            return error(400, "INVALID_ARGUMENT", message, "API_KEY_INVALID")
        if call.key in self.keys.exhausted:
            return self.failure(429, call)
        method = "get" if call.method == "GET" else call.path.rpartition(":")[2]
        if method in self.windows and self.windows[method].wait(call.key):
            self.tally.breach()
            return self.failure(429, call)
        return None

    def failure(self, status: int, call: Call) -> Reply:
        return error(status, *STATUSES[status])

    def fault(self, fault: Fault, call: Call) -> Reply | None:
        """`revoked`: the key is barred from this service; `quota`: its day's quota is used up;
        `moved`: the place has got another id.
        """
        if fault.kind == "moved":
            message = "The Place ID is no longer valid. Please refresh cached Place IDs."
            return error(404, "NOT_FOUND", message)
        if fault.kind == "revoked":
            message = "Places API (New) has not been used in this project before or it is disabled."
            return error(403, "PERMISSION_DENIED", message, "SERVICE_DISABLED")
        if fault.kind == "quota":
            return error(429, *STATUSES[429], "RATE_LIMIT_EXCEEDED")
        return None

    # The methods.

    def search_text(self, call: Call) -> Reply:
        try:
            given = body_of(call, TEXT_FIELDS)
            paths = mask_of(call, search=True)
            if not isinstance(given.get("textQuery"), str) or not given["textQuery"].strip():
                raise Refused("Empty text_query.")
            start = start_of(given)
            size = page_size(given)
            area = area_of(given)
        except Refused as refused:
            return error(400, "INVALID_ARGUMENT", str(refused))
        found = self.finder.text(
            given["textQuery"], area, given.get("includedType", ""),
            bool(given.get("strictTypeFiltering")),
        )  # fmt: skip
        if not given.get("includePureServiceAreaBusinesses"):
            found = [listing for listing in found if not listing.service_area]
        if rating := given.get("minRating"):
            found = [one for one in found if place_of(one).get("rating", 0) >= rating]
        self.tally.bill(masks.sku("Text Search", paths))
        answer: dict[str, Any] = {
            "places": [place_of(listing) for listing in found[start : start + size]]
        }
        call.noted["shown"] = [place["id"] for place in answer["places"]]
        if start + size < min(MOST, len(found)):
            answer["nextPageToken"] = token(given, start + size)
        return Reply(200, tidied(masks.apply(answer, paths)))

    def search_nearby(self, call: Call) -> Reply:
        try:
            given = body_of(call, NEARBY_FIELDS)
            paths = mask_of(call, search=True)
            around = (given.get("locationRestriction") or {}).get("circle")
            if not around or "center" not in around:
                raise Refused("location_restriction.circle is required.")
            if not 0 < float(around.get("radius", 0)) <= 50_000:
                raise Refused("The radius must be above 0.0 and at most 50000.0 metres.")
            most = int(given.get("maxResultCount", PAGE))
            if not 1 <= most <= PAGE:
                raise Refused("max_result_count must be between 1 and 20 (inclusive).")
        except Refused as refused:
            return error(400, "INVALID_ARGUMENT", str(refused))
        kinds = {*given.get("includedTypes", ()), *given.get("includedPrimaryTypes", ())}
        by_distance = given.get("rankPreference") == "DISTANCE"
        found = self.finder.nearby(circle(around, True), kinds, most, by_distance)
        self.tally.bill(masks.sku("Nearby Search", paths))
        answer = {"places": [place_of(listing) for listing in found]}
        return Reply(200, tidied(masks.apply(answer, paths)))

    def details(self, call: Call) -> Reply:
        try:
            paths = mask_of(call, search=False)
        except Refused as refused:
            return error(400, "INVALID_ARGUMENT", str(refused))
        id_ = call.parts["id"]
        if not id_.startswith("ChIJ") or len(id_) < 20:
            return error(400, "INVALID_ARGUMENT", f"Not a valid Place ID: {id_}")
        listing = self.finder.by_id(id_)
        if listing is None:
            message = "The Place ID is no longer valid. Please refresh cached Place IDs."
            return error(404, "NOT_FOUND", message)
        self.tally.bill(masks.sku("Place Details", paths))
        return Reply(200, masks.apply(place_at(listing, self.clock.now()), paths))


def tidied(answer: dict[str, Any]) -> dict[str, Any]:
    """Google leaves out what is empty: nothing found is {}."""
    return {name: value for name, value in answer.items() if value}
