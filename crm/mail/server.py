"""The mail server and the sender that settings name, and the sentences for those that won't do."""

from dataclasses import dataclass, field
from email.utils import getaddresses
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# How the connection is secured, and the port where servers expect that. Plain `smtp` takes TLS,
# too, where the server offers it.
PORTS = {"smtp+tls": 587, "smtp+ssl": 465, "smtp": 25}
EXAMPLE = "EMAIL_URL=smtp+tls://user:password@mail.example:587"
ENCODED = "In user and password write / as %2F, ? as %3F, # as %23, @ as %40 and % as %25."
NAME = "Fieldfare"


class UnfitForMail(SystemExit):
    """A setting names no mail server, or no sender; whatever reads it ends with this sentence.

    The sentence does not repeat EMAIL_URL, for it may hold a password.
    """


@dataclass(frozen=True)
class Server:
    """`scheme` says how the connection is secured."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def read(text: str | None) -> Server | None:
    """The server of an EMAIL_URL; an empty one means that there is none."""
    text = (text or "").strip()
    if not text:
        return None
    scheme, colon, _ = text.partition("://")
    if not colon or scheme.lower() not in PORTS:
        known = ", ".join(f"{name}://" for name in PORTS)
        raise UnfitForMail(f"EMAIL_URL begins with none of {known}. Write it like {EXAMPLE}.")
    try:
        return _server(text)
    except ValueError as fault:
        raise UnfitForMail(f"EMAIL_URL {fault} Write it like {EXAMPLE}.") from None


def _server(text: str) -> Server:
    """Raises ValueError with what follows upon “EMAIL_URL”."""
    if not text.isprintable() or " " in text:
        raise ValueError(f"holds a space or a control character. {ENCODED}")
    try:
        parts = urlsplit(text)
        port = PORTS[parts.scheme] if parts.port is None else parts.port
    except ValueError:
        raise ValueError(f"has no port from 1 to 65535 behind its host. {ENCODED}") from None
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"goes on behind host and port. {ENCODED}")
    if not parts.hostname:
        raise ValueError("names no host.")
    if not port:
        raise ValueError("has no port from 1 to 65535 behind its host.")
    return Server(parts.scheme, parts.hostname, port, *_credentials(parts))


def _credentials(parts: SplitResult) -> tuple[str, str]:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ValueError("names a user without a password, or a password without a user.")
    if not (user + password).isascii():
        raise ValueError("has a user or password with other letters than those of ASCII.")
    return user, password


def sender(text: str | None, server: Server | None) -> str:
    """The From of a MAIL_FROM; an empty one means the server's user, if that is an address."""
    text = (text or "").strip()
    example = f"MAIL_FROM={NAME} <crm@mail.example>"
    if text:
        if not _is_one_address(text):
            raise UnfitForMail(f"MAIL_FROM={text} is no e-mail address. Write it like {example}.")
        return text
    if server is None:
        return f"{NAME} <fieldfare@localhost>"
    if not _is_one_address(server.user):
        raise UnfitForMail(
            "MAIL_FROM is not set, and the user in EMAIL_URL is no e-mail address. Say who writes, "
            f"like {example}."
        )
    return f"{NAME} <{server.user}>"


def _is_one_address(text: str) -> bool:
    found = getaddresses([text])
    # No server takes a longer one (RFC 5321).
    if len(found) != 1 or not text.isprintable() or len(found[0][1]) > 254:
        return False
    try:
        validate_email(found[0][1])
    except ValidationError:
        return False
    return True
