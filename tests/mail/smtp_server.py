"""A mail server on loopback that speaks SMTP (RFC 5321), and fails where a test wants it to."""

import base64
import re
import socketserver
import ssl
import threading
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

STEPS = ("connect", "TLS", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "dot", "QUIT")
PATIENCE = 15


class Gone(Exception):
    """The conversation has ended."""


@dataclass
class Letter:
    """One letter as it was taken."""

    sender: str
    to: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        found = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


@dataclass
class Faults:
    """By step: what is answered instead, where the line drops, where nothing is answered.

    Where it dribbles, the answer never ends, and never pauses for long.
    """

    answers: dict[str, str] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)
    hangs: set[str] = field(default_factory=set)
    dribbles: set[str] = field(default_factory=set)

    def clear(self) -> None:
        for each in (self.answers, self.drops, self.hangs, self.dribbles):
            each.clear()


class SmtpServer:
    """Takes letters until it is closed; `heard` are all commands, passwords left out."""

    def __init__(
        self,
        *,
        user: str = "",
        password: str = "",
        tls: ssl.SSLContext | None = None,
        at_once: bool = False,
    ) -> None:
        self.user, self.password, self.tls, self.at_once = user, password, tls, at_once
        self.faults = Faults()
        self.letters: list[Letter] = []
        self.heard: list[str] = []
        self.connections = 0
        # Set when a conversation has reached a step at which it hangs; `released` lets it go on.
        self.hanging, self.released = threading.Event(), threading.Event()
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                Conversation(server, self.request).run()

        class Listener(socketserver.ThreadingTCPServer):
            daemon_threads = allow_reuse_address = True

        self.listener = Listener(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.listener.serve_forever, args=[0.05], daemon=True)
        self.thread.start()

    @property
    def port(self) -> int:
        return int(self.listener.server_address[1])

    def url(self, scheme: str = "smtp", host: str = "127.0.0.1") -> str:
        who = f"{self.user}:{self.password}@" if self.user else ""
        return f"{scheme}://{who}{host}:{self.port}"

    def close(self) -> None:
        self.released.set()
        self.listener.shutdown()
        self.listener.server_close()
        self.thread.join()


class Conversation:
    """One client from its greeting to its end."""

    def __init__(self, server: SmtpServer, connection: Any) -> None:
        self.server, self.socket = server, connection
        self.is_secure = self.is_known = False
        self.sender, self.to = "", [""]
        self.start_over()

    def start_over(self) -> None:
        self.sender, self.to = "", []

    def run(self) -> None:
        self.server.connections += 1
        try:
            if self.server.at_once:
                self.secure()
            self.file = self.socket.makefile("rb")
            self.answer("connect", "220 mail.example ready")
            while True:
                self.step()
        except (Gone, OSError):
            return

    def secure(self) -> None:
        assert self.server.tls
        self.hang("TLS")
        self.socket = self.server.tls.wrap_socket(self.socket, server_side=True)
        self.is_secure = True

    def line(self) -> bytes:
        line = bytes(self.file.readline(70_000))
        if not line:
            raise Gone
        assert line.endswith(b"\r\n"), f"a line must end with CRLF: {line!r}"
        assert b"\r" not in line[:-2], f"a CR alone: {line!r}"
        assert len(line) <= 1000, "a line is too long"
        return line[:-2]

    def say(self, text: str) -> None:
        self.socket.sendall(f"{text}\r\n".encode())

    def hang(self, step: str) -> None:
        if step in self.server.faults.hangs:
            self.server.hanging.set()
            self.server.released.wait(PATIENCE)

    def dribble(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not self.server.released.wait(0.1):
            self.say("220-mail.example is not ready yet")
        raise Gone

    def answer(self, step: str, usual: str) -> bool:
        """Say what a test wants here, or the usual; say whether it was the usual."""
        faults = self.server.faults
        self.hang(step)
        if step in faults.dribbles:
            self.dribble()
        if step in faults.drops:
            self.socket.close()
            raise Gone
        self.say(faults.answers.get(step, usual))
        return step not in faults.answers

    def step(self) -> None:
        line = self.line().decode("ascii")
        verb, _, rest = line.partition(" ")
        verb = verb.upper()
        self.server.heard.append("AUTH" if verb == "AUTH" else line)
        handler = getattr(self, f"on_{verb.lower()}", None)
        if handler is None:
            self.say("502 5.5.1 Not known")
        else:
            handler(rest)

    def on_ehlo(self, name: str) -> None:
        assert re.fullmatch(r"\[[\w.:]+\]|[\w-]+(\.[\w-]+)+", name), name
        offers = ["mail.example", "SIZE 100000"]
        if self.server.tls and not self.is_secure:
            offers.append("STARTTLS")
        if self.server.user:
            offers.append("AUTH PLAIN")
        self.answer("EHLO", "\r\n".join(f"250-{each}" for each in offers) + "\r\n250 HELP")

    def on_helo(self, name: str) -> None:
        self.answer("EHLO", "250 mail.example")

    def on_starttls(self, rest: str) -> None:
        if self.answer("STARTTLS", "220 Go on"):
            self.secure()
            self.file = self.socket.makefile("rb")

    def on_auth(self, rest: str) -> None:
        said = base64.b64decode(rest.split()[1]).decode().split("\0")[1:]
        self.is_known = said == [self.server.user, self.server.password]
        ok = "235 2.7.0 Welcome" if self.is_known else "535 5.7.8 Who are you?"
        self.answer("AUTH", ok)

    def on_mail(self, rest: str) -> None:
        if self.server.user and not self.is_known:
            self.say("530 5.7.0 Sign in first")
        elif self.answer("MAIL", "250 2.1.0 Ok"):
            self.sender = re.fullmatch(r"FROM:<([^>]*)>.*", rest, re.IGNORECASE)[1]  # type: ignore[index]

    def on_rcpt(self, rest: str) -> None:
        if not self.sender:
            self.say("503 5.5.1 Whose is it?")
        elif self.answer("RCPT", "250 2.1.5 Ok"):
            self.to.append(re.fullmatch(r"TO:<([^>]*)>.*", rest, re.IGNORECASE)[1])  # type: ignore[index]

    def on_data(self, rest: str) -> None:
        if not self.to:
            self.say("503 5.5.1 For whom?")
            return
        if not self.answer("DATA", "354 Go on; end with a dot"):
            return
        lines = []
        while (line := self.line()) != b".":
            assert line.isascii(), "8-bit text that nobody agreed to"
            lines.append(line.removeprefix(b"."))
        letter = Letter(self.sender, self.to, b"\r\n".join(lines) + b"\r\n")
        self.start_over()
        # With its dot the letter is ours, whether or not the client hears so.
        if "dot" not in self.server.faults.answers:
            self.server.letters.append(letter)
        self.answer("dot", "250 2.0.0 Ok: queued")

    def on_rset(self, rest: str) -> None:
        self.start_over()
        self.say("250 2.0.0 Ok")

    def on_noop(self, rest: str) -> None:
        self.say("250 2.0.0 Ok")

    def on_quit(self, rest: str) -> None:
        self.answer("QUIT", "221 2.0.0 Bye")
        raise Gone
