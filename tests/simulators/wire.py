"""HTTP/1.1 between a simulator and its callers."""

import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.simulators.messages import Call, Reply

DROP, PAUSE = 16, 0.2  # bytes, and seconds of our time between them
# Between two looks whether to end: whoever runs a dozen of these has other work to do.
POLL_SECONDS = 0.5


class Server(ThreadingHTTPServer):
    """Answers on 127.0.0.1 and lets go of all its connections when it is stopped."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, port: int, answer: Callable[[Call], Reply]) -> None:
        self.answer = answer
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._serving = False
        super().__init__(("127.0.0.1", port), Connection)

    def server_bind(self) -> None:
        """Bind without the reverse look-up of one's own name, which may be slow."""
        socket_ = self.socket
        socket_.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        socket_.bind(self.server_address)
        self.server_address = socket_.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def serve(self) -> None:
        self._serving = True
        self.serve_forever(poll_interval=POLL_SECONDS)

    def stop(self) -> None:
        if self._serving:
            self.shutdown()
        self.server_close()
        with self._guard:
            still_open, self._open = self._open, set()
        for connection in still_open:
            shut(connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who went away is no news."""


class Connection(BaseHTTPRequestHandler):
    """One connection of a caller, kept alive between calls."""

    protocol_version = "HTTP/1.1"
    server_version = "simulator"
    sys_version = ""
    disable_nagle_algorithm = True
    timeout = 300
    server: Server

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65_537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        length = headers.get("content-length", "0")
        body = self.rfile.read(int(length)) if length.isdigit() else b""
        reply = self.server.answer(Call(self.command, self.path, headers, body))
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        if reply.manner == "drop":
            self.close_connection = True
            return
        payload = reply.payload()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.manner == "huge":
            self._stream(payload, reply.length)
            return
        self.send_header("Content-Length", str(len(payload)))
        if reply.manner == "drip":
            self._drip(payload)
            return
        if reply.manner == "cut":
            payload = payload[: len(payload) // 2]
            self.close_connection = True
        self._headers_buffer.append(b"\r\n")
        head = b"".join(self._headers_buffer)
        self._headers_buffer = []
        self.wfile.write(head if self.command == "HEAD" else head + payload)

    def _drip(self, payload: bytes) -> None:
        self.end_headers()
        for at in range(0, len(payload), DROP):
            self.wfile.write(payload[at : at + DROP])
            time.sleep(PAUSE)

    def _stream(self, piece: bytes, length: int) -> None:
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        sent = 0
        while sent < length:
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            sent += len(piece)
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent; the calls are recorded elsewhere."""


def shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the caller was quicker
