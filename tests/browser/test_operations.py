"""The operations page in a browser: it keeps itself fresh, and is there for everybody."""

from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.looking import check
from tests.running.processes import eventually

DEAD = """
INSERT INTO leads_flowstep (
    id, tenant_id, lead_id, state, due_at, attempts, crashes, lease_holder, last_error
)
SELECT gen_random_uuid(), tenant_id, id, 'dead', now(), 5, 0, '', 'RuntimeError: no such page'
FROM leads_lead WHERE tenant_id = %s ORDER BY id LIMIT 1
"""
LEFT = "SELECT count(*) FROM leads_flowstep WHERE tenant_id = %s AND state <> 'done'"
LIST = "/operations/failed/leads.flowstep/"
POLLED = 15_000


def verdict(page: Page, sentence: str) -> None:
    heading = page.locator("#pulse").get_by_role("heading", name=sentence, exact=True)
    expect(heading).to_be_visible(timeout=POLLED)


def test_what_fails_meanwhile_appears_by_itself_and_is_queued_again(company: Company) -> None:
    page = company.manager
    page.goto(f"{company.product.url}/operations/")
    verdict(page, "Everything runs.")
    company.ask(DEAD)
    verdict(page, "1 piece of work has failed.")
    expect(page.get_by_text("It failed again and again and was given up.")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text("1 piece of work has failed.")
    page.get_by_role("button", name="Queue again").click()
    expect(page.locator(".toast")).to_have_text("Queued 1 again.")
    verdict(page, "Everything runs.")
    assert eventually(lambda: company.ask(LEFT) == [(0,)], 15)


def test_a_list_of_no_failures_is_accessible_and_fits_a_phone(company: Company) -> None:
    page = company.signed_in("manager", reduced_motion="reduce")
    check(page, company, (LIST,))
