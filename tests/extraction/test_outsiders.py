"""Who else a page names before a number or a place, and who it is all the same."""

import pytest

from enrichment.crawling.contract import Crawl, State, Visit
from enrichment.reading import site
from enrichment.reading.page import Page
from tests.extraction.reading import bakery, fetched, read, values

FOOT = "<footer><p>Fern Bakery, 12 Mill Lane, Leeds LS5 3NP. Tel 0113 496 0100</p></footer>"
OWN = (["+441134960100"], ["LS5 3NP"])


@pytest.mark.parametrize(
    "said",
    [
        "<p>Meter trouble? TOFTE on 0800 096 700.</p>",
        "<p>Flour from Toft-Wright Mills (01943 096 701).</p>",
        "<p>Complaints may go to the Bread Client Mediation Service, 01943 096 701.</p>",
        "<p>Certificates: TFCO Legal Office 0370 096 2244, Otley LS21 3AB.</p>",
        "<p>Parcels are sent with Toftexpress; track on 0330 096 8456.</p>",
        "<p>Keys: Toft's, Otley, 01943 096 701</p>",
        "<p>Suppliers: Toft Mill, 01943 096 701; Bell Eggs (01943 096 702)</p>",
        "<p>Chemist: Boots, Otley 01943 096 701</p>",
        "<p>Gas leak? Ring 0800 096 999.</p>",
        "<p>See toftbooks.co.uk or 01943 096 701.</p>",
        "<h2>Useful numbers</h2><p>Theatre box office 01943 096 701</p>",
        "<p>Insurance is with Toft Mutual, 4 High Street, Otley LS21 3AB.</p>",
        "<h2>Quiz night – Friday 13 November 2026</h2><p>Crown Hotel, Main Street, Otley "
        "LS21 3AB. Tickets £8.</p>",
        "<p>Remittances: Lloyds Bank, 4 High Street, Otley LS21 3AB. Sort code 30-00-03.</p>",
        "<p>Parking is at Nevil Road, Otley (LS21 3AB).</p>",
        "<p>If you reach the Toft Arms, Main Street (LS21 3AB) you have gone too far.</p>",
    ],
)
def test_somebody_who_is_named_before_a_value_has_it(said: str) -> None:
    found = bakery(said + FOOT, title="Contact Fern Bakery")
    assert (values(found, "phone"), values(found, "postcode")) == OWN


@pytest.mark.parametrize(
    "said",
    [
        "<p>Workshop<b>01943 096 701</b></p>",
        "<p>Parts: 01943 096 701</p>",
        "<p>New Patients 01943 096 701</p>",
        "<p>Churchwarden Bill Toft 01943 096 701</p>",
        "<p>Jim Toft, Managing Director – direct 01943 096 701</p>",
        "<p>Our Wigtoft branch: 01943 096 701</p>",
        "<p>Toft's closed? Call us on 01943 096 701.</p>",
        "<ul><li>Leeds: 0113 496 0100</li><li>Wigtoft Green: 01943 096 701</li></ul>",
        "<p>Halifax: 01943 096 701</p>",
    ],
)
def test_the_makers_people_and_parts_are_not_somebody_else(said: str) -> None:
    assert "+441943096701" in values(bakery(said + FOOT), "phone")


def test_what_is_told_for_want_of_better_gives_way_to_another_page() -> None:
    jobs = bakery("<p>No agencies, that means you, Toft-Staff 01943 096 701.</p>")
    assert values(jobs, "phone") == ["+441943096701"]
    assert _phones(jobs) == ["+441943096701"]
    assert _phones(jobs, bakery(FOOT)) == ["+441134960100"]


def _phones(*pages: Page) -> list[object]:
    visits = tuple(Visit(fetched("", page.url), page) for page in pages)
    crawl = Crawl(pages[0].url, State.OK, "", url=pages[0].url, pages=visits)
    return [told.value for told in site.told(crawl) if told.field == "phone"]


def test_a_branch_under_licence_is_neither_its_franchisor_nor_another_branch() -> None:
    found = read(
        "<html><head><title>SwiftBread Otley</title></head><body><h1>SwiftBread Otley</h1>"
        "<p>Call us: 01943 096 700</p><p>Other branches near you: SwiftBread York "
        "01904 096 620.</p><footer><p>SwiftBread Otley is independently owned and operated under "
        "licence by Toft Home Services Limited (company number 12778310), 4 High Street, Otley "
        "LS21 3AB.</p><p>SwiftBread is a trade mark of SwiftBread Franchising Ltd, registered in "
        "England no. 03388127, Poole BH17 0RB.</p></footer></body></html>",
        "https://swiftbread-otley.example/",
    )
    assert values(found, "phone") == ["+441943096700"]
    assert values(found, "company_number") == ["12778310"]
    assert values(found, "postcode") == ["LS21 3AB"]


def test_a_school_that_teaches_for_money_is_no_public_body() -> None:
    said = "<p>Call us: 07700 900 701. Or theory tests: 0300 200 1122.</p>"
    found = read(
        f"<html><head><title>Fern Driving School</title></head><body>{said}</body></html>",
        "https://ferndriving.example/",
    )
    assert values(found, "phone") == ["+447700900701"]


def test_an_address_that_is_called_like_the_maker_is_its_own_wherever_it_is() -> None:
    found = bakery("<p>fernbakery@btinternet.example or ann@toftmail.example</p>")
    assert values(found, "email") == ["fernbakery@btinternet.example"]


def test_years_behind_a_company_are_not_its_number() -> None:
    found = bakery("<p>© Fern Bakery Ltd 2001-2026 | Registered in England 00412873</p>")
    assert values(found, "company_number") == ["00412873"]


def test_the_trade_in_a_companys_name_is_no_other_register() -> None:
    found = bakery("<p>Fern Bakery Veterinary Ltd · Company no. 10662915</p>")
    assert values(found, "company_number") == ["10662915"]
