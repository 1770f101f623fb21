"""Numbers and places of others, told in passing, beside one's own."""

import pytest

from tests.extraction.reading import bakery, read, values

FOOT = "<footer><p>Fern Bakery, 12 Mill Lane, Leeds LS5 3NP. Tel 0113 496 0100</p></footer>"
OWN = (["+441134960100"], ["LS5 3NP"])


@pytest.mark.parametrize(
    "said",
    [
        "<p>Tickets from Toft Books, 4 High Street, Otley LS21 3AB, or ring 01943 096 700.</p>",
        "<p>Booking is handled by Table Time on 0330 096 0700.</p>",
        "<p>Toft Breakdown 24 hour line 01943 096 701.</p>",
        "<p>Our landlord is Toft Estates, 01943 096 701.</p>",
        "<p>Please don’t ring the parish office (01943 096 701), they can’t help.</p>",
        "<p>Our old number 01943 096 701 is no longer in use.</p>",
        "<p>Beware of callers from 0330 096 0711 who say they are us.</p>",
        "<p>Sample invoice: A Smith, 1 High Street, Otley LS21 3AB, 01943 096 701.</p>",
        "<p>Approved by BREADS, 18 Long Lane, York YO1 7AA, 01904 096 701</p>",
        "<p>Made for Toft Tea Rooms, Otley LS21 3AB.</p>",
        "<blockquote>Lovely bread. Ann Toft, Otley LS21 3AB, 01943 096 701</blockquote>",
        "<p>Credit is provided by Lumen Finance, Poole BH15 2QX. Customers: 01202 096 700.</p>",
        "<p>Theory tests: 0300 200 1122.</p>",
        "<p>Someone to talk to: 0808 80 10 500.</p>",
        "<p>Alarm faults: Adtec 01943 096 701</p>",
        "<p>Delivery is arranged through Toftfreight on 01943 096 701.</p>",
        "<p>Toftflora – 0800 096 701</p>",
        "<p>AA recovery 0800 096 7012</p>",
        "<p>Toft Valley Authority, Otley LS21 3AB, 01943 096 701</p>",
        "<p>“Toft Bread 24” (01943 096 701) is not us.</p>",
        "<p>Out of hours our calls go to Nightline in Otley, 01943 096 701.</p>",
        "<p>We are a subsidiary of Toft Foods plc, whose registered office is Toft House, Otley "
        "LS21 3AB.</p>",
        "<p>We also cover Otley, Ilkley and Burley LS21 3AB.</p>",
        '<div class="partner"><h3>Toft Flowers</h3><p>01943 096 701</p></div>',
    ],
)
def test_what_is_told_of_others_in_passing_is_theirs(said: str) -> None:
    found = bakery(said + FOOT)
    assert (values(found, "phone"), values(found, "postcode")) == OWN


@pytest.mark.parametrize(
    ("said", "phones", "codes"),
    [
        ("<p>Our second shop: 4 High Street, Otley LS21 3AB, 01943 096 701.</p>",
         ["+441943096701"], ["LS21 3AB"]),
        ("<p>The Old Forge, Bridge End, Otley LS21 3AB. Phone 01943 096 701.</p>",
         ["+441943096701"], ["LS21 3AB"]),
        ("<ul><li>Otley 01943 096 701</li><li>Ilkley 01943 096 702</li></ul>",
         ["+441943096701", "+441943096702"], []),
        ("<p>Otley 01943 096701Ilkley 01943 096702</p>", ["+441943096701", "+441943096702"], []),
        ("<p>Bread by phone: 0800 096 LOAF</p>", ["+448000965623"], []),
        ("<p>From abroad: 00 44 1943 09 67 01</p>", ["+441943096701"], []),
        ("<h2>Our other shops</h2><p>Toft Corner, Otley LS21 3AB, 01943 096 701</p>",
         ["+441943096701"], ["LS21 3AB"]),
        ("<p>Our other shop: Toft Corner, Otley LS21 3AB, 01943 096 701</p>",
         ["+441943096701"], ["LS21 3AB"]),
        ("<p>Depots: LS21 3AB (Toft Wharf), LS29 8QQ (Long Barn).</p>",
         [], ["LS21 3AB", "LS29 8QQ"]),
        ("<p>Text 01943 096 701 to change an order.</p>", ["+441943096701"], []),
        ("<p>We are a local firm. Repairs: 01943 096 701.</p>", ["+441943096701"], []),
        ("<p>Text Baz on 01943 096 701</p>", ["+441943096701"], []),
        ("<p>You find us at Otley Market, Market Place, Otley LS21 3AB.</p>", [], ["LS21 3AB"]),
    ],
)  # fmt: skip
def test_more_of_ones_own_is_not_taken_for_others(
    said: str, phones: list[str], codes: list[str]
) -> None:
    found = bakery(said + FOOT)
    assert set(values(found, "phone")) == {*phones, *OWN[0]}
    assert set(values(found, "postcode")) == {*codes, *OWN[1]}


