"""Whom connections trust: read once for all, as that takes longer than all else about one."""

import ssl
from collections.abc import Iterable
from functools import lru_cache

import certifi
from urllib3.util.ssl_ import ALPN_PROTOCOLS, create_urllib3_context


def context() -> ssl.SSLContext:
    """Give what all connections of this process share."""
    return _read(certifi.where())


@lru_cache(maxsize=2)
def _read(bundle: str) -> ssl.SSLContext:
    made = create_urllib3_context()
    made.load_verify_locations(bundle)
    made.set_alpn_protocols(ALPN_PROTOCOLS)
    # urllib3 does so anew for each connection, while another thread may read what that replaces.
    made.set_alpn_protocols = _leave  # type: ignore[method-assign]
    return made


def _leave(alpn_protocols: Iterable[str]) -> None:
    """Leave them as they are."""
