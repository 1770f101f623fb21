"""Google Maps: the place of an organisation, of which nothing but Google's own id may be kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from crm import http
from crm.credits import prices
from crm.credits.prices import Action
from crm.outside.errors import Later, NotReadable, NotThere, TooBig
from crm.outside.key import Key
from crm.places import locate
from crm.places.postcode import NotAPostcode
from enrichment import given
from enrichment.contract import Answer, Asking, Provider, Subject, Unanswerable
from enrichment.providers import google_place, values
from enrichment.providers.google_place import IDENT, MASK, Place

PATH = "/places:searchText"
# A search for ids alone is free. A look at one place is paid, and the first is mostly the right
# one: two looks cost little more than a search with all that tells whose a place is.
SEARCH_MASK, SIZE = "places.id", 5
MOST_LOOKS = 2
METRES_AROUND = 1_000.0
LANGUAGE = {"languageCode": "en-GB", "regionCode": "GB"}
LONGEST_NAME = 200


@dataclass(frozen=True)
class GoogleMaps(Provider):
    """It tells nothing that lasts: rating, number of reviews and state are shown and thrown away.

    By Google's terms its content may be neither stored nor indexed; the id of a place may.
    """

    slug = "google_maps"
    label = "Google Maps"
    service = "google_places"
    needs = (frozenset({"name", "postcode"}),)
    gives = frozenset({"place"})
    gives_people = frozenset[str]()
    action = Action.PLACES_LOOK
    good_for = 30
    is_shared = False
    is_of_people = False
    checks = ""

    def about(self, subject: Subject) -> str:
        name, postcode = _name(subject), google_place.where(subject)
        return f"{name.casefold()}, {postcode}" if name and postcode else ""

    def charge(self) -> int:
        return MOST_LOOKS * _look_micros()

    def ask(self, asking: Asking) -> Answer:
        subject, key = asking.subject, asking.key
        if key is None or not self.about(subject):
            raise Unanswerable("Google Maps is asked with a key about a name and a postcode.")
        looked: list[Place] = []
        try:
            for place in _places(key, subject, asking.kept):
                looked.append(place)
                if google_place.is_of(place, subject) or len(looked) == MOST_LOOKS:
                    break
        except (Later, Unanswerable) as error:
            if not looked:
                raise
            spent = len(looked) * _look_micros() + getattr(error, "cost_micros", 0)
            raise Unanswerable(str(error), cost_micros=spent) from None
        return _answer(looked, subject)


def _name(subject: Subject) -> str:
    called = subject.get("name") or subject.get("legal_name")
    return " ".join(called.split())[:LONGEST_NAME] if isinstance(called, str) else ""


def _answer(looked: Sequence[Place], subject: Subject) -> Answer:
    spent = len(looked) * _look_micros()
    if not looked or not google_place.is_of(looked[-1], subject):
        why = "Google Maps shows no such place at this postcode."
        return Answer(cost_micros=spent, why_nothing=why)
    place = looked[-1]
    return Answer(
        cost_micros=spent,
        kept={"place_id": place.place_id},
        passing={"place_id": place.place_id, **place.shown},
        why_nothing="What Google Maps shows is for the eye alone.",
    )


def _places(key: Key, subject: Subject, kept: Any) -> Iterator[Place]:
    """Look at one after the other; each look is paid."""
    for place_id in _candidates(key, subject, kept):
        try:
            yield _look(key, place_id)
        except NotThere:
            # Places get new ids, and cease; that is not charged.
            continue


def _candidates(key: Key, subject: Subject, kept: Any) -> Iterator[str]:
    """Give ids: the one that is known, then those that a search finds, the likeliest first."""
    known = values.text(kept, "place_id")
    if IDENT.fullmatch(known):
        yield known
    asked = _query(_name(subject), google_place.where(subject))
    said = http.call(
        key, "POST", PATH, json=asked, headers={"X-Goog-FieldMask": SEARCH_MASK}
    ).json()
    if not isinstance(said, dict) or not isinstance(said.get("places", []), list):
        raise Unanswerable("Google answered, but without a list of places.")
    found = [values.text(each, "id") for each in given.items(said, "places")[:SIZE]]
    yield from (each for each in dict.fromkeys(found) if IDENT.fullmatch(each) and each != known)


def _query(name: str, postcode: str) -> dict[str, Any]:
    """Give what is searched for; of chains the branch around the postcode is to come first."""
    asked: dict[str, Any] = {
        "textQuery": f"{name}, {postcode}",
        "pageSize": SIZE,
        "includePureServiceAreaBusinesses": True,
        **LANGUAGE,
    }
    try:
        spot = locate.place(postcode)
    except NotAPostcode:
        return asked
    if spot.precision == "postcode":
        center = {"latitude": spot.latitude, "longitude": spot.longitude}
        asked["locationBias"] = {"circle": {"center": center, "radius": METRES_AROUND}}
    return asked


def _look(key: Key, place_id: str) -> Place:
    try:
        said = http.call(
            key,
            "GET",
            f"/places/{quote(place_id, safe='')}",
            query=LANGUAGE,
            headers={"X-Goog-FieldMask": MASK},
            repeatable=False,
        ).json()
    except (NotReadable, TooBig) as error:
        raise Unanswerable(str(error), cost_micros=_look_micros()) from None
    place = google_place.read(said)
    if place is None:
        raise Unanswerable("Google answered, but with no place.", cost_micros=_look_micros())
    return place


def _look_micros() -> int:
    return prices.vendor("google_places", "details")


PROVIDER = GoogleMaps()
