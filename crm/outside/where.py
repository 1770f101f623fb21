"""Where requests may go, before any name is looked up."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from crm.outside import addresses, options
from crm.outside.errors import Forbidden
from crm.outside.service import Service

PORTS = {"http": 80, "https": 443}
Allowed = frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Target:
    """Host and port as they stand in an address."""

    scheme: str
    host: str
    port: int

    @property
    def place(self) -> tuple[str, int]:
        return self.host, self.port


def allowed() -> Allowed:
    """Give the private places that the settings allow."""
    return options.places(settings.HTTP_ALLOWED)


def vendor(service: Service) -> Allowed:
    """Give the private places that calls to this vendor may reach; refuse to send keys openly.

    A vendor that is set to be on this machine (a simulated one, a model's server) may be there.
    """
    target = _read(service.url)
    here = {target.place} if addresses.is_loopback(target.host) else set()
    found = allowed() | here
    if target.scheme != "https" and target.place not in found:
        raise Forbidden(
            f"{service.base_setting} does not begin with https://, so that the key would travel "
            "for all to read; nothing was sent."
        )
    return found


def page(url: str) -> Allowed:
    """Give the private places that this address may reach; refuse what is no ordinary web page."""
    target = _read(url)
    if target.port != PORTS[target.scheme] and target.place not in allowed():
        raise Forbidden(f"Port {target.port} of {target.host} is none where web pages are.")
    return allowed()


def _read(url: str) -> Target:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise Forbidden("That is no web address.") from None
    if parts.scheme not in PORTS or not host:
        raise Forbidden("Only addresses that begin with http:// or https:// are called.")
    if "@" in parts.netloc:
        raise Forbidden("An address with a name or a password in it is not called.")
    if "\\" in url or any(character <= " " for character in url):
        raise Forbidden("That is no web address.")
    return Target(parts.scheme, host.lower(), port or PORTS[parts.scheme])
