"""Every page of the product, filled with one instance of everything, and who opens which."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from tests.browser.left_out import LEFT_OUT
from tests.browser.looking import look
from tests.walls.test_walls import OF_NOBODY

# Whoever is not the owner; a stranger brings no session, and the owner's passkey is a row alone.
OTHERS = {
    "tenants:sign_in": "stranger",
    "tenants:forgotten": "stranger",
    "tenants:set_password": "stranger",
    "tenants:second_step": "door",
    "joining:join": "stranger",
    "founding:found": "stranger",
    "accounts:passkey": "rep",
    "support:page": "root",
}


@dataclass(frozen=True)
class Pages:
    """`paths` by the name of their address, `people` are the keys of their sessions."""

    url: str
    people: dict[str, str]
    paths: dict[str, list[str]]
    open: Callable[..., BrowserContext]

    def all(self) -> Iterator[tuple[str, str]]:
        """Give the name and path of whatever is a page."""
        for name, paths in self.paths.items():
            if name not in LEFT_OUT:
                yield from ((name, path) for path in paths)

    def whose(self, name: str) -> str:
        path = self.paths[name][0].removeprefix("/")
        return OTHERS.get(name, "root" if path.startswith(OF_NOBODY) else "owner")

    def browser(self, who: str) -> BrowserContext:
        """Open one in which this person is signed in."""
        context = self.open(reduced_motion="reduce")
        if key := self.people.get(who):
            cookie = {"name": "sessionid", "value": key, "url": self.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        return context

    def check(
        self, belongs: Callable[[str], bool], by: Callable[[Page, str], list[str]] = look
    ) -> None:
        """Look at the pages whose names belong; all that is wrong is told at once."""
        wanted: dict[str, list[str]] = {}
        for name, path in self.all():
            if belongs(name):
                wanted.setdefault(self.whose(name), []).append(path)
        assert wanted
        faults = []
        for who, paths in wanted.items():
            page = self.browser(who).new_page()
            for path in paths:
                faults += by(page, self.url + path)
        assert not faults, "\n".join(faults)
