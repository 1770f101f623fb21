"""The board under a mouse: where a card may go, where it goes back, and what a click does."""

from playwright.sync_api import Locator, Page, expect

from tests.browser import boards
from tests.browser.company import Company


def opened(company: Company) -> Page:
    page = company.manager
    page.goto(f"{company.product.url}/board/")
    return page


def titles(cards: Locator) -> list[str]:
    """The names in a column, as the page shows them."""
    return cards.locator("[data-open]").all_inner_texts()


def test_a_card_can_be_dropped_into_an_empty_column(company: Company) -> None:
    page = opened(company)
    hint = boards.column(page, "Lead").locator(".column-hint")
    expect(hint).to_be_visible()
    boards.drag(page, boards.cards(page, "Discovery").first, "Lead")
    expect(page.locator(".toast-success")).to_be_visible()
    expect(hint).to_be_hidden()
    page.reload()
    expect(boards.cards(page, "Lead")).to_have_count(1)


def test_without_a_network_the_card_goes_back(company: Company) -> None:
    page = opened(company)
    before = titles(boards.cards(page, "Discovery"))
    page.context.set_offline(True)
    boards.drag(page, boards.cards(page, "Discovery").nth(1), "Prospect")
    expect(page.locator(".toast-error")).to_contain_text("was not saved")
    assert titles(boards.cards(page, "Discovery")) == before
    page.context.set_offline(False)
    page.reload()
    assert titles(boards.cards(page, "Discovery")) == before


def test_a_click_opens_the_lead(company: Company) -> None:
    page = opened(company)
    card = boards.cards(page, "Discovery").nth(1)
    title = card.locator("[data-open]").inner_text()
    card.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
