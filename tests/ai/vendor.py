"""A small server that answers as a test says, and remembers what it was asked."""

import json
import threading
from collections import defaultdict, deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
CUT = (0, {}, b"")


@dataclass
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Vendor:
    """Answers to a method and path are given one after the other, the last one for ever."""

    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))

    def __post_init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def on(
        self, call: str, *contents: Any, status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        """Answer `POST /responses` and the like with these, as JSON or as the bytes they are."""
        said = {"Content-Type": "application/json", **(headers or {})}
        for each in contents:
            if each is CUT:
                self.answers[call].append(CUT)
                continue
            raw = each if isinstance(each, bytes) else json.dumps(each).encode()
            self.answers[call].append((status, said, raw))

    def forget(self, call: str) -> None:
        self.answers.pop(call, None)

    def calls(self, call: str) -> list[Asked]:
        """What was asked of a method and path."""
        return [each for each in self.asked if f"{each.method} {each.path}" == call]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _handler(vendor: Vendor) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = self.path.removeprefix("/v1")
            asked = Asked(self.command, path, dict(self.headers), json.loads(raw or b"null"))
            vendor.asked.append(asked)
            waiting = vendor.answers[f"{self.command} {path}"]
            missing = (404, {"Content-Type": "application/json"}, b'{"error":{"message":"?"}}')
            answer = waiting[0] if waiting else missing
            if len(waiting) > 1:
                waiting.popleft()
            if answer is CUT:
                self.close_connection = True
                return
            status, headers, content = answer
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    return Handler
