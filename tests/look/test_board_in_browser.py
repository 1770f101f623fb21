"""The board under a mouse, a finger and a keyboard, when it goes well and when it does not."""

import pytest
from playwright.sync_api import Page, expect

from crm.pipeline.models import Kind
from leads.models import Lead
from leads.moving import board
from tests.people import Cast

pytestmark = pytest.mark.browser


def column(page: Page, stage: str) -> list[str]:
    """The names in a column, as the page shows them."""
    return page.locator(f'[data-name="{stage}"] [data-open]').all_inner_texts()


def centre(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, name: str, stage: str) -> None:
    """Take the card of this name and let it go over the column."""
    x, y = centre(page, f'[data-lead]:has-text("{name}")')
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 10, steps=3)
    x, y = centre(page, f'[data-name="{stage}"]')
    page.mouse.move(x, y, steps=6)
    page.mouse.up()


def stored(cast: Cast, name: str) -> str:
    return Lead.of(cast.tenant).get(organisation__name=name).stage.kind


def test_a_dragged_card_is_moved_and_counted(page: Page, cast: Cast) -> None:
    drag(page, "Beacon Dental", "Prospect")
    expect(page.locator(".toast-success")).to_contain_text("Beacon Dental")
    assert "Beacon Dental" in column(page, "Prospect")
    assert "Beacon Dental" not in column(page, "Discovery")
    assert page.locator('[data-name="Prospect"] .count').inner_text() == "2"
    assert stored(cast, "Beacon Dental") == Kind.PROSPECT
    page.reload()
    assert "Beacon Dental" in column(page, "Prospect")
    assert page.url.endswith("/board/")


def test_a_card_can_be_dropped_into_an_empty_column(page: Page, cast: Cast) -> None:
    expect(page.locator('[data-name="Lead"] .column-hint')).to_be_visible()
    drag(page, "Anchor Dental", "Lead")
    expect(page.locator(".toast-success")).to_be_visible()
    expect(page.locator('[data-name="Lead"] .column-hint')).to_be_hidden()
    assert stored(cast, "Anchor Dental") == Kind.LEAD


def test_the_order_within_a_column_is_kept(page: Page) -> None:
    before = column(page, "Discovery")
    page.locator("[data-open]").first.focus()
    with page.expect_response("**/move/"):
        page.keyboard.press("Alt+ArrowDown")
    page.reload()
    assert column(page, "Discovery") == [before[1], before[0], before[2]]


def test_arrows_move_the_card_and_say_where_it_stands(page: Page, cast: Cast) -> None:
    name = column(page, "Discovery")[0]
    page.locator("[data-open]").first.focus()
    with page.expect_response("**/move/"):
        page.keyboard.press("Alt+ArrowRight")
        expect(page.locator("#board-live")).to_have_text("Lead, position 1 of 1")
    assert stored(cast, name) == Kind.LEAD
    expect(page.locator(":focus")).to_have_text(name)


def test_a_colleague_was_faster_and_the_truth_is_shown(page: Page, cast: Cast) -> None:
    lead = Lead.of(cast.tenant).get(organisation__name="Beacon Dental")
    board.move(lead, to=cast.stage(Kind.OPPORTUNITY), by=cast.ada)
    drag(page, "Beacon Dental", "Prospect")
    expect(page.locator(".toast-error")).to_contain_text("Ada moved Beacon Dental to Opportunity")
    assert "Beacon Dental" in column(page, "Opportunity")
    assert "Beacon Dental" not in column(page, "Prospect")


def test_without_a_network_the_card_goes_back(page: Page, cast: Cast) -> None:
    before = column(page, "Discovery")
    page.context.set_offline(True)
    drag(page, "Beacon Dental", "Prospect")
    expect(page.locator(".toast-error")).to_contain_text("was not saved")
    assert column(page, "Discovery") == before
    assert stored(cast, "Beacon Dental") == Kind.DISCOVERY


def test_whoever_was_signed_out_is_told_so(page: Page) -> None:
    before = column(page, "Discovery")
    page.context.clear_cookies()
    drag(page, "Beacon Dental", "Prospect")
    expect(page.locator(".toast-error")).to_be_visible()
    assert column(page, "Discovery") == before


def test_escape_ends_a_drag_without_a_move(page: Page) -> None:
    before = column(page, "Discovery")
    x, y = centre(page, '[data-lead]:has-text("Beacon Dental")')
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 300, y + 40, steps=5)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert column(page, "Discovery") == before
    assert page.locator(".drag-ghost, .drop-place").count() == 0
    assert page.url.endswith("/board/")


def test_a_click_opens_the_lead(page: Page) -> None:
    page.locator('[data-lead]:has-text("Beacon Dental")').click()
    expect(page.locator("h1")).to_have_text("Beacon Dental")


def test_a_finger_drags_after_a_long_press(phone: Page, cast: Cast) -> None:
    name = column(phone, "Discovery")[0]
    x, y = centre(phone, "[data-lead]")
    finger = phone.context.new_cdp_session(phone)

    def touch(kind: str, *points: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    phone.locator(".drag-ghost").wait_for()
    # Held at the edge, the board runs on until the next column lies under the finger.
    for step in range(200):
        touch("touchMove", {"x": 384, "y": y + step % 2})
        if centre(phone, '[data-name="Lead"]')[0] < 250:
            break
    touch("touchMove", {"x": 200, "y": y})
    with phone.expect_response("**/move/"):
        touch("touchEnd")
    assert stored(cast, name) == Kind.LEAD


def test_a_finger_that_moves_at_once_scrolls(phone: Page) -> None:
    before = column(phone, "Discovery")
    x, y = centre(phone, "[data-lead]")
    finger = phone.context.new_cdp_session(phone)
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": x - 60, "y": y}]),
        ("touchMove", [{"x": x - 160, "y": y}]),
        ("touchEnd", []),
    ):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert phone.locator(".drag-ghost").count() == 0
    assert column(phone, "Discovery") == before


def test_a_phone_shows_one_column_and_says_which(phone: Page) -> None:
    expect(phone.locator('.board-tabs [aria-current="true"]')).to_contain_text("Discovery")
    phone.locator(".board-tabs a", has_text="Prospect").click()
    expect(phone.locator('.board-tabs [aria-current="true"]')).to_contain_text("Prospect")
