"""Members in the administration: owners are looked after by owners, and one always stays."""

from typing import Any

import pytest

from crm.ledger.models import AuditEntry, AuditPayload
from crm.tenants import teams
from crm.tenants.models import Membership, Role, User
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


LIST = "/admin/tenants/membership/"


def row_of(person: User) -> Membership:
    return person.memberships.get()


def give(by: User, row: Membership, role: str, **more: Any) -> Any:
    """Have somebody save a member's form, as it was when `row` was read."""
    given = {"role": role, "team": "", "seen_version": row.version} | more
    return as_person(by).post(f"{LIST}{row.pk}/change/", given)


def test_the_only_owner_stays_one(cast: Cast) -> None:
    mine = row_of(cast.ada)
    answer = give(cast.ada, mine, Role.REP)
    assert "This is the only owner. Make somebody else an owner first." in answer.content.decode()
    mine.refresh_from_db()
    assert mine.role == Role.OWNER
    assert AuditEntry.objects.latest("id").verb == "was refused a change of"
    give(cast.ada, row_of(cast.ben), Role.OWNER)
    give(cast.ada, mine, Role.REP)
    roles = dict(Membership.of(cast.tenant).values_list("user__name", "role"))
    assert roles == {"Ada": Role.REP, "Ben": Role.OWNER, "Vera": Role.VIEWER}


def test_an_owner_who_can_not_sign_in_does_not_count(cast: Cast) -> None:
    olga = cast.join("Olga", Role.OWNER)
    olga.is_active = False
    olga.save()
    assert "This is the only owner." in give(cast.ada, row_of(cast.ada), Role.REP).content.decode()


def test_the_second_of_two_managers_is_told_what_the_first_has_done(cast: Cast) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    seen = row_of(cast.ben)
    assert give(mia, seen, Role.MANAGER).status_code == 302
    answer = give(cast.ada, seen, Role.VIEWER)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Mia has changed this member meanwhile: role from rep to manager." in page
    assert '<option value="manager" selected>' in page
    now = row_of(cast.ben)
    assert (now.role, now.version) == (Role.MANAGER, seen.version + 1)
    assert f'name="seen_version" value="{now.version}"' in page
    assert give(cast.ada, now, Role.VIEWER).status_code == 302
    assert row_of(cast.ben).role == Role.VIEWER


def test_a_change_is_written_down_with_before_and_after(cast: Cast) -> None:
    north = teams.make(cast.tenant, "North", by=cast.ada)
    give(cast.ada, row_of(cast.ben), Role.MANAGER, team=str(north.pk))
    entry = AuditEntry.objects.filter(target_type="tenants.membership").latest("id")
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert (entry.actor, entry.verb) == ("Ada", "changed")
    assert payload.before == {"role": "rep", "team": None}
    assert payload.after == {"role": "manager", "team": "North"}


def test_a_new_role_acts_with_the_next_request(cast: Cast) -> None:
    browser = as_person(cast.ben)
    assert browser.get(LIST, follow=True).status_code == 403
    give(cast.ada, row_of(cast.ben), Role.MANAGER)
    assert browser.get(LIST).status_code == 200
    give(cast.ada, row_of(cast.ben), Role.VIEWER)
    assert browser.get(LIST, follow=True).status_code == 403


def test_owners_are_looked_after_by_owners(cast: Cast) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    cast.join("Olga", Role.OWNER)
    assert give(mia, row_of(cast.ada), Role.REP).status_code == 403
    assert as_person(mia).post(f"/people/{row_of(cast.ada).pk}/remove/").status_code == 409
    give(mia, row_of(mia), Role.OWNER)
    roles = dict(Membership.of(cast.tenant).values_list("user__name", "role"))
    assert (roles["Ada"], roles["Mia"]) == (Role.OWNER, Role.MANAGER)


def test_nobody_is_deleted_past_the_dialog(cast: Cast) -> None:
    ada, bens = as_person(cast.ada), row_of(cast.ben)
    answer = ada.post(f"{LIST}{bens.pk}/delete/", {"post": "yes"})
    assert answer.headers["Location"] == f"/people/{bens.pk}/remove/"
    ada.post(LIST, {"action": "delete_selected", "_selected_action": str(bens.pk), "post": "yes"})
    assert Membership.of(cast.tenant).count() == 3


def test_forged_ids_change_nobody(cast: Cast) -> None:
    bens = row_of(cast.ben)
    theirs = teams.make(cast.other, "Theirs", by=cast.charlie)
    give(cast.charlie, bens, Role.OWNER)
    answer = give(cast.ada, bens, Role.REP, team=str(theirs.pk))
    assert "not one of the available choices" in answer.content.decode()
    bens.refresh_from_db()
    assert (bens.role, bens.team) == (Role.REP, None)
