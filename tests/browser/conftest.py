"""The product, a Chromium, and companies to try it on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.benchmarks.installation import Installation
from tests.browser import chromium
from tests.browser.company import PASSWORD, Company
from tests.browser.complaints import Complaints

COMPANIES = 40
SECONDS = 10
NONE_FOUND = (
    "NO BROWSER TEST RAN: no Chromium was found. Install one (apt-get install chromium), or name "
    "it: CHROMIUM=/path/to/chromium"
)

Open = Callable[..., BrowserContext]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if terminalreporter.stats.get("skipped") and chromium.find() is None:
        terminalreporter.write_line(NONE_FOUND, red=True, bold=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(__file__.rsplit("/", 1)[0]):
            item.add_marker("browser")


@pytest.fixture(scope="package")
def executable() -> str:
    found = chromium.find()
    if found is None and chromium.is_required():
        pytest.fail(NONE_FOUND)
    if found is None:
        pytest.skip(NONE_FOUND)
    return found


@pytest.fixture(scope="package")
def product(executable: str) -> Iterator[Installation]:
    product = Installation(LOG_LEVEL="WARNING")
    try:
        product.wait()
        yield product
    finally:
        product.remove()


# For this package only: afterwards Django must find no event loop in this thread.
@pytest.fixture(scope="package")
def browser(executable: str) -> Iterator[Browser]:
    expect.set_options(timeout=SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=chromium.SILENT)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(browser: Browser) -> Iterator[Open]:
    """Opens browsers of separate people; their complaints fail the test."""
    complaints = Complaints()
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}} | options)
        context.set_default_timeout(SECONDS * 1000)
        complaints.listen(context)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    assert not complaints


@pytest.fixture(scope="package")
def made(product: Installation) -> dict[str, dict[str, str]]:
    wanted = {f"company-{number}": 4 for number in range(COMPANIES)} | {"busy": 16}
    return product.call("tests.browser.furnish", "companies", wanted=wanted, password=PASSWORD)


@pytest.fixture
def company(product: Installation, made: dict[str, Any], open_browser: Open) -> Company:
    """A company of its own, with four leads in Discovery."""
    slug = next(slug for slug in made if slug != "busy")
    return Company(product, made.pop(slug), open_browser)


@pytest.fixture
def busy_company(product: Installation, made: dict[str, Any], open_browser: Open) -> Company:
    """The company with more leads in Discovery than a screen shows."""
    return Company(product, made["busy"], open_browser)
