"""What the wizard says to what can't be: beside its field, and nothing typed is lost."""

from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from tests.browser.company import Company

GOOD = {"postcode": "LE1 1AA", "miles": "15", "max_results": "100"}
BAD = (
    ("postcode", "ZZ99 9ZZ", "ZZ99"),
    ("postcode", "LE1", "LE1"),
    ("postcode", "JE2 3AB", "Jersey"),
    ("postcode", "", "Give the postcode"),
    ("miles", "0", "from 1 to 200"),
    ("miles", "201", "from 1 to 200"),
    ("miles", "", "Give a radius"),
    ("max_results", "501", "from 1 to 500"),
)


def check(page: Page, field: str, typed: str, sentence: str) -> None:
    """The sentence stands at the field alone, and every field holds what was typed."""
    control = page.locator(f'main [name="{field}"]')
    expect(control).to_have_attribute("aria-invalid", "true")
    place = str(control.get_attribute("aria-describedby")).split()[-1]
    expect(page.locator(f"#{place}")).to_contain_text(sentence)
    expect(page.locator(".field-error")).to_have_count(1)
    for name, value in (GOOD | {field: typed}).items():
        expect(page.locator(f'main [name="{name}"]')).to_have_value(value)


def test_each_gets_its_sentence(company: Company) -> None:
    page = company.manager
    wizard = f"{company.product.url}/campaigns/new/healthcare/"
    for field, typed, sentence in BAD:
        answer = page.goto(f"{wizard}preview/?{urlencode(GOOD | {field: typed})}")
        assert answer
        assert answer.status == 422
        check(page, field, typed, sentence)


def test_the_form_itself_brings_the_sentence(company: Company) -> None:
    page = company.manager
    page.goto(f"{company.product.url}/campaigns/new/healthcare/")
    page.get_by_label("postcode").fill("ZZ99 9ZZ")
    page.get_by_label("At most how many new leads?").fill("40")
    page.get_by_role("button", name="See what is there").click()
    expect(page.locator(".field-error")).to_contain_text("ZZ99")
    expect(page.get_by_label("postcode")).to_have_value("ZZ99 9ZZ")
    expect(page.get_by_label("At most how many new leads?")).to_have_value("40")
    page.get_by_label("postcode").fill("le1 1aa")
    page.get_by_role("button", name="See what is there").click()
    expect(page.get_by_role("button", name="Launch: 40 leads")).to_be_visible()
