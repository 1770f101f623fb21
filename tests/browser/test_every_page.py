"""Axe finds nothing on any page, in light and in dark, on a desktop and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.browser.left_out import BY_REASON, LEFT_OUT, REASONS
from tests.browser.looking import look
from tests.browser.pages import Pages
from tests.walls import addresses

ADMIN = ("admin:", "why:")
LARGE = ("leads:", "campaigns:")
POLICY = "default-src 'self'"


def test_every_named_address_is_a_page_or_left_out_for_its_reason(pages: Pages) -> None:
    named = {each.name for each in addresses.every() if not each.name.endswith(":")} - {""}
    assert set(pages.paths) == named
    assert set(LEFT_OUT) - named == set(), "there are no such addresses any more"
    assert len(LEFT_OUT) == sum(map(len, BY_REASON.values())), "each has one reason"
    browsers = {who: pages.browser(who).request for who in (*pages.people, "stranger")}
    astray = []
    for name, (path, *_) in pages.paths.items():
        answer = browsers[pages.whose(name)].get(pages.url + path, max_redirects=0)
        if name in LEFT_OUT:
            is_right = REASONS[LEFT_OUT[name]](answer)
        else:
            is_right = answer.status == 200 and b"<html" in answer.body()
            is_right = is_right and POLICY in answer.headers["content-security-policy"]
        if not is_right:
            astray.append(f"{name} {path}: {answer.status}, {LEFT_OUT.get(name, 'a page')}")
    assert not astray, "\n".join(astray)


@pytest.mark.parametrize("space", LARGE)
def test_of_its_pages(pages: Pages, space: str) -> None:
    pages.check(lambda name: name.startswith(space))


def test_of_accounts_and_of_whatever_is_smaller(pages: Pages) -> None:
    pages.check(lambda name: not name.startswith((*ADMIN, *LARGE)))


def answered(shown: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8")


def test_of_pages_that_are_seldom_seen(pages: Pages, seldom: dict[str, str]) -> None:
    page = pages.browser("stranger").new_page()
    faults = []
    for name, shown in seldom.items():
        address = f"{pages.url}/seldom/{name}"
        page.route(address, answered(shown))
        faults += look(page, address)
    assert not faults, "\n".join(faults)
