"""A passkey, made and shown by the browser, whose authenticator is a virtual one."""

from playwright.sync_api import Page, expect

from tests.browser.company import PASSWORD, Company
from tests.browser.test_journey import sign_in

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_key(page: Page) -> Page:
    """Give the device something that can hold passkeys."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


def test_a_passkey_lets_in_with_and_without_the_password(company: Company) -> None:
    # Browsers know passkeys for names alone, not for bare addresses.
    url = company.product.url.replace("127.0.0.1", "localhost")
    page = with_key(company.open().new_page())
    sign_in(page, url, company.email("manager"), PASSWORD)

    page.goto(f"{url}/account/second-factor/passkey/")
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    expect(page.locator(".account-codes li")).to_have_count(10)

    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{url}/")

    page.get_by_role("button", name="Sign out").first.click()
    sign_in(page, url, company.email("manager"), PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page).to_have_url(f"{url}/")

    page.goto(f"{url}/account/")
    expect(page.locator("#second-factor")).to_contain_text("Work laptop")
    page.get_by_role("button", name="Remove Work laptop").click()
    expect(page.locator("#second-factor")).not_to_contain_text("Work laptop")
