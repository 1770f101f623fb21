"""Somebody who has a keyboard and nothing else."""

from playwright.sync_api import Locator, Page, expect

MOST = 150
IS_FOCUSED = "one => one === document.activeElement"
# The ring stands around the control, or around the part that it fills; two parts draw it as a
# shadow. Any other shadow is there without the focus, too.
HAS_RING = """one => {
    const has = (each) => each && getComputedStyle(each).outlineStyle !== "none";
    const part = one.closest(".filter, .palette-form"), up = one.parentElement;
    const has_shadow = part && getComputedStyle(part).boxShadow !== "none";
    return has(one) || has(up) || has(up.parentElement) || has_shadow;
}"""


class Hands:
    """Reaches things by Tab from where the focus is, and is never lost at the top of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, thing: Locator, key: str = "Tab") -> None:
        """Go on until the thing has the focus, and shows it."""
        expect(thing).to_be_visible()
        for _ in range(MOST):
            if thing.evaluate(IS_FOCUSED):
                break
            self.page.keyboard.press(key)
        assert thing.evaluate(IS_FOCUSED), f"{thing} is not reached by {key}"
        assert thing.evaluate(HAS_RING), f"{thing} does not show that it has the focus"

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def use(self, thing: Locator) -> None:
        """Reach it, and press Enter."""
        self.reach(thing)
        self.page.keyboard.press("Enter")

    def write(self, thing: Locator, text: str) -> None:
        """Reach a field and replace what stands there."""
        self.reach(thing)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def button(self, name: str) -> None:
        self.use(self.page.get_by_role("button", name=name).first)

    def link(self, name: str) -> None:
        self.use(self.page.get_by_role("link", name=name).first)
