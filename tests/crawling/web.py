"""A small web on loopback, by http and https, that notes who asked for what and when."""

import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HTML = "text/html; charset=utf-8"
TLS_BEGINS = b"\x16"


@dataclass(frozen=True)
class Asked:
    """A request; `at` and `ended` are seconds."""

    scheme: str
    host: str
    path: str
    headers: dict[str, str]
    at: float
    ended: float


@dataclass
class Answer:
    """`seconds` pass before it is sent; `act` sends it in another way."""

    content: bytes = b""
    status: int = 200
    kind: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    act: Callable[[BaseHTTPRequestHandler], None] | None = None


class Web:
    """`asked` are the requests that were answered, `at_once` the most of each host at a time."""

    def __init__(self, names: Path) -> None:
        self.answers: dict[tuple[str, str, str], Answer] = {}
        self.asked: list[Asked] = []
        self.now: Counter[str] = Counter()
        self.at_once: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.names = names
        self.context: ssl.SSLContext | None = None

    def put(self, url: str, html: str | bytes = "", **more: Any) -> None:
        """Let this be answered at an address; one without a scheme is answered by both."""
        scheme, _, rest = url.rpartition("://")
        host, slash, path = rest.partition("/")
        content = html.encode() if isinstance(html, str) else html
        for each in (scheme,) if scheme else ("http", "https"):
            self.answers[each, host, slash + path or "/"] = Answer(content, **more)

    def lead(self, url: str, goal: str, status: int = 301) -> None:
        """Lead from one address to another."""
        self.put(url, status=status, headers=(("Location", goal),))

    def site(self, host: str, *paths: str, home: str = "") -> None:
        """Have a website whose pages all lead to all of these paths."""
        menu = "".join(f'<a href="/{each}">{each}</a> ' for each in paths)
        for each in ("", *paths):
            words = f"<h1>Page {each or 'home'} of {host}</h1>{home if not each else ''}"
            self.put(f"{host}/{each}", page(f"{menu}{words}"))

    def paths(self, host: str = "") -> list[str]:
        """The pages that were asked for, robots.txt not among them."""
        return [
            each.path
            for each in self.asked
            if each.path != "/robots.txt" and host in ("", each.host)
        ]

    def began(self, host: str) -> None:
        with self.lock:
            self.now[host] += 1
            self.at_once[host] = max(self.at_once[host], self.now[host])

    def ended(self, one: Asked) -> None:
        with self.lock:
            self.now[one.host] -= 1
            self.asked.append(one)


def page(body: str, head: str = "") -> str:
    first = f"<!doctype html><html><head><title>A page</title>{head}</head>"
    return f"{first}<body>{body}</body></html>"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    web: Web

    def do_GET(self) -> None:
        web, host = self.web, self.headers["Host"].partition(":")[0]
        scheme = "https" if isinstance(self.connection, ssl.SSLSocket) else "http"
        at = time.monotonic()
        web.began(host)
        try:
            found = web.answers.get((scheme, host, self.path), Answer(b"Not found", 404))
            self.answer(found)
        except OSError:
            self.close_connection = True
        finally:
            headers = dict(self.headers)
            web.ended(Asked(scheme, host, self.path, headers, at, time.monotonic()))

    def answer(self, found: Answer) -> None:
        time.sleep(found.seconds)
        if found.act:
            found.act(self)
            return
        self.send_response(found.status)
        if found.kind:
            self.send_header("Content-Type", found.kind)
        for name, value in found.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(found.content)))
        self.end_headers()
        self.wfile.write(found.content)

    def log_message(self, *args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Speaks as it is spoken to: in the clear, or by TLS."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    web: Web

    def finish_request(self, request: Any, client_address: Any) -> None:
        if request.recv(1, socket.MSG_PEEK) == TLS_BEGINS:
            if self.web.context is None:
                return
            request = self.web.context.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@contextmanager
def serving(names: Path) -> Iterator[Web]:
    """Serve all of .example but gone.example."""
    web = Web(names)
    server = Server(("127.0.0.1", 0), type("Bound", (Handler,), {"web": web}))
    server.web = web
    gone = "".join(f"{www}gone.example -\n" for www in ("", "www."))
    names.write_text(f"{gone}*.example 127.0.0.1:{server.server_address[1]}\n")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
