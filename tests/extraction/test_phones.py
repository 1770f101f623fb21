"""Phone numbers of whoever made a page, and none that are only figures."""

import pytest

from tests.extraction.reading import bakery, values, way

OWN = "+441134960123"


@pytest.mark.parametrize(
    "body",
    [
        "<p>Ring the office on 0113 496 0123.</p>",
        "<p>Tel: (0113) 4960123</p>",
        "<p>Call us +44 (0)113 496 0123</p>",
        "<p>Phone 0044 113 496 0123 today</p>",
        "<p>T. 0113.496.0123</p>",
        "<p>T 0113-496-0123 ext. 4</p>",
        '<p><a href="tel:+441134960123">Call us</a></p>',
        '<p><a href="tel:0113%20496%200123">0113 496 0123</a></p>',
        "<table><tr><th>Phone</th><td>0113 496 0123</td></tr></table>",
        "<dl><dt>Telephone</dt><dd>0113 496 0123</dd></dl>",
        '<p><a href="https://wa.me/441134960123">WhatsApp</a></p>',
    ],
)
def test_the_number_is_read_as_e164(body: str) -> None:
    assert values(bakery(body), "phone") == [OWN]


def test_a_number_to_click_is_proved_by_a_link() -> None:
    assert way(bakery('<a href="tel:01134960123">Call us</a>'), "phone") == "link"


def test_a_number_behind_one_that_is_none() -> None:
    found = bakery("<footer>Company number 07654321 0113 496 0123</footer>")
    assert values(found, "phone") == [OWN]


def test_several_numbers_are_told_apart() -> None:
    found = bakery("<p>Shop 0113 496 0123 / 0113 496 0124, mobile 07700 900456</p>")
    assert values(found, "phone") == [OWN, "+441134960124", "+447700900456"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Fax: 0113 496 0199</p>",
        "<p>0113 496 0199 (fax)</p>",
        "<p>F 0113 496 0199</p>",
        "<table><tr><th>Fax</th><td>0113 496 0199</td></tr></table>",
    ],
)
def test_a_fax_is_nobody_to_speak_to(body: str) -> None:
    assert values(bakery(f"<p>Tel: 0113 496 0123</p>{body}"), "phone") == [OWN]


def test_a_number_for_both_is_one_to_speak_on() -> None:
    assert values(bakery("<p>Tel/Fax: 0113 496 0123</p>"), "phone") == [OWN]


@pytest.mark.parametrize(
    "said",
    [
        "VAT number GB 123 4567 82",
        "Company number 01134960",
        "ISBN 978-0-11-349601-2",
        "Order no. 01134960123",
        "Charity number 1134960",
        "Sort code 01-13-49, account 60123456",
        "Ref: 0113 496 0123",
        "Open 01.02.2024 to 03.04.2025",
        "Weighs 01134 960123 kg",
        "Call 01234 567890, for example",
        "Pin 0000 0000 000",
        "It costs £01134960123",
        "Coach screw 05060 123 987",
        "Batch 0413 496 0123",
    ],
)
def test_figures_that_are_no_phone(said: str) -> None:
    assert values(bakery(f"<p>{said}</p>"), "phone") == []


@pytest.mark.parametrize(
    "body",
    [
        "<footer>Website by Pixel Pie Studio, 0113 496 0777</footer>",
        "<p>In an emergency call the police on 0113 496 0777.</p>",
        "<p>The Information Commissioner can be reached on 0303 123 1113.</p>",
        "<p>For a taxi ring Swan Cabs 0113 496 0777</p>",
        "<h3>Our solicitors</h3><p>Hart and Hind LLP, 0113 496 0777</p>",
    ],
)
def test_numbers_of_others_are_left_out(body: str) -> None:
    found = bakery(f"<p>Call us on 0113 496 0123</p>{body}")
    assert values(found, "phone") == [OWN]
