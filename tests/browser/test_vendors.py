"""What pages show of vendors' sources where there are keys: prices, evidence, and a live look."""

import re
from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.benchmarks.installation import Installation
from tests.browser.company import PASSWORD, Company
from tests.browser.conftest import Open
from tests.browser.furnisher import Furnisher
from tests.browser.looking import PHONE, is_too_wide, look, wrong
from tests.simulators import running

SPEED = 500
PREVIEW = (
    "/campaigns/new/healthcare/preview/?postcode=LE1+1AA&miles=15&max_results=20"
    "&sources=register&sources=google_places&sources=hunter"
)
OF_LISTS = "/campaigns/new/planning-applications/?postcode=LE1+1AA"


@pytest.fixture(scope="module")
def google(executable: str) -> Iterator[tuple[Installation, str]]:
    """The product beside a simulated Google, with a key of the installation; and a place there."""
    with running("google_places", speed=SPEED) as vendors:
        product = Installation(LOG_LEVEL="WARNING", VENDOR_CLOCK=str(SPEED), **vendors.env)
        try:
            product.wait()
            yield product, some_place(vendors.google_places.url)
        finally:
            product.remove()


def some_place(url: str) -> str:
    found = requests.post(
        f"{url}/v1/places:searchText",
        json={"textQuery": "it support in Leicester"},
        headers={"X-Goog-Api-Key": "sim-places", "X-Goog-FieldMask": "places.id"},
        timeout=30,
    ).json()
    return str(found["places"][0]["id"])


@pytest.fixture(scope="module")
def made(google: tuple[Installation, str]) -> Iterator[tuple[Furnisher, dict[str, str], str]]:
    product, place = google
    furnisher = Furnisher(product)
    company = furnisher.call("company", slug="vendors", leads=1, password=PASSWORD)
    yield furnisher, company, furnisher.call("told_of", slug="vendors", place_id=place)
    furnisher.end()


@pytest.fixture
def company(
    google: tuple[Installation, str],
    made: tuple[Furnisher, dict[str, str], str],
    open_browser: Open,
) -> Company:
    furnisher, people, _ = made
    return Company(google[0], furnisher, people, open_browser)


@pytest.fixture
def findings(company: Company, made: tuple[Furnisher, dict[str, str], str]) -> str:
    return f"{company.product.url}/campaigns/{made[2]}/findings/"


def manager(company: Company) -> Page:
    return company.signed_in("manager", reduced_motion="reduce")


def test_credits_are_confirmed_where_a_source_takes_some(company: Company) -> None:
    page = manager(company)
    address = company.product.url + PREVIEW
    page.goto(address)
    field = page.get_by_label("Credits that I confirm")
    expect(field).to_have_accessible_description(re.compile("What is not used comes back."))
    expect(page.locator(".quote-table")).to_contain_text("questions")
    expect(page.locator(".quote-table tr").filter(has_text="AI web")).to_contain_text("Not chosen")
    faults = look(page, address) + look(page, company.product.url + OF_LISTS)
    assert not faults, "\n".join(faults)


def test_a_place_as_google_shows_it_now_is_accessible(company: Company, findings: str) -> None:
    page = manager(company)
    page.goto(findings)
    page.get_by_role("button", name="Show it live (2 credits)").click()
    glimpse = page.get_by_role("status", name="The place as Google shows it now")
    expect(glimpse).to_be_visible()
    expect(
        glimpse.get_by_role("link", name="Open in Google Maps (opens in a new tab)")
    ).to_have_count(1)
    faults = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        faults += wrong(page)
    page.set_viewport_size(PHONE)
    faults += wrong(page)
    assert not faults, "\n".join(faults)
    assert not is_too_wide(page)
    # Another look is another question.
    expect(page.get_by_text("Shown to you this once and kept nowhere.")).to_be_visible()


def test_the_same_without_javascript_is_a_page_of_its_own(company: Company, findings: str) -> None:
    page = company.signed_in("manager", java_script_enabled=False, viewport=PHONE)
    page.goto(findings)
    page.get_by_role("button", name="Show it live (2 credits)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A place on Google Maps")
    expect(page.locator(".glimpse")).to_contain_text("kept nowhere")


def test_findings_with_their_evidence_are_accessible(company: Company, findings: str) -> None:
    page = manager(company)
    faults = look(page, findings)
    assert not faults, "\n".join(faults)
    evidence = page.locator("details.evidence")
    expect(evidence).to_contain_text("26/0001/FUL")
    expect(evidence).to_contain_text("New shop front")
