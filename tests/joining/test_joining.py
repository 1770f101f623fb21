"""Somebody follows the link of an invitation, and is in; or is told why not."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from crm.joining.models import Invitation
from crm.ledger.models import AuditEntry
from crm.mail.models import Mail
from crm.tenants.models import Membership, Role, Team, User
from tests.factories.tenants import UserFactory
from tests.joining.conftest import DORA, PASSWORD, Invite
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
NEW = {"name": "Dora", "password": PASSWORD}
GONE = "This link works no longer."


def said(answer: Any) -> str:
    return str(answer.content.decode())


def refusals() -> list[str]:
    rows = AuditEntry.objects.filter(verb="was refused to join by")
    return list(rows.values_list("actor", flat=True))


def test_somebody_new_chooses_a_password_and_is_in(cast: Cast, invite: Invite, north: Team) -> None:
    link = invite(team=north).path
    browser = Client()
    page = said(browser.get(link))
    for word in (cast.tenant.name, "Ada invites you", "a rep in the team North", DORA):
        assert word in page
    answer = browser.post(link, NEW, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert f"Welcome to {cast.tenant}." in said(answer)
    dora = Membership.of(cast.tenant).get(user__email=DORA)
    assert (dora.user.name, dora.role, dora.team) == ("Dora", Role.REP, north)
    assert list(dora.user.groups.all()) == [north.group]
    later = Client()
    later.post("/sign-in/", {"username": DORA, "password": PASSWORD})
    assert later.get("/leads/").status_code == 200
    told = AuditEntry.objects.filter(tenant_id=cast.tenant.pk).order_by("id")
    verbs = [(entry.actor, entry.verb) for entry in told if entry.target_type != "tenants.team"]
    assert verbs[:3] == [("Ada", "invited"), ("Dora", "joined"), ("Dora", "accepted")]


def test_opening_the_link_alone_changes_nothing(invite: Invite) -> None:
    """Mail servers open the links in letters to look for harm."""
    link = invite().path
    for _ in range(2):
        assert Client().get(link).status_code == 200
    assert not User.objects.filter(email=DORA).exists()


@pytest.mark.parametrize("password", ["", "short", "password1", "dora@acme.example"])
def test_a_weak_password_is_asked_again(invite: Invite, password: str) -> None:
    answer = Client().post(invite().path, {"name": "Dora", "password": password})
    assert answer.status_code == 200
    assert "field-error" in said(answer)
    assert not User.objects.filter(email=DORA).exists()


def test_the_letter_holds_the_link_and_only_its_hash_is_kept(cast: Cast, invite: Invite) -> None:
    sent = invite()
    token = sent.path.split("/")[2]
    assert len(token) > 40
    assert token not in str(Invitation.of(cast.tenant).values_list())
    mail = Mail.of(cast.tenant).get()
    assert (mail.to, mail.user, mail.is_secret) == (DORA, None, True)
    assert mail.subject == f"Ada invites you to {cast.tenant}"


def test_who_is_known_here_signs_in_first(cast: Cast, invite: Invite) -> None:
    cast.charlie.set_password(PASSWORD)
    cast.charlie.save()
    link = invite(cast.charlie.email.upper()).path
    browser = Client()
    page = said(browser.get(link))
    assert 'name="password"' not in page
    assert f'href="/sign-in/?next={link}"' in page
    assert browser.post(link, NEW).headers["Location"] == f"/sign-in/?next={link}"
    signed_in = browser.post(
        "/sign-in/", {"username": cast.charlie.email, "password": PASSWORD, "next": link}
    )
    assert signed_in.headers["Location"] == link
    assert f"Join {cast.tenant}" in said(browser.get(link))
    assert f"Welcome to {cast.tenant}." in said(browser.post(link, follow=True))
    assert cast.charlie.memberships.count() == 2
    cast.charlie.refresh_from_db()
    assert cast.charlie.check_password(PASSWORD)
    assert f"<span>{cast.tenant}</span>" in said(browser.get("/leads/"))


def test_an_account_that_nobody_can_use_is_begun_anew(cast: Cast, invite: Invite) -> None:
    dora = UserFactory(name="Dora Old", email=DORA)
    dora.set_unusable_password()
    dora.save()
    Client().post(invite().path, NEW)
    dora.refresh_from_db()
    assert (dora.name, dora.memberships.count()) == ("Dora", 1)
    assert dora.check_password(PASSWORD)


def test_somebody_else_is_refused_and_learns_no_address(cast: Cast, invite: Invite) -> None:
    link = invite().path
    browser = as_person(cast.charlie)
    for method in ("get", "post"):
        answer = getattr(browser, method)(link)
        assert answer.status_code == 403
        assert "It was sent to d•••@a•••.example" in said(answer)
        assert "you are signed in as charlie@rival.example" in said(answer)
        assert DORA not in said(answer)
        assert 'action="/sign-out/"' in said(answer)
    assert cast.charlie.memberships.count() == 1
    assert refusals() == ["Charlie", "Charlie"]


def test_the_link_works_once(cast: Cast, invite: Invite) -> None:
    link = invite().path
    Client().post(link, NEW)
    for browser in (Client(), as_person(cast.charlie)):
        for method in ("get", "post"):
            answer = getattr(browser, method)(link, {"name": "Eve", "password": "other words 1"})
            assert answer.status_code == 410
            assert "This invitation was accepted already." in said(answer)
    assert User.objects.get(email=DORA).check_password(PASSWORD)
    assert len(refusals()) == 4
    entries = AuditEntry.objects.filter(verb="was refused to join by")
    actors = set(entries.values_list("actor", "actor_id"))
    assert actors == {("somebody not signed in", None), ("Charlie", cast.charlie.pk)}


def test_the_link_works_for_seven_days(cast: Cast, invite: Invite) -> None:
    sent = invite()
    row = Invitation.of(cast.tenant).filter(pk=sent.invitation.pk)
    row.update(expires_at=sent.invitation.expires_at - timedelta(days=6, hours=23))
    assert Client().get(sent.path).status_code == 200
    row.update(expires_at=sent.invitation.expires_at - timedelta(days=7, hours=1))
    for method in ("get", "post"):
        answer = getattr(Client(), method)(sent.path, NEW)
        assert answer.status_code == 410
        assert "This invitation is older than seven days." in said(answer)
    assert not User.objects.filter(email=DORA).exists()


@pytest.mark.parametrize("token", ["x", "a" * 500, "é", "..", "%00"])
def test_a_guessed_link_is_gone(client: Client, token: str) -> None:
    answer = client.get(f"/join/{token}/")
    assert answer.status_code in (400, 404, 410)


def test_an_inviter_who_may_no_longer_invite_lets_nobody_in(cast: Cast, invite: Invite) -> None:
    link = invite(role=Role.OWNER).path
    Membership.of(cast.tenant).filter(user=cast.ada).update(role=Role.MANAGER)
    answer = Client().post(link, NEW)
    assert answer.status_code == 410
    assert "may not ask anybody in any more" in said(answer)
    assert not User.objects.filter(email=DORA).exists()


def test_a_team_that_has_ended_is_no_hindrance(cast: Cast, invite: Invite, north: Team) -> None:
    link = invite(team=north).path
    as_person(cast.ada).post(f"/admin/tenants/team/{north.pk}/delete/", {})
    Client().post(link, NEW)
    assert Membership.of(cast.tenant).get(user__email=DORA).team is None


def test_a_closed_account_does_not_join(cast: Cast, invite: Invite) -> None:
    link = invite().path
    UserFactory(name="Dora", email=DORA, is_active=False)
    answer = Client().post(link, NEW)
    assert answer.headers.get("Location", "").startswith("/sign-in/")
    assert not Membership.of(cast.tenant).filter(user__email=DORA).exists()
