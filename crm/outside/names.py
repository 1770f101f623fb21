"""Looks up where a host is, in limited time: in DNS, or in the file that stands for it."""

import socket
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from crm import deadline
from crm.outside.errors import NotThere

NOWHERE = "-"
MISSING = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class Place(NamedTuple):
    """`is_given`: it stands in the file, and so may be private."""

    address: str
    port: int
    is_given: bool = False


class NoSuchName(NotThere):
    """No host has this name."""


def places(host: str, port: int, *, seconds: float) -> list[Place]:
    """Give all places where the host is; raises NoSuchName, OSError or TimeoutError."""
    if _is_address(host):
        return [Place(host, port)]
    if settings.HTTP_NAMES and host != "localhost":
        return [_given(host)]
    return [Place(*each) for each in _looked_up(host, port, seconds)]


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _looked_up(host: str, port: int, seconds: float) -> list[tuple[str, int]]:
    try:
        return list(dict.fromkeys(deadline.addresses(host, port, seconds=seconds)))
    except socket.gaierror as error:
        if error.errno not in MISSING:
            raise
    except UnicodeError:
        pass
    raise NoSuchName(f"There is no host called {host}.")


def _given(host: str) -> Place:
    file = Path(settings.HTTP_NAMES)
    exact, endings = _read(file, file.stat().st_mtime_ns)
    host = host.lower().rstrip(".")
    found = [exact[host]] if host in exact else []
    found += [(line, place) for ending, line, place in endings if host.endswith(ending)]
    place = min(found)[1] if found else NOWHERE
    if place == NOWHERE:
        raise NoSuchName(f"There is no host called {host}.")
    address, _, port = place.rpartition(":")
    return Place(address.strip("[]"), int(port), is_given=True)


Lines = tuple[dict[str, tuple[int, str]], list[tuple[str, int, str]]]


@lru_cache(maxsize=4)
def _read(file: Path, changed: int) -> Lines:
    """Give the names and the endings, each with its line, since the first that fits counts."""
    exact: dict[str, tuple[int, str]] = {}
    endings: list[tuple[str, int, str]] = []
    for line, text in enumerate(file.read_text().splitlines()):
        name, _, place = text.strip().lower().partition(" ")
        if name.startswith("*."):
            endings.append((name[1:], line, place.strip()))
        elif name and not name.startswith("#"):
            exact.setdefault(name, (line, place.strip()))
    return exact, endings
