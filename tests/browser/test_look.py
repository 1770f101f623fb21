"""Every page for everybody: by its contrast and names, on a phone, with names nobody expects."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.company import Company

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
NAMES = (
    "W" * 300,
    "🦷 Zähne & “Söhne” 👩🏽‍⚕️",
    "<script>alert(1)</script> Dental",
    "'; DROP TABLE leads; --",
)
WIZARD = "/campaigns/new/healthcare/"
PREVIEW = f"{WIZARD}preview/?postcode=LE1+1AA&miles=15&max_results="
FRAMES = """async () => {
    for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
}"""
AXE = """async (options) => (await axe.run(document, options)).violations.map(
    ({id, impact, nodes}) => ({id, impact, nodes: nodes.map(({target}) => ({target}))}))"""
ADMIN = ("", "leads/lead/", "leads/organisation/", "campaigns/campaign/", "tenants/membership/")


def wrong(page: Page, **options: Any) -> list[str]:
    """What axe calls serious or critical here, once colours have settled."""
    page.wait_for_timeout(80)
    # On a busy machine no frame may have been drawn until then.
    page.evaluate(FRAMES)
    # It stays until another page is opened.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(AXE, {"resultTypes": ["violations"], **options})
    return [
        f"{page.url} {each['id']}: {[node['target'] for node in each['nodes']][:3]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def is_too_wide(page: Page) -> bool:
    """Whether the page, and not a part of it, scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_pages_of_leads_are_accessible_and_fit_a_phone(company: Company) -> None:
    leads = company.furnish("admit", names=list(NAMES))
    paths = ("/", "/board/", "/leads/", f"/leads/{leads[0]}/", f"/leads/{leads[2]}/move/")
    check(company.signed_in("manager", reduced_motion="reduce"), company, paths)


def test_pages_of_campaigns_are_accessible_and_fit_a_phone(company: Company) -> None:
    campaign = f"/campaigns/{company.furnish('campaign')}/"
    options = "min_employees=10&only_known_size=on"
    wizard = ("/campaigns/new/", f"{WIZARD}?{options}", f"{PREVIEW}100", f"{PREVIEW}501")
    wizard += (f"{PREVIEW}100&{options}", f"{campaign}edit/", f"{campaign}template/")
    page = company.signed_in("manager", reduced_motion="reduce")
    check(page, company, ("/campaigns/", *wizard, campaign, "/notices/"))


def test_signing_in_is_accessible_and_fits_a_phone(company: Company) -> None:
    check(company.open(reduced_motion="reduce").new_page(), company, ("/sign-in/",))


def check(page: Page, company: Company, paths: Sequence[str]) -> None:
    faults = [fault for path in paths for fault in look(page, company.product.url + path)]
    assert not faults, "\n".join(faults)


def look(page: Page, address: str) -> list[str]:
    """Light on a desktop and dark on a phone in full; the other two by their colours."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESKTOP)
    page.goto(address)
    faults = wrong(page)
    page.emulate_media(color_scheme="dark")
    faults += wrong(page, runOnly=["color-contrast"])
    page.set_viewport_size(PHONE)
    faults += wrong(page)
    if is_too_wide(page):
        faults.append(f"{address} is wider than a phone")
    page.emulate_media(color_scheme="light")
    return faults + wrong(page, runOnly=["color-contrast"])


def test_odd_names_are_shown_as_they_are(company: Company) -> None:
    leads = company.furnish("admit", names=list(NAMES))
    page = company.manager
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        for path in ("/board/", "/leads/"):
            page.goto(company.product.url + path)
            for name in NAMES:
                expect(page.locator("main").get_by_text(name, exact=True)).to_have_count(1)
            assert not is_too_wide(page)
        for name, lead in zip(NAMES, leads, strict=True):
            page.goto(f"{company.product.url}/leads/{lead}/")
            expect(page.get_by_role("heading", level=1)).to_have_text(name)
            assert not is_too_wide(page)


def test_the_administration_keeps_to_the_policy(company: Company) -> None:
    page = company.manager
    for path in ADMIN:
        answer = page.goto(f"{company.product.url}/admin/{path}")
        assert answer
        assert answer.status == 200
        assert "script-src" in answer.headers["content-security-policy"] or (
            "default-src 'self'" in answer.headers["content-security-policy"]
        )
    page.goto(f"{company.product.url}/admin/leads/lead/")
    page.locator("#result_list tbody th a").first.click()
    expect(page.locator("#content")).to_be_visible()