def test_words_of_a_menu_are_said_of_no_number_beside_it() -> None:
    found = bakery(
        '<nav><div>Home Airport Taxis</div><div><a href="tel:01943096701">Call</a></div></nav>'
    )
    assert values(found, "phone") == ["+441943096701"]


def test_who_made_a_website_with_a_program_of_all_is_reached_behind_its_name() -> None:
    found = bakery(
        "<footer><p>© Fern Bakery. Proudly created with Wix.com</p><p>Otley LS21 3AB</p></footer>"
    )
    assert values(found, "postcode") == ["LS21 3AB"]


def test_a_public_body_has_numbers_that_only_those_are_given() -> None:
    said = "<p>Enquiries: 0300 096 7000. Registered charity number 1123456.</p>"
    assert values(bakery(said + FOOT), "phone") == ["+443000967000", *OWN[0]]


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        ("Your Company", "+44 1234 567890"),
        ("ACME", "01943 096 701"),
        ("Acme Corp.", "01943 096 701"),
    ],
)
def test_what_a_theme_was_sold_with_is_nobodys(name: str, phone: str) -> None:
    sold = (
        f'<script type="application/ld+json">{{"@type": "LocalBusiness", "name": "{name}", '
        f'"telephone": "{phone}", "address": {{"postalCode": "LS21 3AB"}}}}</script>'
    )
    found = bakery(sold + FOOT)
    assert (values(found, "phone"), values(found, "postcode")) == OWN


def test_a_firm_whose_name_begins_like_the_example_of_all_is_real() -> None:
    name = "Acme Bread Engineering"
    found = read(
        f"<html><head><title>{name}</title></head><body><h1>{name}</h1>"
        f'<script type="application/ld+json">{{"@type": "LocalBusiness", "name": "{name}", '
        '"telephone": "01943 096 701"}</script></body></html>',
        "https://acmebread.example/",
    )
    assert values(found, "phone") == ["+441943096701"]


def test_a_name_that_was_never_filled_in_takes_no_number_from_the_page() -> None:
    sold = (
        '<script type="application/ld+json">{"@type": "LocalBusiness", "name": "Your Company", '
        '"telephone": "0113 496 0100", "address": {"postalCode": "LS5 3NP"}}</script>'
    )
    found = bakery(sold + FOOT)
    assert (values(found, "phone"), values(found, "postcode")) == OWN


@pytest.mark.parametrize("mail", ["no-reply@fernbakery.example", "hello@fernbakery.example?cc=jo"])
def test_an_address_that_nobody_writes_to_makes_no_sample_of_its_organisation(mail: str) -> None:
    said = (
        '<script type="application/ld+json">{"@type": "Bakery", "name": "Fern Bakery", '
        f'"email": "{mail}", "telephone": "0113 496 0100", "address": {{"streetAddress": '
        '"12 Mill Lane", "addressLocality": "Leeds", "postalCode": "LS5 3NP"}}</script>'
    )
    found = bakery(said)
    assert (values(found, "phone"), values(found, "postcode")) == OWN


@pytest.mark.parametrize(
    "said",
    [
        "We have chosen our charity of the year.",
        "We serve not-for-profit clients.",
        "We heat the homes of three housing associations.",
    ],
)
def test_who_helps_a_charity_is_none(said: str) -> None:
    found = bakery(f"<p>{said}</p><p>Theory tests: 0300 200 1122.</p>{FOOT}")
    assert values(found, "phone") == OWN[0]


@pytest.mark.parametrize(
    "said", ["We are a local charity.", "Fern is a not-for-profit.", "Please support our charity."]
)
def test_who_makes_no_profit_may_say_so_in_its_own_words(said: str) -> None:
    found = bakery(f"<p>{said}</p><p>Enquiries: 0300 096 7000.</p>{FOOT}")
    assert values(found, "phone") == ["+443000967000", *OWN[0]]


def test_values_that_nuxt_holds_for_its_scripts_are_read() -> None:
    script = (
        "<script>window.__NUXT__=(function(a,b){return {shop:{phone:a,mail:'jo'+b},"
        "landlordPhone:'07700 900999'}}('01943 096 701','@fernbakery.example'))</script>"
    )
    found = bakery(script)
    assert values(found, "phone") == ["+441943096701"]
    assert values(found, "email") == ["jo@fernbakery.example"]
