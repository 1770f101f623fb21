"""Where whoever made a page is to be found."""

import pytest

from tests.extraction.reading import bakery, values

ADDRESS = "12 Mill Lane, Leeds, LS1 4AP"


@pytest.mark.parametrize(
    "body",
    [
        "<p>Visit us: 12 Mill Lane, Leeds, LS1 4AP</p>",
        "<address>12 Mill Lane<br>Leeds<br>LS1 4AP</address>",
        "<p>12 Mill Lane<br>Leeds ls14ap</p>",
        "<div><div>12 Mill Lane</div><div>Leeds</div><div>LS1 4AP</div></div>",
        "<footer>Fern Bakery, 12 Mill Lane, Leeds LS1 4AP</footer>",
    ],
)
def test_an_address_and_its_postcode(body: str) -> None:
    found = bakery(body)
    assert values(found, "postcode") == ["LS1 4AP"]
    (address,) = values(found, "address")
    assert address.endswith("12 Mill Lane, Leeds, LS1 4AP")


def test_two_shops_have_two_addresses() -> None:
    found = bakery("<p>12 Mill Lane, Leeds LS1 4AP</p><p>3 High Street, York YO1 7HH</p>")
    assert values(found, "postcode") == ["LS1 4AP", "YO1 7HH"]
    assert values(found, "address") == [ADDRESS, "3 High Street, York, YO1 7HH"]


@pytest.mark.parametrize(
    "body",
    [
        "<footer>Design: Pixel Pie, 9 Web Street, Leeds LS2 8AA</footer>",
        "<p>Information Commissioner’s Office, Wycliffe House, Wilmslow, SK9 5AF</p>",
        "<p>Product code LS2 8AA</p>",
        "<p>We deliver to LS2 8AA and around</p>",
        "<p>Take the M1 2nd exit</p>",
    ],
)
def test_other_places_are_left_out(body: str) -> None:
    found = bakery(f"<p>Visit us: 12 Mill Lane, Leeds, LS1 4AP</p>{body}")
    assert values(found, "postcode") == ["LS1 4AP"]
