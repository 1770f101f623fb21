"""Invitations as managers make them, and the links that they bring."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from crm.joining import invitations
from crm.joining.invitations import Sent
from crm.tenants import teams
from crm.tenants.models import Membership, Role, Team
from tests.people import Cast, as_person

INVITE = "/admin/joining/invitation/add/"
LIST = "/admin/joining/invitation/"
PASSWORD = "a quiet harbour at dawn"
DORA = "dora@acme.example"

Invite = Callable[..., Sent]


@pytest.fixture
def north(cast: Cast) -> Team:
    return teams.make(cast.tenant, "North", by=cast.ada)


@pytest.fixture
def invite(cast: Cast) -> Invite:
    """Have Ada invite somebody."""

    def ask(email: str = DORA, role: Role = Role.REP, team: Team | None = None) -> Sent:
        by = Membership.of(cast.tenant).get(user=cast.ada)
        return invitations.invite(email, role=role, team=team, by=by)

    return ask


def asked(by: Any, emails: str, role: str = Role.REP, team: str = "") -> Any:
    """What the administration answers to somebody who invites."""
    given = {"emails": emails, "role": role, "team": team}
    return as_person(by).post(INVITE, given, follow=True)


def links_in(answer: Any) -> list[str]:
    """The links that a page shows to hand over."""
    return re.findall(r'http://testserver(/join/[^"<]+)', answer.content.decode())
