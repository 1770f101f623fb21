"""Members in the administration: owners are looked after by owners, and one always stays."""

import pytest

from crm.tenants.models import Membership, Role
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def test_the_only_owner_stays_one(cast: Cast) -> None:
    mine = Membership.of(cast.tenant).get(user=cast.ada)
    ada = as_person(cast.ada)
    answer = ada.post(f"/admin/tenants/membership/{mine.pk}/change/", {"role": Role.REP})
    assert "This is the only owner. Make somebody else an owner first." in answer.content.decode()
    mine.refresh_from_db()
    assert mine.role == Role.OWNER
    bens = Membership.of(cast.tenant).get(user=cast.ben)
    ada.post(f"/admin/tenants/membership/{bens.pk}/change/", {"role": Role.OWNER})
    ada.post(f"/admin/tenants/membership/{mine.pk}/change/", {"role": Role.REP})
    roles = dict(Membership.of(cast.tenant).values_list("user__name", "role"))
    assert roles == {"Ada": Role.REP, "Ben": Role.OWNER, "Vera": Role.VIEWER}


def test_the_only_owner_can_not_be_removed_by_a_manager(cast: Cast) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    adas = Membership.of(cast.tenant).get(user=cast.ada)
    browser = as_person(mia)
    browser.post(f"/admin/tenants/membership/{adas.pk}/delete/", {"post": "yes"})
    browser.post(
        "/admin/tenants/membership/",
        {"action": "delete_selected", "_selected_action": str(adas.pk), "post": "yes"},
    )
    assert Membership.of(cast.tenant).filter(role=Role.OWNER).exists()


def test_a_member_can_be_removed_but_not_oneself(cast: Cast) -> None:
    ada = as_person(cast.ada)
    for name, status in {"ben": 302, "ada": 403}.items():
        row = Membership.of(cast.tenant).get(user=getattr(cast, name))
        answer = ada.post(f"/admin/tenants/membership/{row.pk}/delete/", {"post": "yes"})
        assert answer.status_code == status, name
    assert set(Membership.of(cast.tenant).values_list("user__name", flat=True)) == {"Ada", "Vera"}


def test_a_manager_does_not_make_owners(cast: Cast) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    mine = Membership.of(cast.tenant).get(user=mia)
    as_person(mia).post(f"/admin/tenants/membership/{mine.pk}/change/", {"role": Role.OWNER})
    mine.refresh_from_db()
    assert mine.role == Role.MANAGER
