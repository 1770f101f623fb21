"""A small web on loopback: hosts, their pages, and whoever looks at them."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

Answer = tuple[int, dict[str, str], str]


class Web:
    """`pages` by host and path; `asked` are the requests that came."""

    def __init__(self, names: Path) -> None:
        self.pages: dict[tuple[str, str], Answer] = {}
        self.asked: list[tuple[str, str]] = []
        self.names = names
        self.port = 0
        self.lines: list[str] = []

    def put(self, host: str, path: str, html: str, *, status: int = 200, **headers: str) -> None:
        """Let this answer there."""
        self.pages[host, path] = (status, headers, html)
        self._name(host)

    def site(self, host: str, *, title: str = "Home", **pages: str) -> str:
        """Make a site of a home page and others; gives its address."""
        menu = "".join(f'<a href="/{each}">{each}</a>' for each in pages if each != "home")
        for each, body in {"home": "", **pages}.items():
            path = "/" if each == "home" else f"/{each}"
            self.put(host, path, page(title, f"<nav>{menu}</nav>{body}"))
        return f"http://{host}/"

    def _name(self, host: str) -> None:
        self.lines.append(f"{host} 127.0.0.1:{self.port}")
        self.names.write_text("\n".join(dict.fromkeys(self.lines)))


def page(title: str, body: str, head: str = "") -> str:
    """A page as people make them."""
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}"
        "<p>We look after our customers with care, and have done so for many years.</p>"
        "</body></html>"
    )


@contextmanager
def serving(names: Path) -> Iterator[Web]:
    """Serve a web while the test lasts."""
    names.write_text("")
    web = Web(names)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers["Host"].partition(":")[0]
            path = self.path.partition("?")[0]
            web.asked.append((host, path))
            missing: Answer = (404, {}, "Not found")
            status, headers, html = web.pages.get((host, path), missing)
            body = html.encode()
            self.send_response(status)
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            for name, value in {"Content-Type": "text/html; charset=utf-8", **given}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
