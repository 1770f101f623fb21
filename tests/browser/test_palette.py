"""The command palette, by keyboard alone."""

from playwright.sync_api import expect

from tests.browser import boards
from tests.browser.company import Company


def test_a_lead_and_a_page_are_reached_and_the_focus_comes_back(company: Company) -> None:
    page = company.manager
    page.goto(f"{company.product.url}/board/")
    title = boards.cards(page, "Discovery").first.locator("[data-open]").inner_text()
    box = page.get_by_role("combobox", name="Find a lead, a page or an action")
    chosen = page.locator("#palette [aria-selected=true]")

    page.get_by_role("link", name="Board").first.focus()
    page.keyboard.press("Control+k")
    expect(box).to_be_focused()
    page.keyboard.type("notif")
    expect(chosen).to_contain_text("Notifications")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(page.get_by_role("link", name="Board").first).to_be_focused()

    page.keyboard.press("Control+k")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    box.fill("")
    page.keyboard.type(title)
    first = page.locator("#palette-leads-1")
    expect(first).to_contain_text(title)
    expect(first).to_have_attribute("aria-selected", "true")
    assert len([url for url in asked if "/search/options/" in url]) <= 3, "a burst asks once"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "palette-leads-1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
