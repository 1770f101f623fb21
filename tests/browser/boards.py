"""The board as a person uses it."""

from playwright.sync_api import Locator, Page, expect


def column(page: Page, name: str) -> Locator:
    return page.locator(f'[data-stage][data-name="{name}"]')


def cards(page: Page, name: str) -> Locator:
    return column(page, name).locator("[data-lead]")


def middle(thing: Locator) -> tuple[float, float]:
    thing.scroll_into_view_if_needed()
    box = thing.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, card: Locator, to: str) -> None:
    """Drag a card with the mouse into the column of this name."""
    x, y = middle(card)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 8, steps=3)
    column(page, to).scroll_into_view_if_needed()
    box = column(page, to).locator("[data-column]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40, steps=8)
    expect(column(page, to)).to_contain_class("is-over")
    page.mouse.up()


def says(page: Page, text: str) -> None:
    """The live region of the board tells it."""
    expect(page.locator("#board-live")).to_contain_text(text)
