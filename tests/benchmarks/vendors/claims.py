"""What a web search would tell: of honest organisations, and of such as only seem to be there.

The honest ones are of the simulated world, told with the gaps that the simulated model leaves; the
others come from the file of fakes, word for word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.vendors import making
from tests.simulators import fakes, world
from tests.simulators.model import telling
from tests.simulators.world import Organisation

# Where searches are made; the words name trades of the world.
PLACES = {
    "LE1 1AA": "Leicester", "M1 1AE": "Manchester", "LS1 4AP": "Leeds", "B1 1BB": "Birmingham",
    "EC1A 1BB": "London",
}  # fmt: skip
KINDS = {
    "it_msp_expansion": ("it-support", "it-consultancy", "software", "cyber-security", "hosting"),
    "healthcare": ("dentist", "pharmacy", "doctor", "clinic"),
    "education": ("school",),
    "manufacturing": (
        "metalwork", "machinery", "plastics", "furniture", "electronics", "textiles", "food-maker",
    ),
    "retail_office": ("shop", "online-shop", "estate-agent"),
}  # fmt: skip
OF_FAKES = {
    "it": "it_msp_expansion",
    "healthcare": "healthcare",
    "education": "education",
    "manufacturing": "manufacturing",
    "retail": "retail_office",
}
MILES = 15


@dataclass(frozen=True)
class Claim:
    """One organisation as an answer tells of it; `row` has the fields of an answer.

    `what` is the kind of fake, or of what making an honest one is.
    """

    ident: str
    is_real: bool
    kind: str
    postcode: str
    what: str
    row: dict[str, Any]
    read: Sequence[str]


def fake() -> list[Claim]:
    """Give every claim of the file, searched for around the middle of its town."""
    middles = {town: postcode for postcode, town in PLACES.items()}
    return [
        Claim(
            each.id,
            False,
            OF_FAKES[each.trade],
            middles[each.town],
            each.kind,
            _row(each.claim),
            each.claim["source_urls"],
        )
        for each in fakes.every()
    ]


def real(many: int) -> list[Claim]:
    """Give so many honest ones, as many of each kind and place as there are."""
    each = -(-many // (len(PLACES) * len(KINDS)))
    found = [
        claim
        for postcode in PLACES
        for kind, trades in KINDS.items()
        for claim in _some(postcode, kind, trades, each)
    ]
    return found[:many] if many < len(found) and each == 1 else found


def _some(postcode: str, kind: str, trades: Sequence[str], many: int) -> Iterator[Claim]:
    """Give those that a search meets, spread over the circle, by their place in the list."""
    middle = world.place(postcode)
    assert middle is not None
    near = world.near(middle.latitude, middle.longitude, MILES - 2, trades)
    open_ = [one for one in near if one.status in ("", "active")]
    step = max(1, len(open_) // many)
    for one in open_[::step][:many]:
        told = telling.of_organisation(one, searched=True)
        row = _row(
            told.facts
            | {"company_number": told.facts["number"], "what_they_do": told.facts["what"]}
        )
        row["source_urls"] = told.sources
        yield Claim(one.id, True, kind, postcode, _making(one), row, told.read)


def _making(one: Organisation) -> str:
    """Say in words what there is of an honest one."""
    return making.named(
        is_company=one.is_company,
        is_elsewhere=one.registered_address is not None,
        has_website=bool(one.domain),
    )


def _row(facts: dict[str, Any]) -> dict[str, Any]:
    names = (
        "name", "website", "address", "town", "postcode", "phone", "email", "company_number",
        "what_they_do", "source_urls",
    )  # fmt: skip
    row = {name: facts.get(name) for name in names}
    return row | {"employees": None, "why": None, "source_urls": list(row["source_urls"] or [])}
