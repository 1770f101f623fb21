"""Root looks after the installation, and is let in by Ada or not."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.support import consenting
from crm.support.models import Consent
from crm.tenants.models import Membership, User
from tests.people import Cast


@pytest.fixture
def root() -> User:
    """A superuser who is a member of no company."""
    return User.objects.create_superuser("root@here.example", name="Root")


@pytest.fixture
def let_in(cast: Cast) -> Any:
    """Ada lets support into Acme Cabling."""

    def give(may_change: bool = False, **length: int) -> Consent:
        ada = Membership.of(cast.tenant).get(user=cast.ada)
        until = timezone.now() + timedelta(**(length or {"hours": 1}))
        return consenting.give(ada, until=until, may_change=may_change, reason="A lead is lost.")

    return give
