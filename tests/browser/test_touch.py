"""The board under a finger, with the touch events that a phone sends."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser import boards
from tests.browser.company import Company

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


class Finger:
    """One finger on the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.at = (0.0, 0.0)

    def _send(self, kind: str, points: list[dict[str, float]]) -> None:
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    @contextmanager
    def down(self, x: float, y: float) -> Iterator[None]:
        """On the screen for the block."""
        self.at = (x, y)
        self._send("touchStart", [{"x": x, "y": y}])
        yield
        self._send("touchEnd", [])

    def move(self, x: float, y: float, steps: int = 8) -> None:
        """Slide there, at the pace of a finger."""
        from_x, from_y = self.at
        for step in range(1, steps + 1):
            part = step / steps
            point = {"x": from_x + (x - from_x) * part, "y": from_y + (y - from_y) * part}
            self._send("touchMove", [point])
            self.page.wait_for_timeout(16)
        self.at = (x, y)


def wait_until_scrolled(thing: Locator, pixels: int) -> None:
    for _ in range(200):
        if thing.evaluate("thing => thing.scrollLeft") > pixels:
            return
        thing.page.wait_for_timeout(20)
    pytest.fail("It did not scroll.")


@pytest.fixture
def page(busy_company: Company) -> Page:
    page = busy_company.signed_in("rep", **PHONE)
    page.goto(f"{busy_company.product.url}/board/")
    return page


def test_a_long_press_drags_a_card_into_the_next_column(page: Page) -> None:
    card = boards.cards(page, "Discovery").nth(1)
    title = card.locator("[data-open]").inner_text()
    finger = Finger(page)
    x, y = boards.middle(card)
    with finger.down(x, y):
        page.wait_for_timeout(300)
        expect(page.locator(".drag-ghost")).to_be_visible()
        finger.move(384, y)
        # The board runs on under the card at its edge.
        wait_until_scrolled(page.locator("#board"), 200)
        finger.move(250, y)
        expect(boards.column(page, "Lead")).to_contain_class("is-over")
    boards.says(page, f"{title} moved to Lead, position")
    page.reload()
    expect(boards.cards(page, "Lead")).to_have_count(1)
    expect(boards.cards(page, "Lead").first).to_contain_text(title)


def test_a_phone_shows_one_column_and_says_which(page: Page) -> None:
    shown = page.locator('.board-tabs [aria-current="true"]')
    expect(shown).to_contain_text("Discovery")
    page.locator(".board-tabs a", has_text="Prospect").click()
    expect(shown).to_contain_text("Prospect")


def test_swiping_scrolls_and_drags_nothing(page: Page) -> None:
    finger = Finger(page)
    body = boards.column(page, "Discovery").locator("[data-column]")
    before = boards.cards(page, "Discovery").all_text_contents()
    x, y = boards.middle(body)
    with finger.down(x, y + 100):
        finger.move(x, y - 150)
        expect(page.locator(".drag-ghost")).to_have_count(0)
    assert body.evaluate("body => body.scrollTop") > 100
    with finger.down(x + 120, y):
        finger.move(x - 120, y)
        expect(page.locator(".drag-ghost")).to_have_count(0)
    expect(page.locator(".board-tabs [aria-current]")).to_contain_text("Lead")
    assert boards.cards(page, "Discovery").all_text_contents() == before
