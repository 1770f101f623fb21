"""Each journey with a keyboard and nothing else: Tab, arrows, Space, Enter and what is typed.

What opens on the way is looked at by axe; as they open, pages are by `test_every_page`.
"""

import re

from playwright.sync_api import Page, expect

from tests.browser.company import PASSWORD, Company
from tests.browser.hands import Hands
from tests.browser.looking import wrong

TASK = "Send the quote"


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_from_signing_in_to_what_a_search_would_find(company: Company) -> None:
    page = company.open().new_page()
    page.goto(company.product.url)
    hands = Hands(page)
    hands.write(page.get_by_label("E-mail"), company.email("manager"))
    hands.write(page.get_by_label("Password"), PASSWORD)
    hands.press("Enter")
    heading(page, "Dashboard")
    # The first stop of every page leads past its frame.
    hands.press("Tab", "Enter")
    expect(page.locator("#content")).to_be_focused()
    hands.use(page.locator("main a[href*='/leads/?']").first)
    heading(page, "Leads")

    hands.link("Find leads")
    hands.link("Healthcare")
    hands.write(page.get_by_label("postcode"), "LE1 1AA")
    hands.write(page.get_by_label("At most how many new leads?"), "40")
    hands.button("See what is there")
    hands.reach(page.get_by_role("button", name="Launch: 40 leads"))


def test_a_list_is_narrowed_kept_and_worked_on(company: Company) -> None:
    page = company.manager
    page.goto(f"{company.product.url}/leads/")
    hands = Hands(page)
    menu = page.locator(".filters-all > details.menu > summary")
    hands.use(menu)
    hands.link("Town")
    expect(page.get_by_role("radio", name="contains")).to_be_focused()
    hands.write(page.get_by_label("Town contains"), "Falm")
    assert wrong(page) == []
    hands.press("Enter")
    expect(page.locator(".filter-chip")).to_contain_text("Falm")
    rows = page.locator(".lead-rows tbody tr")
    expect(rows).to_have_count(4)
    hands.link("Organisation")
    expect(page.locator("th[aria-sort]")).to_have_text(re.compile("Organisation"))

    hands.use(page.locator("summary", has_text="Save this view"))
    hands.write(page.get_by_label("Name of the view"), "Falmouth")
    hands.press("Enter")
    expect(page.get_by_role("navigation", name="Saved views")).to_contain_text("Falmouth")

    for at in (0, 1):
        hands.reach(rows.nth(at).get_by_role("checkbox"))
        hands.press("Space")
    hands.reach(page.get_by_role("button", name="Assign"), "Shift+Tab")
    hands.press("Enter")
    person = page.get_by_label(re.compile("Give 2 leads to"))
    expect(person).to_be_focused()
    assert wrong(page) == []
    hands.press("M")
    hands.button("Give")
    undo = page.locator("#toasts").get_by_role("button", name="Undo")
    hands.reach(undo, "Shift+Tab")
    hands.press("Enter")
    expect(undo).to_have_count(0)
    owned = "SELECT count(*) FROM leads_lead WHERE tenant_id = %s AND owner_id IS NOT NULL"
    assert company.ask(owned) == [(0,)]


def test_a_lead_is_found_worked_on_and_merged(company: Company) -> None:
    page = company.manager
    page.goto(f"{company.product.url}/")
    hands = Hands(page)
    hands.press("Control+k")
    page.keyboard.type("Harbour Dental 2")
    expect(page.locator("#palette [aria-selected=true]")).to_contain_text("Harbour Dental 2")
    assert wrong(page) == []
    hands.press("Enter")
    heading(page, "Harbour Dental 2")

    timeline = page.locator("#timeline")
    note = page.get_by_label("Add a note")
    hands.write(note, "They want a new phone system.")
    hands.button("Add note")
    expect(timeline.locator(".timeline")).to_contain_text("a new phone system")
    expect(timeline.locator("summary", has_text="Note")).to_be_focused()

    hands.use(timeline.locator("summary", has_text="Call"))
    hands.reach(page.get_by_role("radio").first)
    hands.press("ArrowDown", "Space")
    hands.button("Write down the call")
    expect(timeline.locator(".timeline")).to_contain_text("Left a voicemail")

    hands.write(page.get_by_label("What is to be done"), TASK)
    hands.press("Enter")
    hands.button(f"Done: {TASK}")
    again = page.get_by_role("button", name=f"Undo: {TASK}")
    expect(again).to_be_focused()
    hands.press("Enter")
    expect(page.get_by_role("button", name=f"Done: {TASK}")).to_be_focused()

    change = page.get_by_role("link", name="Change the phone")
    hands.reach(change, "Shift+Tab")
    hands.press("Enter")
    expect(page.locator("#fact-phone input:not([type=hidden])")).to_be_focused()
    hands.press("Control+a")
    page.keyboard.type("01326 555 123")
    hands.press("Enter")
    expect(page.locator("#fact-phone")).to_contain_text("01326 555")
    expect(change).to_be_focused()

    hands.use(page.locator("#contacts").get_by_role("link", name=re.compile("Add|Contact")).first)
    expect(page.locator("#contact-new input:visible").first).to_be_focused()
    assert wrong(page) == []
    page.keyboard.type("Jenna Hale")
    hands.press("Enter")
    expect(page.locator("#contacts")).to_contain_text("Jenna Hale")

    hands.link("Merge with…")
    hands.write(page.get_by_label("Which other lead is it?"), "Harbour Dental 3")
    hands.press("Enter")
    hands.link("Harbour Dental 3")
    heading(page, "Make one of two")
    hands.button("Merge")
    expect(page.locator("main")).to_contain_text("Harbour Dental 3")
    hands.button("Undo")
