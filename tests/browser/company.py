"""A company of the tests, its people's browsers, and what its database holds."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.benchmarks.installation import Installation
from tests.browser.furnisher import Furnisher

PASSWORD = secrets.token_urlsafe(12)


@dataclass(frozen=True)
class Company:
    """`open` gives a fresh browser, which a test fails over when its console complains."""

    product: Installation
    furnisher: Furnisher
    made: dict[str, str]
    open: Callable[..., BrowserContext]

    @property
    def manager(self) -> Page:
        return self.signed_in("manager")

    def email(self, role: str) -> str:
        return f"{role}@{self.made['slug']}.example"

    def signed_in(self, role: str, **options: Any) -> Page:
        """A new browser in which this person is signed in."""
        context = self.open(**options)
        cookie = {"name": "sessionid", "value": self.made[role], "url": self.product.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
        return context.new_page()

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database; the tenant is the first value."""
        return self.product.ask(statement, self.made["tenant"], *values)

    def furnish(self, function: str, **given: Any) -> Any:
        """Call a function of `furnish` for this company."""
        return self.furnisher.call(function, slug=self.made["slug"], **given)
