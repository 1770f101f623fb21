"""Whoever has another role or team, or was removed, is told so by e-mail."""

from typing import Any

import pytest

from crm.mail import sending
from crm.mail.models import Mail
from crm.tenants import leaving, roles, teams
from crm.tenants.handovers import Takers
from crm.tenants.models import Membership, Role, Team, User
from tests.accounts.conftest import letters_to
from tests.factories.tenants import MembershipFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def row_of(person: User, cast: Cast) -> Membership:
    return Membership.of(cast.tenant).select_related("tenant", "team", "user").get(user=person)


def give(cast: Cast, person: User, role: Role, team: Team | None = None, by: Any = None) -> None:
    row = row_of(person, cast)
    by = row_of(by or cast.ada, cast)
    roles.change(row.pk, role=role, team=team, version=row.version, by=by)


@pytest.fixture
def north(cast: Cast) -> Team:
    return teams.make(cast.tenant, "North", by=cast.ada)


def test_another_role_is_told_with_what_it_means(cast: Cast) -> None:
    give(cast, cast.ben, Role.MANAGER)
    ((subject, text),) = letters_to(cast.ben.email)
    assert subject == "You are a manager of Acme Cabling now"
    assert "Ada has changed your role in Acme Cabling from rep to manager." in text
    assert "You may now also: make new tags; see all leads" in text
    assert f"Ask Ada ({cast.ada.email}) if you wonder why." in text
    give(cast, cast.ben, Role.VIEWER)
    text = letters_to(cast.ben.email)[-1][1]
    assert "You may no longer: move leads or write notes; run campaigns" in text
    assert "Which leads you see is what your company has chosen for viewers." in text
    assert "now also" not in text


def test_role_and_team_at_once_are_one_letter(cast: Cast, north: Team) -> None:
    give(cast, cast.ben, Role.VIEWER, north)
    ((_, text),) = letters_to(cast.ben.email)
    assert "from rep to viewer" in text
    assert "Ada has put you into the team North in Acme Cabling." in text
    give(cast, cast.ben, Role.VIEWER, north)
    assert len(letters_to(cast.ben.email)) == 1


def test_a_team_that_ends_tells_its_members_where_they_are(cast: Cast, north: Team) -> None:
    south = teams.make(cast.tenant, "South", by=cast.ada)
    teams.staff(north, [row_of(each, cast).pk for each in (cast.ben, cast.ada)], by=cast.ada)
    teams.dissolve(north, members_to=south, shares_to=None, by=cast.ada)
    teams.staff(south, [], by=cast.ada)
    subjects = [subject for subject, _ in letters_to(cast.ben.email)]
    assert subjects == [
        "You are in the team North of Acme Cabling now",
        "You are in the team South of Acme Cabling now",
        "You are in no team of Acme Cabling now",
    ]
    assert letters_to(cast.ada.email) == []


def test_nobody_is_told_of_what_they_did_themselves(cast: Cast) -> None:
    olga = cast.join("Olga", Role.OWNER)
    give(cast, olga, Role.MANAGER, by=olga)
    leaving.leave(row_of(cast.vera, cast).pk, takers=Takers(), by=row_of(cast.vera, cast))
    assert letters_to(olga.email) == letters_to(cast.vera.email) == []


def test_who_is_removed_is_told_and_the_letter_goes_out(cast: Cast) -> None:
    MembershipFactory(tenant=cast.other, user=cast.vera, role=Role.VIEWER)
    path = f"/people/{row_of(cast.vera, cast).pk}/remove/"
    assert as_person(cast.ada).post(path, {}).status_code == 302
    ((subject, text),) = letters_to(cast.vera.email)
    assert subject == "You no longer belong to Acme Cabling"
    assert "Ada has removed you from Acme Cabling" in text
    assert "For Rival Networks you work as before." in text
    # A letter to a member would be held back now.
    assert sending._has_reader(Mail.of(cast.tenant).get(to=cast.vera.email))


def test_a_removal_that_is_refused_tells_nobody(cast: Cast) -> None:
    with pytest.raises(roles.Refused):
        leaving.leave(row_of(cast.ada, cast).pk, takers=Takers(), by=row_of(cast.ben, cast))
    assert letters_to(cast.ada.email) == []
