"""The controls of a run and its schedule, in a browser that renews them and in one that can't."""

from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.looking import check

# As if a worker held the run for a while: the bundled registers are walked too quickly to watch.
MOVES = """
WITH run AS (
    UPDATE campaigns_run SET state = 'running', finished_at = NULL, "left" = NULL, reason = ''
    WHERE tenant_id = %s RETURNING id
)
UPDATE campaigns_sourcerun SET state = 'leased', lease_until = now() + interval '20 seconds'
FROM run WHERE run_id = run.id RETURNING run_id
"""


def moving(company: Company, page: Page) -> str:
    """The page of a campaign whose run has found 15 leads and is made to go on."""
    address = f"{company.product.url}/campaigns/{company.furnish('campaign')}/"
    page.goto(address)
    expect(page.locator("#run")).to_contain_text("15 new leads")
    assert company.ask(MOVES)
    page.goto(address)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    return address


def test_a_run_is_paused_resumed_and_cancelled_in_two_steps(company: Company) -> None:
    page = company.manager
    moving(company, page)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#run")).to_contain_text("Paused by Mara Quill. Since")
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    page.locator(".steer summary").click()
    sure = page.get_by_role("button", name="Cancel the run")
    expect(sure).to_be_visible()
    page.locator(".steer summary").click()
    expect(sure).to_be_hidden()
    page.locator(".steer summary").click()
    sure.click()
    expect(page.locator("#run")).to_contain_text("Cancelled by Mara Quill; 15 new leads kept.")
    expect(page.get_by_role("button", name="Find more")).to_be_visible()


def test_what_is_open_stays_open_while_the_page_renews_itself(company: Company) -> None:
    page = company.manager
    moving(company, page)
    time = page.locator(".run-time")
    before = time.inner_text()
    page.locator(".steer summary").click()
    page.locator("#schedule summary", has_text="Run it by itself").click()
    page.get_by_label("Every month on the").check()
    expect(time).not_to_have_text(before)
    page.wait_for_timeout(2500)
    expect(page.get_by_role("button", name="Cancel the run")).to_be_visible()
    expect(page.get_by_label("Every month on the")).to_be_checked()
    # A colleague is faster: the buttons become those of a paused run by themselves.
    company.ask("UPDATE campaigns_run SET state = 'paused' WHERE tenant_id = %s RETURNING id")
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    expect(page.get_by_label("Every month on the")).to_be_checked()


def test_the_same_without_javascript(company: Company) -> None:
    page = company.signed_in("manager", java_script_enabled=False)
    moving(company, page)
    page.get_by_role("link", name="Cancel…").click()
    # Nothing renews the page while it asks.
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0)
    page.get_by_role("button", name="Cancel the run").click()
    expect(page.locator("#run")).to_contain_text("Cancelled by Mara Quill; 15 new leads kept.")
    page.get_by_role("link", name="Run it by itself…").click()
    page.get_by_label("Every month on the").check()
    page.get_by_label("Day of the month").fill("31")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#schedule")).to_contain_text("Every month on the last day at 07:00")
    page.get_by_role("button", name="Switch off").click()
    expect(page.locator("#schedule")).to_contain_text("Switched off")


def test_pages_of_runs_and_comparison_are_accessible_and_fit_a_phone(
    company: Company,
) -> None:
    page = company.signed_in("manager", reduced_motion="reduce")
    address = moving(company, page)
    page.get_by_role("button", name="Pause").click()
    page.locator("#schedule summary", has_text="Run it by itself").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#schedule")).to_contain_text("Every Monday at 07:00")
    campaign = address.rstrip("/").rsplit("/", 1)[-1]
    other = company.furnish("campaign", miles=14)
    paths = (
        f"/campaigns/{campaign}/",
        f"/campaigns/{campaign}/?cancel=1",
        f"/campaigns/compare/?a={campaign}",
        f"/campaigns/compare/?a={campaign}&b={other}",
    )
    check(page, company, paths)
