"""What somebody else does between seeing the board and moving a card on it."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.browser import boards
from tests.browser.company import Company


def test_a_faster_colleague_is_named_and_the_board_shows_the_truth(company: Company) -> None:
    mine, theirs = company.manager, company.signed_in("rep")
    for page in (mine, theirs):
        page.goto(f"{company.product.url}/board/")
    card = boards.cards(mine, "Discovery").first
    identity, title = card.get_attribute("id"), card.locator("[data-open]").inner_text()
    boards.drag(theirs, theirs.locator(f"#{identity}"), "Lead")
    boards.says(theirs, "moved to Lead, position")

    boards.drag(mine, card, "Prospect")
    told = f"Rhys Penrose moved {title} to Lead meanwhile."
    expect(mine.locator(".toast-error")).to_contain_text(told)
    expect(boards.column(mine, "Lead").locator(f"#{identity}")).to_be_visible()
    expect(boards.cards(mine, "Prospect")).to_have_count(0)
    # What the board shows is true, so the next move from it is accepted.
    boards.drag(mine, mine.locator(f"#{identity}"), "Opportunity")
    boards.says(mine, f"{title} moved to Opportunity, position")


def test_a_deleted_stage_is_explained_and_the_card_goes_back(company: Company) -> None:
    added = str(uuid4())
    company.product.ask(
        "INSERT INTO pipeline_stage (id, tenant_id, pipeline_id, kind, name, position, win_chance)"
        " SELECT %s, tenant_id, pipeline_id, kind, 'Site visit', 2, 20 FROM pipeline_stage"
        " WHERE kind = 'lead' AND tenant_id = %s",
        added,
        company.made["tenant"],
    )
    page = company.manager
    page.goto(f"{company.product.url}/board/")
    before = boards.cards(page, "Discovery").evaluate_all("cards => cards.map(card => card.id)")
    company.product.ask("DELETE FROM pipeline_stage WHERE id = %s", added)

    boards.drag(page, boards.cards(page, "Discovery").nth(2), "Site visit")
    expect(page.locator(".toast-error")).to_contain_text("That stage was deleted meanwhile.")
    expect(boards.cards(page, "Site visit")).to_have_count(0)
    after = boards.cards(page, "Discovery").evaluate_all("cards => cards.map(card => card.id)")
    assert after == before


def test_whoever_signed_out_in_another_tab_is_told(company: Company) -> None:
    page = company.manager
    page.goto(f"{company.product.url}/board/")
    before = boards.cards(page, "Discovery").evaluate_all("cards => cards.map(card => card.id)")
    other = page.context.new_page()
    other.goto(f"{company.product.url}/notices/")
    other.get_by_role("button", name="Sign out").last.click()
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()

    boards.drag(page, boards.cards(page, "Discovery").first, "Prospect")
    expect(page.locator(".toast-error")).to_contain_text("You have been signed out.")
    after = boards.cards(page, "Discovery").evaluate_all("cards => cards.map(card => card.id)")
    assert after == before


def test_escape_puts_a_card_back_that_is_being_dragged(company: Company) -> None:
    page = company.manager
    page.goto(f"{company.product.url}/board/")
    before = boards.cards(page, "Discovery").evaluate_all("cards => cards.map(card => card.id)")
    x, y = boards.middle(boards.cards(page, "Discovery").first)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(*boards.middle(boards.column(page, "Prospect")), steps=8)
    expect(page.locator(".drag-ghost")).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".drag-ghost, .drop-place")).to_have_count(0)
    expect(boards.cards(page, "Discovery")).to_have_count(4)
    after = boards.cards(page, "Discovery").evaluate_all("cards => cards.map(card => card.id)")
    assert after == before
    assert page.url.endswith("/board/"), "the drop opens no lead"
