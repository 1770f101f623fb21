"""Two people change who belongs to a company at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from crm.ledger.models import AuditEntry
from crm.tenants import leaving, roles
from crm.tenants.handovers import Question, Takers
from crm.tenants.models import Membership, Role
from leads.models import Lead, TimelineEntry
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")


def at_once(*acts: Any) -> list[Any]:
    """What came of each, or the exception."""

    def alone(act: Any) -> Any:
        try:
            return act()
        except Exception as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(alone, acts))


def rows(cast: Cast) -> dict[str, Membership]:
    found = Membership.of(cast.tenant).select_related("tenant", "user", "team")
    return {row.user.name: row for row in found}


def test_two_managers_remove_the_same_person_once(cast: Cast) -> None:
    cast.join("Mia", Role.MANAGER)
    for _ in range(5):
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=cast.ben)
    here = rows(cast)
    takers = Takers({Question.LEADS: cast.ada})

    def remove(by: str) -> Any:
        return leaving.leave(here["Ben"].pk, takers=takers, by=here[by])

    answers = at_once(lambda: remove("Ada"), lambda: remove("Mia"))
    assert sorted(type(each).__name__ for each in answers) == ["Left", "type"]
    assert leaving.Gone in answers
    assert AuditEntry.objects.filter(verb="removed").count() == 1
    assert Lead.of(cast.tenant).filter(owner=cast.ada).count() == 5
    assert TimelineEntry.of(cast.tenant).count() == 5


def test_of_two_owners_who_go_at_once_one_stays(cast: Cast) -> None:
    cast.join("Olga", Role.OWNER)
    here = rows(cast)

    def go(name: str) -> Any:
        return leaving.leave(here[name].pk, takers=Takers(), by=here[name])

    def step_back(name: str) -> Any:
        row = here[name]
        return roles.change(row.pk, role=Role.REP, team=None, version=row.version, by=row)

    answers = at_once(lambda: go("Ada"), lambda: step_back("Olga"))
    assert roles.Refused in answers
    assert Membership.of(cast.tenant).filter(role=Role.OWNER).count() == 1


def test_of_two_who_change_a_role_the_second_is_told(cast: Cast) -> None:
    cast.join("Mia", Role.MANAGER)
    here = rows(cast)

    def give(by: str, role: Role) -> Any:
        row = here["Ben"]
        return roles.change(row.pk, role=role, team=None, version=row.version, by=here[by])

    answers = at_once(lambda: give("Ada", Role.VIEWER), lambda: give("Mia", Role.MANAGER))
    assert roles.Meanwhile in answers
    assert rows(cast)["Ben"].version == 2
    assert AuditEntry.objects.filter(verb="changed").count() == 1
