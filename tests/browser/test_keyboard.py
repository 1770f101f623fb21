"""The board without a pointer."""

from playwright.sync_api import Page, expect

from tests.browser import boards
from tests.browser.company import Company

LISTEN = """
window.said = [];
const live = document.getElementById("board-live");
new MutationObserver(() => window.said.push(live.textContent)).observe(live, {childList: true});
"""


def focused(page: Page) -> str:
    """The text of what has the focus."""
    return str(page.evaluate("document.activeElement.textContent"))


def test_a_card_is_reached_and_moved_and_keeps_the_focus(company: Company) -> None:
    page = company.manager
    page.goto(f"{company.product.url}/board/")
    title = boards.cards(page, "Discovery").first.locator("[data-open]").inner_text()
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page) == title:
            break
    assert focused(page) == title

    page.evaluate(LISTEN)
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    boards.says(page, f"{title} moved to Prospect, position")
    said = page.evaluate("window.said")
    assert "Lead, position 1 of 1" in said
    assert "Prospect, position 1 of 1" in said
    assert focused(page) == title
    stages = (
        "SELECT count(*) FROM leads_stagemove WHERE tenant_id = %s AND from_stage_id IS NOT NULL"
    )
    assert company.ask(stages) == [(1,)], "two presses in a row are one move"

    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("#timeline")).to_contain_text("Moved from Discovery to Prospect.")


def test_a_card_changes_its_place_within_the_column(company: Company) -> None:
    page = company.manager
    page.goto(f"{company.product.url}/board/")
    cards = boards.cards(page, "Discovery")
    first, second, *others = cards.evaluate_all("cards => cards.map(card => card.id)")
    cards.nth(0).locator("[data-open]").focus()
    with page.expect_response(lambda answer: answer.url.endswith("/move/")):
        page.keyboard.press("Alt+ArrowDown")
    page.reload()
    now = cards.evaluate_all("cards => cards.map(card => card.id)")
    assert now == [second, first, *others]


def test_a_selection_is_lifted_put_back_dropped_and_undone(company: Company) -> None:
    page = company.manager
    page.goto(f"{company.product.url}/board/")
    found, leads = boards.cards(page, "Discovery"), boards.cards(page, "Lead")
    order = found.evaluate_all("cards => cards.map(card => card.id)")
    for at in (0, 2):
        found.nth(at).locator("[data-open]").focus()
        page.keyboard.press("x")
    boards.says(page, "selected, 2 in all.")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(leads).to_have_count(2)
    page.keyboard.press("Escape")
    boards.says(page, "Put back.")
    assert found.evaluate_all("cards => cards.map(card => card.id)") == order

    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    boards.says(page, "2 leads moved to Lead.")
    assert leads.evaluate_all("cards => cards.map(card => card.id)") == [order[0], order[2]]
    page.locator("[data-toast]").get_by_role("button", name="Undo").click()
    boards.says(page, "Undone: Moved 2 leads to Lead.")
    expect(found).to_have_count(4)
    assert found.evaluate_all("cards => cards.map(card => card.id)") == order
