"""Where the web server listens, where a browser finds it, and how much it may do at once."""

import os
from urllib.parse import urlsplit

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - named, not bound


class OutOfRange(SystemExit):
    """A setting is not a number that will do; whatever reads it ends with this sentence."""


def number(name: str, text: str | None, *, default: int, most: int, least: int = 1) -> int:
    """The whole number from `least` to `most` in a setting; an empty one means the default."""
    text = (text or "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and least <= int(text[:10]) <= most):
        raise OutOfRange(
            f"{name}={text} is not a number from {least} to {most}. Leave it out or write one, "
            f"like {name}={default}."
        )
    return int(text)


def web_threads() -> int:
    """How many requests a web process answers at the same time."""
    return number("WEB_THREADS", os.environ.get("WEB_THREADS"), default=4, most=64)


def host(text: str | None) -> str:
    """The host of a setting, an IPv6 one without its brackets."""
    return (text or "").strip().strip("[]") or "127.0.0.1"


def reachable(host: str) -> str:
    """The host under which this machine finds a server that listens on `host`."""
    return ANYWHERE.get(host, host)


def bracketed(host: str) -> str:
    """The host as addresses write it."""
    return f"[{host}]" if ":" in host else host


def authority(host: str, port: int) -> str:
    """Host and port as addresses write them."""
    return f"{bracketed(host)}:{port}"


class NoAddress(SystemExit):
    """BASE_URL is none; whatever reads it ends with this sentence."""


def base_url(text: str | None, *, host: str, port: int) -> str:
    """What the address of every page begins with; an empty setting means this machine's."""
    text = (text or "").strip().rstrip("/")
    if not text:
        return f"http://{authority(reachable(host), port)}"
    try:
        parts = urlsplit(text)
        is_named = 0 < len(parts.hostname or "") < 254
        is_one = parts.scheme in ("http", "https") and is_named and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one or f"{parts.scheme}://{parts.netloc}" != text or "@" in text or " " in text:
        raise NoAddress(
            f"BASE_URL={text} is no address of an installation. Leave it out or write one, like "
            "BASE_URL=https://crm.example."
        )
    return text
