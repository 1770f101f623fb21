"""A real browser on a real board; skipped aloud where no Chromium is found."""

import shutil
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from crm.pipeline.models import Kind
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("No Chromium was found: the board was NOT tested in a browser.")
    # Playwright keeps an event loop in this thread; the ORM would refuse to work beside it.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, committed_db: None, cast: Cast, live_server: SimpleNamespace) -> Page:
    """The board of a company with three leads in DISCOVERY and one in PROSPECT, Ben looking."""
    for name in ("Anchor Dental", "Beacon Dental", "Cutter Dental"):
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=name))
    LeadFactory(
        organisation=OrganisationFactory(tenant=cast.tenant, name="Drift Dental"),
        stage=cast.stage(Kind.PROSPECT),
    )
    return open_board(browser, cast, live_server.url)


@pytest.fixture
def phone(page: Page, browser: Browser, cast: Cast, live_server: SimpleNamespace) -> Page:
    """The same board on a phone."""
    return open_board(
        browser, cast, live_server.url, viewport=PHONE, has_touch=True, is_mobile=True
    )


def open_board(browser: Browser, cast: Cast, url: str, **options: object) -> Page:
    """The board in a fresh window, as Ben; a script error fails the test."""
    context = browser.new_context(**({"viewport": DESKTOP} | options))  # type: ignore[arg-type]
    session = as_person(cast.ben).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
    window = context.new_page()
    window.on("pageerror", lambda error: pytest.fail(str(error)))
    window.set_default_timeout(10_000)
    window.goto(f"{url}/board/")
    return window
