"""A rule is written without scripts, acts by itself, says what it did, and is taken back."""

from playwright.sync_api import Page, expect

from tests.browser import looking
from tests.browser.company import Company

# It looks at once when it is switched on; a busy machine takes its time.
PATIENCE = 60_000


def until_said(page: Page, words: str) -> None:
    """Look at the page anew until it says so."""
    for _ in range(PATIENCE // 1000):
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.get_by_text(words)).to_be_visible()


def test_a_rule_from_the_first_filter_to_its_undo(company: Company) -> None:
    page = company.signed_in("manager", java_script_enabled=False)
    page.goto(f"{company.product.url}/leads/rules/")
    page.get_by_role("link", name="New rule").click()
    page.locator("summary", has_text="Filter").last.click()
    page.get_by_role("link", name="Choose a filter").click()
    page.get_by_role("link", name="Owner", exact=True).click()
    page.get_by_label("Nobody").check()
    page.get_by_role("button", name="Apply").last.click()
    expect(page.get_by_text("4 leads match now.")).to_be_visible()
    page.get_by_role("link", name="Next: what is done").click()
    page.get_by_label("Name").fill("Nobody’s to Rhys")
    page.get_by_label("Give it to somebody, or to several in turn").check()
    page.get_by_label("Rhys Penrose").first.check()
    page.get_by_label("Leave alone the leads that match already").uncheck()
    # What was typed goes along while the leads are chosen once more.
    page.get_by_role("button", name="Choose which leads").click()
    page.get_by_role("link", name="Next: what is done").click()
    expect(page.get_by_label("Name")).to_have_value("Nobody’s to Rhys")
    page.get_by_role("button", name="See what it would do").last.click()
    expect(page.get_by_text("Give 4 leads to Rhys Penrose")).to_be_visible()
    page.get_by_role("button", name="Save and switch on").click()
    until_said(page, "4 leads in 7 days")
    page.get_by_role("link", name="What it did").click()
    expect(page.get_by_text("Gave 4 leads to Rhys Penrose", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone by Mara Quill").last).to_be_visible()
    owners = company.ask("SELECT DISTINCT owner_id FROM leads_lead WHERE tenant_id = %s")
    assert owners == [(None,)]


def test_its_pages_on_every_screen(company: Company) -> None:
    page = company.manager
    filled = "?where=score:atleast:0&rule_name=All&rule_does=tell&rule_managers=on"
    page.goto(f"{company.product.url}/leads/rules/new/{filled}")
    page.get_by_role("button", name="Save and switch on").click()
    until_said(page, "in 7 days")
    (rule,) = company.ask("SELECT id FROM leads_reaction WHERE tenant_id = %s")[0]
    paths = ["", "when/?tier=hot", f"new/{filled}", f"{rule}/", f"{rule}/done/"]
    looking.check(page, company, [f"/leads/rules/{path}" for path in paths])
