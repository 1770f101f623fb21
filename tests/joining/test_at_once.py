"""Two at the same moment: one invitation, one membership."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from crm.joining import invitations
from crm.joining.models import Invitation
from crm.tenants.models import Membership, Role, User
from tests.joining.conftest import DORA, PASSWORD, Invite
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")


def both(act: Any) -> list[Any]:
    def alone(number: int) -> Any:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(alone, range(2)))


def test_two_windows_make_one_member(cast: Cast, invite: Invite) -> None:
    link = invite().path
    given = {"name": "Dora", "password": PASSWORD}
    answers = both(lambda number: Client().post(link, given).status_code)
    assert sorted(answers) == [302, 410]
    assert User.objects.filter(email=DORA).count() == 1
    assert Membership.of(cast.tenant).filter(user__email=DORA).count() == 1


def test_two_managers_make_one_invitation(cast: Cast) -> None:
    by = Membership.of(cast.tenant).select_related("tenant").get(user=cast.ada)

    def ask(number: int) -> bool:
        try:
            invitations.invite(DORA, role=Role.REP, by=by)
        except invitations.CannotInvite:
            return False
        return True

    assert sorted(both(ask)) == [False, True]
    assert Invitation.of(cast.tenant).count() == 1
