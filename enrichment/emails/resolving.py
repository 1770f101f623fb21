"""Asks DNS whether a domain takes mail, as a mail server would (RFC 5321, 5.1, and RFC 7505)."""

import time
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from django.conf import settings

from enrichment.emails.answers import Because

# Seconds: for one try, for all tries of one question, for all questions about a domain.
EACH_TRY = 2.0
EACH_QUESTION = 4.0
PATIENCE = 6.0
# So many of a domain's mail servers are looked at, those first that are to be tried first.
MOST_SERVERS = 5
# The largest answer that passes everywhere in one packet (DNS Flag Day 2020).
PACKET = 1232
# Nobody's mail server is there: this machine, or some house's own network.
INSIDE_4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/3",
    )
)
INSIDE_6 = tuple(
    IPv6Network(each) for each in ("::/127", "::ffff:0:0/96", "fc00::/7", "fe80::/10", "ff00::/8")
)


class Silent(Exception):
    """No answer, or none that can be understood."""


def can_ask() -> bool:
    """Say whether there is anybody to ask: not where a file stands for DNS."""
    return bool(_server() or not settings.HTTP_NAMES)


def ask(domain: str, *, seconds: float = PATIENCE) -> Because:
    """Ask whether mail to a domain (as DNS writes it) has somewhere to go; never raises."""
    try:
        return _Question(time.monotonic() + min(seconds, PATIENCE)).mail(domain)
    except Silent:
        return Because.SILENCE


class _Question:
    """All that is asked about a domain, up to a moment."""

    def __init__(self, ends: float) -> None:
        self.ends = ends

    def mail(self, domain: str) -> Because:
        found = self.records(domain, "MX")
        if found is None:
            return Because.NO_SUCH_DOMAIN
        ranked = sorted((each.preference, each.exchange.to_text()) for each in found)
        servers = [server for _, server in ranked if server != "."]
        if servers:
            return self.first_of(servers)
        if found:
            return Because.REFUSES
        # The domain itself is its mail server then.
        return Because.ADDRESS_ALONE if self.is_somewhere(domain) else Because.NOWHERE

    def first_of(self, servers: list[str]) -> Because:
        """Say whether one of them is there; those that cannot be told of leave it open."""
        is_open = len(servers) > MOST_SERVERS
        for server in servers[:MOST_SERVERS]:
            try:
                if self.is_somewhere(server):
                    return Because.SERVERS
            except Silent:
                is_open = True
        return Because.SILENCE if is_open else Because.DEAD_SERVERS

    def is_somewhere(self, name: str) -> bool:
        for kind in ("A", "AAAA"):
            found = self.records(name, kind)
            if found is None:
                return False
            if any(_is_outside(each.address) for each in found):
                return True
        return False

    def records(self, name: str, kind: str) -> list[Any] | None:
        """Ask one question; None says that there is no such name. Raises Silent."""
        library = _library()
        left = min(self.ends - time.monotonic(), EACH_QUESTION)
        if left <= 0:
            raise Silent
        try:
            answer = _resolver(_server()).resolve(
                name, kind, lifetime=left, search=False, raise_on_no_answer=False
            )
        except library.resolver.NXDOMAIN:
            return None
        # What comes back may be anything.
        except (library.exception.DNSException, OSError, ValueError) as error:
            raise Silent from error
        return list(answer.rrset or ())


def _is_outside(text: str) -> bool:
    address = ip_address(text)
    inside: Any = INSIDE_4 if address.version == 4 else INSIDE_6
    return not any(address in network for network in inside)


def _server() -> str:
    """Give the name server that the settings want, as "host:port"; "" for the machine's own."""
    return str(settings.DNS_SERVER)


@lru_cache(maxsize=4)
def _resolver(server: str) -> Any:
    library = _library()
    made = library.resolver.Resolver(configure=not server)
    if server:
        host, _, port = server.rpartition(":")
        made.nameservers = [library.nameserver.Do53Nameserver(host.strip("[]"), int(port))]
    made.timeout = EACH_TRY
    made.use_edns(0, payload=PACKET)
    return made


def _library() -> Any:
    # Takes a tenth of a second and 13 MB, which no process needs that asks nothing.
    import dns  # noqa: PLC0415
    import dns.nameserver  # noqa: PLC0415
    import dns.resolver  # noqa: PLC0415

    return dns
