"""A server on loopback that says what a test has written down for it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Act = Callable[["Handler"], None]


@dataclass
class Seen:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float


@dataclass
class Vendor:
    """Plays its acts one after the other, and the last one for ever."""

    url: str = ""
    acts: list[Act] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    lock: Any = field(default_factory=threading.Lock)

    @property
    def place(self) -> str:
        return self.url.removeprefix("http://")

    def says(self, *acts: Act) -> None:
        self.acts = list(acts)

    def next(self) -> Act:
        with self.lock:
            return self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    vendor: Vendor

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        seen = Seen(self.command, self.path, dict(self.headers), body, time.monotonic())
        self.vendor.seen.append(seen)
        try:
            self.vendor.next()(self)
        except OSError:
            self.close_connection = True

    do_POST = do_GET

    def log_message(self, *args: Any) -> None:
        pass


def answer(
    status: int = 200, body: bytes | str = b"{}", kind: str = "application/json", **headers: str
) -> Act:
    content = body.encode() if isinstance(body, str) else body

    def act(handler: Handler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return act


def cut(handler: Handler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"half":')
    handler.close_connection = True


def hang_up(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def hang(handler: Handler) -> None:
    time.sleep(1.5)
    handler.close_connection = True


def drip(handler: Handler) -> None:
    """Send a byte now and then, and no length, so that any end looks like a good one."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b" ")
        time.sleep(0.05)
    handler.close_connection = True


def drip_headers(handler: Handler) -> None:
    for letter in b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" * 2:
        handler.wfile.write(bytes([letter]))
        handler.wfile.flush()
        time.sleep(0.05)
    handler.close_connection = True


def huge(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b" " * 1_000_000)
    handler.close_connection = True


@contextmanager
def serving() -> Iterator[Vendor]:
    vendor = Vendor()
    handler = type("Bound", (Handler,), {"vendor": vendor})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    vendor.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield vendor
    finally:
        server.shutdown()
        server.server_close()
