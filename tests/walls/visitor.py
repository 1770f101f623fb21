"""Whoever tries many addresses and is sent on from them, again and again to the same few pages."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client

MOST_TURNS = 5


@dataclass
class Visitor:
    """A person's browser; a page to which it is sent on is opened the first time only."""

    browser: Client
    landings: dict[str, Any] = field(default_factory=dict)

    def ask(self, method: str, path: str, *given: Any) -> Any:
        """Give the answer; of one that sends on, that of the page where it ends."""
        answer = getattr(self.browser, method)(path, *given)
        for _ in range(MOST_TURNS):
            if "Location" not in answer.headers:
                return answer
            url = urljoin(answer.request["PATH_INFO"], answer["Location"])
            page = urlsplit(url).path
            if page not in self.landings:
                self.landings[page] = self.browser.get(url)
            answer = self.landings[page]
        raise AssertionError(f"{path} is sent on and on, last to {page}.")

    def told_at_last(self) -> dict[str, str]:
        """What those pages say now; what the answers had to tell stands on the first of them."""
        return {page: self.browser.get(page).content.decode() for page in self.landings}
