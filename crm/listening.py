"""Where the web server listens, where a browser finds it, and how much it may do at once."""

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - named, not bound


class OutOfRange(SystemExit):
    """A setting is not a number that will do; whatever reads it ends with this sentence."""


def number(name: str, text: str | None, *, default: int, most: int) -> int:
    """The whole number from 1 to `most` in a setting; an empty one means the default."""
    text = (text or "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:10]) <= most):
        raise OutOfRange(
            f"{name}={text} is not a number from 1 to {most}. Leave it out or write one, "
            f"like {name}={default}."
        )
    return int(text)


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
