"""The product, a Chromium, and companies to try it on."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.benchmarks.installation import Installation
from tests.browser import chromium
from tests.browser.company import PASSWORD, Company
from tests.browser.complaints import Complaints
from tests.browser.furnisher import Furnisher
from tests.browser.pages import Pages

SECONDS = 10
NONE_FOUND = (
    "NO BROWSER TEST RAN: no Chromium was found. Install one (apt-get install chromium), or name "
    "it: CHROMIUM=/path/to/chromium"
)

Open = Callable[..., BrowserContext]
Found = Callable[[int], dict[str, str]]


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
def furnisher(product: Installation) -> Iterator[Furnisher]:
    furnisher = Furnisher(product)
    yield furnisher
    furnisher.end()


@pytest.fixture(scope="package")
def found(furnisher: Furnisher) -> Found:
    """Founds one more company with so many leads in Discovery."""
    numbers = itertools.count()

    def found_one(leads: int) -> dict[str, str]:
        made: dict[str, str] = furnisher.call(
            "company", slug=f"company-{next(numbers)}", leads=leads, password=PASSWORD
        )
        return made

    return found_one


@pytest.fixture
def company(
    product: Installation, furnisher: Furnisher, found: Found, open_browser: Open
) -> Company:
    """A company of its own, with four leads in Discovery."""
    return Company(product, furnisher, found(4), open_browser)


@pytest.fixture
def busy_company(
    product: Installation, furnisher: Furnisher, found: Found, open_browser: Open
) -> Company:
    """One with more leads in Discovery than a screen shows."""
    return Company(product, furnisher, found(16), open_browser)


@pytest.fixture(scope="package")
def everything(furnisher: Furnisher) -> dict[str, Any]:
    """A company with one of everything."""
    made: dict[str, Any] = furnisher.call("everything")
    return made


@pytest.fixture
def pages(product: Installation, everything: dict[str, Any], open_browser: Open) -> Pages:
    return Pages(product.url, everything["people"], everything["paths"], open_browser)


@pytest.fixture
def seldom(furnisher: Furnisher) -> dict[str, str]:
    """Pages that no address shows while all is well, by their template."""
    shown: dict[str, str] = furnisher.call("seldom")
    return shown
