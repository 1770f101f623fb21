"""What comes in and what goes out: a call and its reply."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.simulators.faults import Fault

SECRET_HEADERS = {"authorization", "x-api-key", "x-goog-api-key", "cookie", "proxy-authorization"}
SECRET_PARAMETERS = {"api_key", "key"}


@dataclass
class Call:
    """One request, as it reached the simulator."""

    method: str
    target: str  # path and query as they were sent
    headers: Mapping[str, str]  # names in lower case
    body: bytes = b""
    at: float = 0.0  # simulated seconds
    key: str = ""  # the vendor's key, as the simulator found it
    route: str = ""  # the pattern that matched
    parts: dict[str, str] = field(default_factory=dict)  # what stood at {names} in the pattern
    fault: Fault | None = None  # a vendor's own fault that the handler has to act out
    noted: dict[str, Any] = field(default_factory=dict)  # what of its answer is remembered

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def host(self) -> str:
        """The Host header without its port."""
        return self.headers.get("host", "").rsplit(":", 1)[0].lower()

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    def value(self, name: str, otherwise: str = "") -> str:
        """The last value of a query parameter."""
        return self.query.get(name, [otherwise])[-1]

    @property
    def json(self) -> Any:
        """The body read as JSON; None when there is none or it cannot be read."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def record(self, status: int) -> dict[str, Any]:
        """What a test may look at afterwards; keys appear with their last four characters only."""
        return {
            "method": self.method,
            "path": self.path,
            "route": self.route,
            "host": self.host,
            "query": {k: v for k, v in self.query.items() if k not in SECRET_PARAMETERS},
            "headers": {k: v for k, v in self.headers.items() if k not in SECRET_HEADERS},
            "key": self.key[-4:],
            "json": without_secrets(self.json),
            "at": self.at,
            "status": status,
            "fault": self.fault.kind if self.fault else None,
            **self.noted,
        }


def without_secrets(body: Any) -> Any:
    """A body whose keys for the vendor cannot be read any more."""
    if not isinstance(body, dict) or not SECRET_PARAMETERS & set(body):
        return body
    return {name: "***" if name in SECRET_PARAMETERS else one for name, one in body.items()}


@dataclass
class Reply:
    """One answer: `json` when it is not None, else `body`."""

    status: int = 200
    json: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    content_type: str = "application/json"
    # How it goes wrong on the wire: "", "cut" (closed half-way), "drop" (closed at once), "drip" (a
    # few bytes every now and then) or "huge" (the body again and again, `length` bytes in all).
    manner: str = ""
    length: int = 0

    def payload(self) -> bytes:
        if self.json is None:
            return self.body
        return json.dumps(self.json, separators=(",", ":")).encode()


def page(text: str, status: int = 200, **headers: str) -> Reply:
    """An HTML page."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, None, names, text.encode(), "text/html; charset=utf-8")
