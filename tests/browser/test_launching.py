"""Launching twice, by impatience or from two tabs, is launching once."""

from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.test_journey import CAMPAIGN

PREVIEW = "/campaigns/new/healthcare/preview/?postcode=LE1+1AA&miles=15&max_results=10"
LAUNCH = "Launch: 10 leads"
COUNTS = """
SELECT count(DISTINCT campaign.id), count(run.id) FROM campaigns_campaign campaign
LEFT JOIN campaigns_run run ON run.campaign_id = campaign.id WHERE campaign.tenant_id = %s
"""


def preview(company: Company, page: Page) -> Page:
    page.goto(company.product.url + PREVIEW)
    return page


def test_a_double_click(company: Company) -> None:
    page = preview(company, company.manager)
    page.get_by_role("button", name=LAUNCH).dblclick()
    expect(page).to_have_url(CAMPAIGN)
    expect(page.locator("#run")).to_contain_text("10 new leads")
    assert company.ask(COUNTS) == [(1, 1)]


def test_two_tabs(company: Company) -> None:
    first = preview(company, company.manager)
    second = preview(company, first.context.new_page())
    first.get_by_role("button", name=LAUNCH).click()
    expect(first).to_have_url(CAMPAIGN)
    second.get_by_role("button", name=LAUNCH).click()
    expect(second).to_have_url(first.url)
    expect(second.locator("#toasts")).to_contain_text("You have this campaign already.")
    expect(second.locator("#run")).to_contain_text("10 new leads")
    assert company.ask(COUNTS) == [(1, 1)]
