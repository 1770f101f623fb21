"""The price of finding out more is that of what is ticked last, however fast somebody ticks."""

from playwright.sync_api import Page, Route, expect

from tests.browser.company import Company

RECKONED = "**/*chosen=1*"
# Longer than the page waits for another tick, in milliseconds.
LATER = 400
VIOLATIONS = """
window.violated = [];
document.addEventListener("securitypolicyviolation", each => window.violated.push(each.sourceFile));
"""


def first_lead(company: Company, page: Page) -> str:
    page.goto(f"{company.product.url}/leads/")
    return str(page.locator("input[name=lead]").first.get_attribute("value"))


def tick_all(page: Page) -> None:
    """Tick all kinds, the last one while the answer about the others is under way."""
    held: list[Route] = []
    page.route(RECKONED, lambda route: held.append(route))
    *others, last = page.locator("input[name=kinds]").all()
    for box in others:
        box.check()
    page.wait_for_timeout(LATER)
    last.check()
    page.wait_for_timeout(LATER)
    for each in held:
        each.continue_()
    # Whatever comes after goes its way.
    page.unroute(RECKONED)


def check(page: Page, address: str, asked: str) -> None:
    """What is shown in the end is what whoever has no scripts is shown for all kinds."""
    page.goto(f"{address}chosen=1")
    kinds = page.locator("input[name=kinds]").evaluate_all("all => all.map(each => each.value)")
    page.goto(f"{address}chosen=1&{'&'.join(f'kinds={each}' for each in kinds)}")
    all_kinds = page.locator(asked).all_text_contents()
    page.goto(f"{address}chosen=1")
    expect(page.locator(asked)).to_have_count(0)
    tick_all(page)

    assert all_kinds
    expect(page.locator(asked)).to_have_text(all_kinds)


def test_of_chosen_leads(company: Company) -> None:
    page = company.manager
    address = f"{company.product.url}/enrichment/new/?lead={first_lead(company, page)}&"
    check(page, address, "#run-lines .cell-main")


def test_of_one_lead(company: Company) -> None:
    page = company.manager
    address = f"{company.product.url}/leads/{first_lead(company, page)}/enrich/?"
    check(page, address, "#enrich-lines b")


def test_nothing_of_it_breaks_the_rule_against_styles(company: Company) -> None:
    page = company.manager
    page.goto(f"{company.product.url}/enrichment/new/?lead={first_lead(company, page)}")
    page.evaluate(VIOLATIONS)
    # As what fills in forms, or takes pictures of them, does and takes back.
    page.evaluate("document.querySelectorAll('[id]').forEach(each => each.style.color = 'red')")
    page.evaluate("document.querySelectorAll('[id]').forEach(each => each.style.color = '')")
    box = page.locator("input[name=kinds]:not(:checked)").first
    with page.expect_response(lambda answer: "/enrichment/new/" in answer.url):
        box.check()
    page.wait_for_load_state("networkidle")

    expect(page.locator("#run-quote")).to_be_visible()
    assert page.evaluate("window.violated") == []
