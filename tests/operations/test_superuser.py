"""Whoever looks after the installation sees how much each company has to be done, and no rows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.ids import uuid7
from crm.tenants.models import Membership, Role, User
from crm.work.models import State
from tests.operations.conftest import Steps, beat, worked
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PAGE = "/operations/"


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser("root@here.example", name="Root")


def seen(person: User, path: str = PAGE) -> str:
    answer = as_person(person).get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_without_a_company_the_whole_installation_is_shown(
    cast: Cast, root: User, steps: Steps
) -> None:
    beat()
    steps(2, last_error="A secret of Acme")
    soon = timezone.now() + timedelta(seconds=10)
    steps(1, tenant=cast.other, state=State.LEASED, lease_token=uuid7(), lease_until=soon)
    for path in (PAGE, "/operations/live/"):
        page = seen(root, path)
        assert "2 pieces of work have failed." in page
        assert "Acme Cabling" in page
        assert "Rival Networks" in page
        assert "db-7.internal, process 4711" in page
        assert "0 wake-ups in django-q" in page
        assert "A secret of Acme" not in page
        assert "Scoring of" not in page
        assert "Queue again" not in page
    assert 'href="/board/"' not in seen(root)


def test_nothing_to_be_done_anywhere(cast: Cast, root: User) -> None:
    beat()
    assert "No company has anything to be done." in seen(root)


def test_rows_may_only_be_queued_by_members(cast: Cast, root: User, steps: Steps) -> None:
    (step,) = steps(1)
    list_of_failed = "/operations/failed/leads.flowstep/"
    assert as_person(root).get(list_of_failed).status_code == 403
    assert as_person(root).post(f"{list_of_failed}{step.pk}/again/").status_code == 403
    step.refresh_from_db()
    assert step.state == State.DEAD


def test_a_superuser_who_is_a_member_sees_the_own_rows_too(
    cast: Cast, root: User, steps: Steps
) -> None:
    beat()
    Membership.of(cast.tenant).create(tenant=cast.tenant, user=root, role=Role.MANAGER)
    steps(1, crashes=1, last_error="RuntimeError: It is ours")
    worked(10, 90, failed=3)
    steps(1, tenant=cast.other, last_error="It is theirs")
    page = seen(root)
    assert "2 pieces of work have failed." in page
    assert "RuntimeError: It is ours" in page
    assert "5 attempts, 1 crash of its worker" in page
    assert "Last sweep 1 s ago: 12 rows" in page
    assert page.count('class="column-failed" x=') == 1
    assert "It is theirs" not in page
    assert "Rival Networks" in page
    assert 'href="/board/"' in page


def test_a_superuser_who_is_a_rep_sees_no_rows(cast: Cast, root: User, steps: Steps) -> None:
    Membership.of(cast.tenant).create(tenant=cast.tenant, user=root, role=Role.REP)
    steps(1, last_error="It is ours")
    assert "It is ours" not in seen(root)


def test_the_administration_sums_up_all_companies(cast: Cast, root: User, steps: Steps) -> None:
    beat()
    steps(1)
    steps(1, tenant=cast.other)
    page = seen(root, "/admin/")
    assert "Background work of all companies" in page
    assert '<b>2</b> <a href="/operations/">failed</a>' in page
