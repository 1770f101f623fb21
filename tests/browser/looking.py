"""What axe and a narrow screen find on a page, in light and in dark."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

from tests.browser.company import Company

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# What changes its colours begins to with the next frame, what inherits them a frame later; what
# never comes to an end is not waited for.
SETTLE = """async () => {
    const ends = (each) => each.effect.getComputedTiming().endTime < Infinity;
    const last = performance.now() + 3000;
    for (let still = 0; still < 2 && performance.now() < last; still += 1) {
        await new Promise(requestAnimationFrame);
        if (document.getAnimations().some(ends)) still = -1;
    }
}"""
AXE = """async (options) => (await axe.run(document, options)).violations.map(
    ({id, impact, nodes}) => ({id, impact, nodes: nodes.map(({target}) => ({target}))}))"""
# It would fetch the style sheets once more for each run, for rules that are not among these.
ALONE = {"resultTypes": ["violations"], "preload": False}
OPEN_ALL = """() => {
    for (const each of document.querySelectorAll("details")) each.open = true;
}"""


def wrong(page: Page, **options: Any) -> list[str]:
    """Whatever axe finds here, once colours have settled."""
    page.evaluate(SETTLE)
    # It stays until another page is opened.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(AXE, {**ALONE, **options})
    return [
        f"{page.url} {each['id']} ({each['impact']}): "
        f"{[node['target'] for node in each['nodes']][:3]}"
        for each in found
    ]


def is_too_wide(page: Page) -> bool:
    """Whether the page, and not a part of it, scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def check(page: Page, company: Company, paths: Sequence[str]) -> None:
    """Look at these pages; all that is wrong with them is told at once."""
    faults = [fault for path in paths for fault in look(page, company.product.url + path)]
    assert not faults, "\n".join(faults)


def look(page: Page, address: str) -> list[str]:
    """Light on a desktop and dark on a phone in full; the other two by their colours."""
    faults = on_a_desktop(page, address)
    page.emulate_media(color_scheme="dark")
    faults += wrong(page, runOnly=["color-contrast"])
    faults += on_a_phone(page)
    page.emulate_media(color_scheme="light")
    return faults + wrong(page, runOnly=["color-contrast"])


def look_twice(page: Page, address: str) -> list[str]:
    """Light on a desktop and dark on a phone: of pages that are made alike, each theme once."""
    return on_a_desktop(page, address) + on_a_phone(page)


def on_a_desktop(page: Page, address: str) -> list[str]:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESKTOP)
    page.goto(address)
    return wrong(page)


def on_a_phone(page: Page) -> list[str]:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    faults = [f"{page.url} is wider than a phone"] if is_too_wide(page) else []
    # What is folded away belongs to the page.
    page.evaluate(OPEN_ALL)
    return faults + wrong(page)
