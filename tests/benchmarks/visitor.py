"""A person at a browser, as far as HTTP is concerned: cookies, forms, redirects."""

from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener


class Forms(HTMLParser):
    """The fields of every form of a page, by the form's action."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.by_action: dict[str, dict[str, str]] = {}
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.fields = self.by_action.setdefault(given.get("action", ""), {})
        elif tag == "input" and "name" in given:
            self.fields[given["name"]] = given.get("value", "")


class Visitor:
    """Sends every form with the hidden fields that its page gave it."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.page = ""
        self.path = ""

    def get(self, path: str, **query: object) -> str:
        """Open a page."""
        address = path + ("?" + urlencode(query) if query else "")
        return self._open(Request(self.base + address))

    def submit(self, action: str, **values: object) -> str:
        """Fill in the form of this page that goes to `action`, and send it."""
        fields = Forms(self.page).by_action[action] | values
        return self._open(Request(self.base + action, data=urlencode(fields).encode()))

    def _open(self, request: Request) -> str:
        with self.opener.open(request, timeout=60) as answer:
            self.page = answer.read().decode()
            self.path = answer.url.removeprefix(self.base)
        return self.page
