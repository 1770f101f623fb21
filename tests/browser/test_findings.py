"""From what a run left out to leads that somebody took all the same."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.benchmarks.installation import Installation
from tests.browser import looking
from tests.browser.company import Company
from tests.browser.conftest import Found, Open
from tests.browser.furnisher import Furnisher
from tests.browser.test_journey import CAMPAIGN

EVERYTHING = "/campaigns/new/healthcare/preview/?postcode=LE1+1AA&miles=15&max_results=500"
FINDINGS = re.compile(r"/campaigns/[0-9a-f-]{36}/findings/\?run=1&verdict=rejected&ground=edge")
TAKEN = """
SELECT count(*), count(DISTINCT lead_id) FROM campaigns_finding
WHERE tenant_id = %s AND overruled_at IS NOT NULL AND ground = 'edge'
"""
# Places on the page, of each test's own.
TWO, OTHER_TWO, FAR_DOWN, ONE = (0, 1), (2, 3), 40, 5
COUNTS = "SELECT found, created, duplicates, rejected FROM campaigns_sourcerun WHERE tenant_id = %s"


@pytest.fixture(scope="module")
def made(found: Found) -> dict[str, str]:
    """One company, since its run looks at six hundred; each test takes others of its findings."""
    return found(4)


@pytest.fixture
def company(
    product: Installation, furnisher: Furnisher, made: dict[str, str], open_browser: Open
) -> Company:
    return Company(product, furnisher, made, open_browser)


def open_everything(page: Page, company: Company) -> None:
    """Launch, once, for all of the circle and see it through; 98 lie too near its edge."""
    for (campaign,) in company.ask("SELECT id FROM campaigns_campaign WHERE tenant_id = %s"):
        page.goto(f"{company.product.url}/campaigns/{campaign}/")
        return
    page.goto(company.product.url + EVERYTHING)
    page.get_by_role("button", name=re.compile("^Launch")).click()
    expect(page).to_have_url(CAMPAIGN)
    expect(page.locator("#run")).to_contain_text("98 near the edge were left out.", timeout=60_000)


def taken(company: Company) -> int:
    """How many were taken so far, each as a lead of its own."""
    [(findings, leads)] = company.ask(TAKEN)
    assert findings == leads
    return int(findings)


def to_the_edge(page: Page) -> None:
    """By the line that says why so many were left out."""
    line = page.locator(".reasons li").filter(has_text="Near the edge")
    expect(line.locator("b")).to_have_text("98")
    line.get_by_role("link").click()
    expect(page).to_have_url(FINDINGS)
    expect(page.locator(".pager")).to_contain_text("98 findings")
    expect(page.locator(".chip[aria-current]")).to_have_text("Near the edge 98")
    expect(page.locator("#findings tbody tr")).to_have_count(50)


def test_two_of_those_near_the_edge_are_taken(company: Company) -> None:
    page = company.signed_in("manager", reduced_motion="reduce")
    open_everything(page, company)
    before = taken(company)
    to_the_edge(page)
    everything = page.get_by_label("Select all on this page")
    button = page.get_by_role("button", name="Take the selected")
    everything.check()
    expect(button).to_contain_text(str(50 - before))
    everything.uncheck()
    expect(button).to_contain_text("0")
    rows = page.locator("#findings tbody tr")
    names = [rows.nth(place).locator(".cell-main b").first.inner_text() for place in TWO]
    for place in TWO:
        rows.nth(place).get_by_role("checkbox").check()
    expect(button).to_contain_text("2")
    assert everything.evaluate("box => box.indeterminate")
    button.click()
    expect(page.locator("#toasts")).to_contain_text("2 taken. They are leads now.")
    expect(page).to_have_url(FINDINGS)
    at_the_edge = page.url
    for place in TWO:
        expect(rows.nth(place)).to_contain_text("Taken by Mara Quill, just now")
    assert taken(company) == before + 2
    # What the run counted stays as it was.
    assert company.ask(COUNTS) == [(596, 498, 0, 98)]

    rows.nth(TWO[0]).get_by_role("link", name="Taken by Mara Quill").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(names[0])
    expect(page.locator("#timeline")).to_contain_text(
        "Taken by Mara Quill although it is near the edge of the circle"
    )
    page.go_back()
    page.get_by_label("Taken all the same").select_option("Yes")
    page.get_by_role("button", name="Filter").click()
    expect(rows).to_have_count(before + 2)
    faults = looking.look(page, at_the_edge)
    assert not faults, "\n".join(faults)


def test_the_same_without_javascript_on_a_phone(company: Company) -> None:
    page = company.signed_in("rep", java_script_enabled=False, viewport=looking.PHONE)
    open_everything(page, company)
    before = taken(company)
    to_the_edge(page)
    expect(page.get_by_label("Select all")).to_be_hidden()
    rows = page.locator("#findings tbody tr")
    rows.nth(FAR_DOWN).get_by_role("button", name="Take it all the same").click()
    expect(page.locator("#toasts")).to_contain_text("is a lead now.")
    expect(rows.nth(FAR_DOWN)).to_contain_text("Taken by Rhys Penrose, just now")
    expect(rows.nth(FAR_DOWN)).to_be_in_viewport()
    for place in OTHER_TWO:
        rows.nth(place).get_by_role("checkbox").check()
    page.get_by_role("button", name="Take the selected").click()
    expect(page.locator("#toasts")).to_contain_text("2 taken.")
    assert taken(company) == before + 3


def test_a_double_click_takes_it_once(company: Company) -> None:
    page = company.manager
    open_everything(page, company)
    before = taken(company)
    to_the_edge(page)
    row = page.locator("#findings tbody tr").nth(ONE)
    row.get_by_role("button", name="Take it all the same").dblclick()
    expect(row).to_contain_text("Taken by Mara Quill")
    assert taken(company) == before + 1
