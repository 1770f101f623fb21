"""A person at a browser, as far as HTTP is concerned: cookies, forms, redirects."""

import gzip
import re
from html.parser import HTMLParser
from http.cookiejar import Cookie, CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

TOKEN = re.compile(r'"X-CSRFToken": "([^"]+)"')


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
    """Sends every form with the hidden fields that its page gave it.

    `session` is the key of one that is signed in already. `bytes` is what the last answer weighed
    on its way.
    """

    def __init__(self, base: str, session: str = "") -> None:
        self.base = base
        jar = CookieJar()
        if session:
            jar.set_cookie(_signed_in(session))
        self.opener = build_opener(HTTPCookieProcessor(jar))
        self.page = ""
        self.path = ""
        self.bytes = 0
        # What the last whole page gave to its scripts.
        self.token = ""

    def get(self, path: str, **query: object) -> str:
        """Open a page."""
        address = path + ("?" + urlencode(query, doseq=True) if query else "")
        return self._open(Request(self.base + address))

    def submit(self, action: str, **values: object) -> str:
        """Fill in the form of this page that goes to `action`, and send it.

        A list is what a field is given that may have several values.
        """
        fields = Forms(self.page).by_action[action] | values
        data = urlencode(fields, doseq=True).encode()
        return self._open(Request(self.base + action, data=data))

    def _open(self, request: Request) -> str:
        request.add_header("Accept-Encoding", "gzip")
        with self.opener.open(request, timeout=60) as answer:
            sent = answer.read()
            self.bytes = len(sent)
            is_packed = answer.headers["Content-Encoding"] == "gzip"
            self.page = (gzip.decompress(sent) if is_packed else sent).decode()
            self.path = answer.url.removeprefix(self.base)
        if found := TOKEN.search(self.page):
            self.token = found[1]
        return self.page

    def post(self, path: str, **values: object) -> str:
        """Send what a script of this page would."""
        headers = {"X-CSRFToken": self.token, "Accept": "application/json"}
        data = urlencode(values).encode()
        return self._open(Request(self.base + path, data=data, headers=headers))


def _signed_in(key: str) -> Cookie:
    """Make the cookie of a session, of the machine on which the product runs."""
    return Cookie(
        0, "sessionid", key, None, False, "127.0.0.1", True, False, "/", True, False, None, True,
        None, None, {},
    )  # fmt: skip
