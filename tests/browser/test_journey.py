"""The journey from the first sign-in to an organisation dragged across the board."""

import re

from playwright.sync_api import Page, expect

from tests.benchmarks.installation import Installation
from tests.browser import boards
from tests.browser.company import PASSWORD, Company
from tests.browser.conftest import Open

LEAD = re.compile(r"/leads/[0-9a-f-]{36}/$")
CAMPAIGN = re.compile(r"/campaigns/[0-9a-f-]{36}/$")
OUTCOME = "100 new leads; 398 left."


def sign_in(page: Page, url: str, email: str, password: str) -> None:
    page.goto(url)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")


def ask_for_leicester(page: Page) -> None:
    """Through the wizard to the preview, in the spelling of somebody in a hurry."""
    page.get_by_role("link", name="Campaigns").first.click()
    page.get_by_role("link", name=re.compile("New campaign|first campaign")).first.click()
    page.get_by_role("link", name="Healthcare", exact=True).first.click()
    page.get_by_label("postcode").fill("le11aa")
    page.get_by_label("Within how many miles?").fill("15")
    page.get_by_label("At most how many new leads?").fill("100")
    page.get_by_role("button", name="See what is there").click()
    match = page.locator("#preview .stat").filter(has_text="Match")
    expect(match.locator(".stat-value")).to_have_text("498")
    expect(page.locator("#first-ten tbody tr")).to_have_count(10)


def check_lead(page: Page) -> None:
    """The receipt adds up to the score shown, and the register entry has its date."""
    total = 0
    for group in page.locator("#receipt .receipt-group").all():
        points = int(group.locator("summary .number").inner_text().split("/")[0])
        lines = [int(line) for line in group.locator("li .number").all_text_contents()]
        assert points <= sum(lines)
        total += points
    shown = page.locator("#receipt .receipt-sum b").inner_text()
    assert shown == str(total)
    expect(page.locator(".score-large b")).to_contain_text(shown)
    entry = page.locator(".entry").first
    expect(entry).to_contain_text(re.compile(r"as of \d{1,2} \w+ 20\d\d"))
    expect(entry.locator(".attribution")).not_to_be_empty()


def test_from_signing_in_to_a_card_in_prospect(product: Installation, open_browser: Open) -> None:
    page = open_browser().new_page()
    sign_in(page, product.url, "marcus@demo.example", product.password("marcus@demo.example"))
    ask_for_leicester(page)
    page.get_by_role("button", name="Launch: 100 leads").click()
    expect(page).to_have_url(CAMPAIGN)
    page.evaluate("window.isSamePage = true")
    newest = page.locator("#progress a[href^='/leads/']")
    expect(newest).to_have_count(10)
    expect(page.locator("#run")).to_contain_text(OUTCOME)
    assert page.evaluate("window.isSamePage")
    campaign = page.url

    newest.first.click()
    expect(page).to_have_url(LEAD)
    check_lead(page)
    bell = page.locator(".side a", has_text="Notices")
    expect(bell).to_contain_text("1 unread")
    bell.click()
    expect(page.locator("main .list-item").first).to_contain_text(OUTCOME)

    page.goto(campaign)
    page.get_by_role("link", name="See on the board").click()
    expect(boards.column(page, "Discovery").locator("[data-count]")).to_have_text("100")
    card = boards.cards(page, "Discovery").nth(1)
    identity, title = card.get_attribute("id"), card.locator("[data-open]").inner_text()
    boards.drag(page, card, "Prospect")
    boards.says(page, f"{title} moved to Prospect, position 1 of 1.")
    expect(page.locator(".toast-success")).to_contain_text(title)
    expect(boards.column(page, "Discovery").locator(f"#{identity}")).to_have_count(0)
    expect(boards.column(page, "Discovery").locator("[data-count]")).to_have_text("99")
    expect(boards.column(page, "Prospect").locator("[data-count]")).to_have_text("1")
    assert "/board/" in page.url, "the drop opens no lead"
    page.reload()
    moved = boards.column(page, "Prospect").locator(f"#{identity}")
    expect(moved).to_be_visible()
    moved.locator("[data-open]").click()
    timeline = page.locator("#timeline")
    expect(timeline).to_contain_text("Moved from Discovery to Prospect.")
    expect(timeline).to_contain_text("Marcus Webb")
    lead = page.url.rstrip("/").rsplit("/", 1)[-1]
    history = "SELECT count(*) FROM leads_stagemove WHERE lead_id = %s AND by_id IS NOT NULL"
    assert product.ask(history, lead) == [(2,)]


def test_the_same_without_javascript(company: Company) -> None:
    page = company.open(java_script_enabled=False).new_page()
    sign_in(page, company.product.url, company.email("manager"), PASSWORD)
    ask_for_leicester(page)
    page.get_by_role("button", name="Launch: 100 leads").click()
    expect(page).to_have_url(CAMPAIGN)
    # The page renews itself every three seconds while the run works.
    expect(page.locator("#run")).to_contain_text(OUTCOME)

    page.get_by_role("link", name="See on the board").click()
    card = boards.cards(page, "Discovery").first
    title = card.locator("[data-open]").inner_text()
    card.get_by_role("link", name="Move to…").click()
    page.get_by_label("Prospect").check()
    page.get_by_role("button", name="Move").click()
    expect(page.locator("#toasts")).to_contain_text(f"{title} moved to Prospect.")
    expect(boards.cards(page, "Prospect")).to_have_count(1)
    boards.cards(page, "Prospect").first.locator("[data-open]").click()
    expect(page.locator("#timeline")).to_contain_text("Moved from Discovery to Prospect.")
    check_lead(page)
    page.locator(".side a", has_text="Notices").click()
    expect(page.locator("main .list-item").first).to_contain_text(OUTCOME)
