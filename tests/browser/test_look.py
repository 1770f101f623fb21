"""Pages with what an installation seldom holds: names nobody expects, a wizard on its way."""

from playwright.sync_api import expect

from tests.browser.company import Company
from tests.browser.looking import DESKTOP, PHONE, check, is_too_wide

NAMES = (
    "W" * 300,
    "🦷 Zähne & “Söhne” 👩🏽‍⚕️",
    "<script>alert(1)</script> Dental",
    "'; DROP TABLE leads; --",
)
PREVIEW = "/campaigns/new/healthcare/preview/?postcode=LE1+1AA&miles=15&max_results="


def test_odd_names_and_answers_are_accessible_and_fit_a_phone(company: Company) -> None:
    long, _, script, _ = company.furnish("admit", names=list(NAMES))
    paths = ["/board/", "/leads/", f"/leads/{long}/", f"/leads/{script}/move/"]
    paths += [f"{PREVIEW}501", f"{PREVIEW}100&min_employees=10&only_known_size=on"]
    check(company.signed_in("manager", reduced_motion="reduce"), company, paths)


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


def test_a_long_trade_makes_no_page_of_leads_wider(company: Company) -> None:
    [lead] = company.furnish("admit", names=["Bradley & Hadley Digital Limited"])
    company.product.ask(
        "UPDATE leads_organisation SET trade = '62090' WHERE id ="
        " (SELECT organisation_id FROM leads_lead WHERE id = %s)",
        lead,
    )
    page = company.manager
    for width in (1440, 1280, 1100, 900):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{company.product.url}/leads/")
        expect(page.get_by_text("Other information technology service activities")).to_be_visible()
        assert not is_too_wide(page), width
