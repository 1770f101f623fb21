"""The bell of an open page rings by itself, once, and tears nothing out of anybody's hand."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.looking import PHONE, check, is_too_wide, wrong
from tests.browser.test_journey import CAMPAIGN

# A look every 15 s, and a moment.
A_LOOK = 18_000
TEXT = "Healthcare within 15 miles of LE1 1AA: 100 new leads; 394 left."
PREVIEW = "/campaigns/new/healthcare/preview/?postcode=LE1+1AA&miles=15&max_results=10"
# Whatever a screen reader is given to say, in order.
LISTEN = """
window.spoken = [];
const hear = (node) => spoken.push(node.textContent.replace(/\\s+/g, " ").trim());
addEventListener("DOMContentLoaded", () => {
  for (const region of document.querySelectorAll("#toasts, #announcer"))
    new MutationObserver((changes) => changes.forEach((each) => each.addedNodes.forEach(hear)))
      .observe(region, { childList: true });
});
"""


def spoken(page: Page) -> list[str]:
    return [said for said in page.evaluate("window.spoken") if said]


def open_at(company: Company, path: str, *, in_real_time: bool = False, **options: Any) -> Page:
    page = company.signed_in("manager", **options)
    page.add_init_script(LISTEN)
    if not in_real_time:
        page.clock.install()
    page.goto(company.product.url + path)
    return page


def time_passes(page: Page) -> None:
    """Until the bell looks the next time."""
    page.clock.fast_forward(16_000)


def finds_nothing_new(page: Page) -> None:
    """The bell looks again, and is told that this window has said all."""
    # One that has just been swapped listens as soon as htmx has settled it.
    expect(page.locator("#bell")).not_to_have_class(re.compile("htmx-"))
    with page.expect_response(re.compile("/notices/unread/")) as answer:
        time_passes(page)
    assert answer.value.status == 204


def toasts(page: Page) -> Any:
    return page.locator("#toasts [data-toast]")


def test_a_notice_reaches_an_open_page_and_disturbs_nobody(company: Company) -> None:
    lead = company.furnish("admit", names=["Beacon Dental"])[0]
    page = open_at(company, f"/leads/{lead}/", in_real_time=True)
    note = page.locator("textarea").first
    note.fill("Half a sente")
    note.focus()
    company.furnish("tell", role="manager", text=TEXT, url="/leads/?q=x")
    link = toasts(page).get_by_role("link", name=TEXT)
    expect(link).to_be_visible(timeout=A_LOOK)
    expect(page.locator(".side a", has_text="Notices")).to_contain_text("1 unread")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.keyboard.type("nce")
    expect(note).to_have_value("Half a sentence")
    assert spoken(page) == [TEXT]
    assert page.locator("#toasts").get_attribute("aria-live") == "polite"
    page.clock.install()
    link.click()
    expect(page).to_have_url(f"{company.product.url}/leads/?q=x")
    finds_nothing_new(page)
    expect(toasts(page)).to_have_count(0)
    expect(page.locator(".side a", has_text="Notices")).to_contain_text("1 unread")


def test_what_came_between_two_pages_is_said_on_the_second(company: Company) -> None:
    page = open_at(company, "/leads/")
    company.furnish("tell", role="manager", text=TEXT)
    page.goto(f"{company.product.url}/board/")
    expect(toasts(page)).to_contain_text(TEXT, timeout=4000)
    page.get_by_role("button", name="Dismiss").click()
    expect(toasts(page)).to_have_count(0)


def test_what_was_seen_for_a_moment_only_is_said_again(company: Company) -> None:
    company.furnish("tell", role="manager", text=TEXT)
    page = open_at(company, "/leads/")
    expect(toasts(page)).to_contain_text(TEXT, timeout=4000)
    page.goto(f"{company.product.url}/board/")
    expect(toasts(page)).to_contain_text(TEXT, timeout=4000)
    page.clock.fast_forward(2500)
    page.goto(f"{company.product.url}/leads/")
    finds_nothing_new(page)
    expect(toasts(page)).to_have_count(0)


def test_while_nothing_is_new_nothing_is_swapped(company: Company) -> None:
    page = open_at(company, "/notices/")
    page.evaluate("document.getElementById('bell').isTheSame = true")
    finds_nothing_new(page)
    assert page.evaluate("document.getElementById('bell').isTheSame")
    assert spoken(page) == []


def test_a_live_campaign_says_its_end_once(company: Company) -> None:
    page = open_at(company, PREVIEW)
    page.get_by_role("button", name=re.compile("^Launch")).click()
    expect(page).to_have_url(CAMPAIGN)
    expect(page.locator("#run")).to_contain_text("10 new leads")
    expect(page.locator(".side a", has_text="Notices")).to_contain_text("1 unread")
    expect(page.locator("#announcer")).to_contain_text("10 new leads")
    # The run's end has made the bell look at once; its answer is not the one waited for below.
    expect(page.locator("#bell")).to_have_attribute("data-news", re.compile("."))
    finds_nothing_new(page)
    assert [said for said in spoken(page) if "10 new leads" in said] == ["Completed: 10 new leads"]
    expect(toasts(page)).to_have_count(0)
    page.get_by_role("link", name="Leads", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leads")
    finds_nothing_new(page)
    assert spoken(page) == []


def test_another_window_is_told_of_it(company: Company) -> None:
    reading = open_at(company, "/board/", viewport=PHONE, reduced_motion="reduce")
    running = open_at(company, PREVIEW)
    running.get_by_role("button", name=re.compile("^Launch")).click()
    expect(running.locator("#run")).to_contain_text("10 new leads")
    time_passes(reading)
    expect(toasts(reading)).to_contain_text("10 new leads")
    expect(reading.locator(".tabbar a", has_text="Notices")).to_contain_text("1 unread")
    assert not is_too_wide(reading)
    assert wrong(reading) == []


def test_whoever_is_signed_out_meanwhile_keeps_their_page(company: Company) -> None:
    lead = company.furnish("admit", names=["Beacon Dental"])[0]
    page = open_at(company, f"/leads/{lead}/")
    note = page.locator("textarea").first
    note.fill("Not lost")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    is_signed_out(company)
    time_passes(page)
    told = page.locator(".toast-error")
    expect(told).to_contain_text("You have been signed out.")
    expect(note).to_have_value("Not lost")
    expect(page.get_by_label("E-mail")).to_have_count(0)
    # It asks no more.
    asked.clear()
    for _ in range(3):
        time_passes(page)
        page.wait_for_timeout(300)
    assert [url for url in asked if "/notices/unread/" in url] == []
    expect(told).to_have_count(1)


def test_a_live_part_leads_nobody_away_who_was_signed_out_meanwhile(company: Company) -> None:
    page = open_at(company, "/operations/")
    is_signed_out(company)
    with page.expect_response(re.compile("/operations/live/")) as answer:
        time_passes(page)
    assert "hx-redirect" in answer.value.headers
    page.wait_for_timeout(500)
    expect(page.locator(".toast-error")).to_contain_text("You have been signed out.")
    expect(page.locator("#pulse")).to_be_visible()
    # Whoever acts is led to sign in.
    page.get_by_role("link", name="Leads", exact=True).first.click()
    expect(page.get_by_label("E-mail")).to_be_visible()


def test_what_comes_into_view_leads_nobody_away_who_was_signed_out(company: Company) -> None:
    lead = company.furnish("admit", names=["Harbour Dental"])[0]
    page = open_at(company, f"/leads/{lead}/", viewport=PHONE, in_real_time=True)
    note = page.locator("textarea").first
    note.fill("Not lost")
    is_signed_out(company)
    with page.expect_response(re.compile("/alike/")) as answer:
        page.locator("#alike").scroll_into_view_if_needed()
    assert "hx-redirect" in answer.value.headers
    page.wait_for_timeout(500)
    expect(note).to_have_value("Not lost")


def is_signed_out(company: Company) -> None:
    company.product.ask(
        "DELETE FROM django_session WHERE session_key = %s", company.made["manager"]
    )


def test_a_page_in_the_background_asks_for_nothing(company: Company) -> None:
    page = open_at(company, "/leads/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    hide(page, is_hidden=True)
    for _ in range(3):
        time_passes(page)
        page.wait_for_timeout(300)
    assert [url for url in asked if "/notices/unread/" in url] == []
    company.furnish("tell", role="manager", text=TEXT)
    hide(page, is_hidden=False)
    expect(toasts(page)).to_contain_text(TEXT, timeout=4000)


def hide(page: Page, *, is_hidden: bool) -> None:
    """Put the page into the background, as another tab in front of it does."""
    page.evaluate(
        "is => { Object.defineProperty(document, 'hidden', { configurable: true, value: is });"
        " document.dispatchEvent(new Event('visibilitychange')); }",
        is_hidden,
    )


def test_long_notices_are_accessible_and_fit_a_phone(company: Company) -> None:
    company.furnish("tell", role="manager", text="W" * 200, url="/leads/")
    company.furnish("tell", role="manager", text=TEXT, url="/leads/")
    page = company.signed_in("manager", reduced_motion="reduce")
    check(page, company, ["/notices/"])


def test_preferences_and_a_test_letter_by_hand(company: Company) -> None:
    page = open_at(company, "/notices/settings/")
    page.get_by_label("A run has failed: by e-mail").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    expect(page.get_by_label("A run has failed: by e-mail")).not_to_be_checked()
    expect(page.get_by_label("A run has failed: on the bell")).to_be_checked()
    page.get_by_role("button", name="Send me a test e-mail").click()
    letters = page.locator("#letters")
    expect(letters).to_contain_text("A test e-mail from Fieldfare")
    expect(letters).to_contain_text("Written into the folder")
    written = [each.read_text() for each in (company.product.folder / "mail").glob("*.eml")]
    assert any(f"To: {company.email('manager')}" in each for each in written)
