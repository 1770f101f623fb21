"""The door to a mail server: hands a letter over by SMTP and says what is certain of its fate.

A letter is the server's once it has the dot behind the last line. Until then every failure means
that nobody has it; between the dot and the answer nobody can know.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial

import certifi

from crm.deadline import Deadline, addresses, connect
from crm.mail.answers import Deferred, NotReached, Refused, Unanswered
from crm.mail.message import Message
from crm.mail.server import Server

# For each answer, and for everything from the look-up of the name to the last answer: a drain that
# hangs for long would be killed.
SECONDS = 20.0
SECONDS_IN_ALL = 45.0
SECONDS_TO_LEAVE = 2.0
LOCAL = {"localhost", "127.0.0.1", "::1"}

HandOver = Callable[[Message, Callable[[], None]], None]


@contextmanager
def opened(server: Server) -> Iterator[HandOver]:
    """Connect, and give what hands a letter over; raises NotReached where that fails.

    `hand_over(message, mark)` calls `mark` at the last moment at which it is certain
    that nobody has the letter. It raises Deferred, Refused or Unanswered, else the server has it.
    """
    smtp = None
    with closing(Deadline(SECONDS_IN_ALL)) as deadline:
        try:
            with _or_not_reached(server):
                smtp = _Connection(server, deadline)
                _sign_in(smtp, server)
            yield partial(_hand_over, smtp, server)
        except NotReached as reason:
            if not deadline.is_over():
                raise
            raise NotReached(
                f"The mail server {server} can't be reached "
                f"(it took longer than {SECONDS_IN_ALL:g} s)."
            ) from reason
        finally:
            if smtp is not None:
                _leave(smtp, deadline)


class _Connection(smtplib.SMTP):
    """Greeted by the server, and never longer than the deadline."""

    def __init__(self, server: Server, deadline: Deadline) -> None:
        self._deadline = deadline
        self._is_tls_at_once = server.scheme == "smtp+ssl"
        # Asking the network for our own name may take long, hence the name here.
        super().__init__(server.host, server.port, "localhost", timeout=SECONDS)
        self.local_hostname = _own_name(self)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        # The library's own way spends the timeout on each address, and is watched by nobody.
        places = addresses(host, port, seconds=self._deadline.left())
        found = connect(places, self._deadline, seconds=timeout)
        found.settimeout(timeout)
        if self._is_tls_at_once:
            return _trusting().wrap_socket(found, server_hostname=host)
        return found


def _own_name(smtp: smtplib.SMTP) -> str:
    """How we greet: by this machine's full name, or else its address."""
    name = socket.gethostname()
    if "." in name and name.isascii():
        return name
    address = smtp.sock.getsockname()[0] if smtp.sock else "127.0.0.1"
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


def _sign_in(smtp: smtplib.SMTP, server: Server) -> None:
    smtp.ehlo_or_helo_if_needed()
    is_secure = server.scheme == "smtp+ssl"
    if server.scheme == "smtp+tls" or (server.scheme == "smtp" and smtp.has_extn("starttls")):
        # Plain `smtp` takes what it is offered: only a password must not reach a stranger.
        must_know = server.scheme == "smtp+tls" or bool(server.password)
        smtp.starttls(context=_trusting() if must_know else _trusting_all())
        smtp.ehlo()
        is_secure = True
    if not server.password:
        return
    if not is_secure and server.host not in LOCAL:
        raise NotReached(
            f"The mail server {server} offers no encryption, so it is not told the password."
        )
    smtp.login(server.user, server.password)


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    # A small system may come without certificates of its own.
    context.load_verify_locations(certifi.where())
    return context


def _trusting_all() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@contextmanager
def _or_not_reached(server: Server) -> Iterator[None]:
    """Say what is wrong with the connection; somebody may mend it while the letter waits."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        said = _said(error.smtp_code, error.smtp_error)
        raise NotReached(
            f"The mail server {server} does not know the user and password of EMAIL_URL ({said})."
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotReached(
            f"The mail server {server} does not offer what EMAIL_URL asks for ({error})."
        ) from error
    except smtplib.SMTPResponseException as error:
        said = _said(error.smtp_code, error.smtp_error)
        raise NotReached(f"The mail server {server} takes no e-mail now ({said}).") from error
    except ssl.SSLError as error:
        raise NotReached(
            f"The mail server {server} can't be trusted or speaks no TLS ({error.reason})."
        ) from error
    except (OSError, UnicodeError, smtplib.SMTPException) as error:
        why = getattr(error, "strerror", None) or error
        raise NotReached(f"The mail server {server} can't be reached ({why}).") from error


def _hand_over(
    smtp: smtplib.SMTP, server: Server, message: Message, mark: Callable[[], None]
) -> None:
    check = partial(_check, server=server, to=message.to)
    with _or_not_reached(server):
        code, reply = smtp.mail(message.sender)
        if code != 250:
            said = f"no e-mail from {message.sender} ({_said(code, reply)})"
            raise Deferred(f"The mail server {server} takes {said}.")
        check(*smtp.rcpt(message.to), wanted=(250, 251, 252))
        check(*smtp.docmd("DATA"), wanted=(354,))
    mark()
    with _or_not_reached(server):
        smtp.send(_as_data(message.content))
    try:
        code, reply = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Unanswered(f"The mail server {server} had all of it and did not answer.") from error
    if not (200 <= code < 300 or 400 <= code < 600):
        raise Unanswered(f"The mail server {server} answered oddly ({_said(code, reply)}).")
    check(code, reply, wanted=range(200, 300))


def _check(
    code: int, reply: bytes, *, wanted: range | tuple[int, ...], server: Server, to: str
) -> None:
    if code in wanted:
        return
    said = _said(code, reply)
    if 500 <= code < 600:
        raise Refused(f"The mail server {server} refuses e-mail to {to} ({said}).")
    raise Deferred(f"The mail server {server} takes no e-mail to {to} now ({said}).")


def _as_data(message: bytes) -> bytes:
    """The message as it follows upon DATA: whole lines, no lone dot but the last."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    lines = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines) + b".\r\n"


def _said(code: int, reply: bytes | str) -> str:
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return f"{code} {' '.join(words.replace(chr(0), '').split())}"[:300]


def _leave(smtp: smtplib.SMTP, deadline: Deadline) -> None:
    deadline.reset(SECONDS_TO_LEAVE)
    with suppress(OSError, smtplib.SMTPException):
        smtp.quit()
    smtp.close()
