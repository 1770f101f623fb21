"""Vendors on loopback, and keys for them."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from crm.outside.key import Key
from crm.outside.services import SERVICES
from tests.outside.vendor import Vendor, serving

SECRET = "sk-Quiet/water+1234567890=wxyz"


def key(service: str = "hunter", secret: str = SECRET) -> Key:
    ident = sha256(f"{service} {secret}".encode()).hexdigest()[:40]
    return Key(service, secret, ident, secret[-4:], is_system=False, tenant_id=None)


@pytest.fixture
def vendor(settings: Any) -> Iterator[Vendor]:
    """All vendors in one, on a clock that makes pauses short."""
    with serving() as found:
        for service in SERVICES.values():
            setattr(settings, service.base_setting, found.url)
        settings.VENDOR_CLOCK = 50.0
        yield found
