"""Managers invite in the administration, send again and take back."""

import pytest
from django.test import Client

from crm.joining import invitations
from crm.joining.models import Invitation, State
from crm.ledger.models import AuditEntry
from crm.mail.models import Mail
from crm.tenants.models import Membership, Role, Team
from tests.factories.tenants import UserFactory
from tests.joining.conftest import DORA, INVITE, LIST, Invite, asked, links_in
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def act(by: object, action: str, *rows: Invitation) -> object:
    sent = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    return as_person(by).post(LIST, sent, follow=True)  # type: ignore[arg-type]


def test_several_are_invited_at_once_and_their_links_shown_once(cast: Cast, north: Team) -> None:
    pasted = "Dora <DORA@acme.example>, eve@acme.example;\n dora@acme.example"
    answer = asked(cast.ada, pasted, Role.VIEWER, str(north.pk))
    rows = Invitation.of(cast.tenant).order_by("email")
    assert [row.email for row in rows] == [DORA, "eve@acme.example"]
    assert {(row.role, row.team, row.by, row.state) for row in rows} == {
        (Role.VIEWER, north, cast.ada, State.OPEN)
    }
    links = links_in(answer)
    assert len(links) == 2
    assert all(Client().get(link).status_code == 200 for link in links)
    assert Mail.of(cast.tenant).count() == 2
    assert not links_in(as_person(cast.ada).get(LIST))


def test_with_a_mail_server_the_link_goes_to_its_reader_alone(
    cast: Cast, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL_SERVER = object()  # type: ignore[attr-defined]
    answer = asked(cast.ada, DORA)
    assert not links_in(answer)
    assert f"Invited {DORA}: the letter is on its way." in answer.content.decode()


@pytest.mark.parametrize(
    ("emails", "said"),
    [
        ("eve@acme.example BEN@acme.example", "Ben is a member already."),
        ("eve@acme.example, nobody@", "“nobody@” is no e-mail address."),
        ("Dora", "There is no e-mail address in this."),
        ("eve@acme.example\nnot-an-address", "“not-an-address” is no e-mail address"),
        ("eve@acme.example, nobody", "“nobody” is no e-mail address"),
        (" ".join(f"p{n}@acme.example" for n in range(51)), "These are 51."),
        ("eve@acme.example closed@acme.example", "The account of this address is closed."),
    ],
)
def test_one_bad_address_invites_nobody(cast: Cast, emails: str, said: str) -> None:
    UserFactory(name="Gone", email="closed@acme.example", is_active=False)
    answer = asked(cast.ada, emails)
    assert said in answer.content.decode()
    assert not Invitation.of(cast.tenant).exists()
    assert not Mail.of(cast.tenant).exists()


def test_names_may_stand_in_front_of_addresses_and_nothing_typed_is_lost(cast: Cast) -> None:
    answer = asked(cast.ada, "eve@acme.example\nnot-an-address")
    assert "eve@acme.example\nnot-an-address</textarea>" in answer.content.decode()
    asked(
        cast.ada,
        "Dora Poe <dora@acme.example>; Smith, Eve <eve@acme.example>,\nJo jo@acme.example\n",
    )
    assert Invitation.of(cast.tenant).count() == 3


def test_there_is_one_open_invitation_for_an_address(cast: Cast, invite: Invite) -> None:
    invite()
    assert f"{DORA} is invited already." in asked(cast.ada, DORA.upper()).content.decode()
    assert Invitation.of(cast.tenant).count() == 1


def test_one_that_is_too_old_stands_in_nobody_s_way(cast: Cast, invite: Invite) -> None:
    old = invite().invitation
    old.expires_at = old.made_at
    old.save()
    assert links_in(asked(cast.ada, DORA))
    old.refresh_from_db()
    assert old.state == State.REVOKED


def test_sending_again_gives_a_new_link_and_ends_the_old(cast: Cast, invite: Invite) -> None:
    first = invite()
    answer = act(cast.ada, "resend", first.invitation)
    (link,) = links_in(answer)
    assert Client().get(first.path).status_code == 410
    assert Client().get(link).status_code == 200
    assert Mail.of(cast.tenant).count() == 2
    first.invitation.refresh_from_db()
    assert first.invitation.sent == 2


def test_a_revoked_one_lets_nobody_in_and_stays_so(cast: Cast, invite: Invite) -> None:
    sent = invite()
    act(cast.ada, "revoke", sent.invitation)
    answer = Client().get(sent.path)
    assert answer.status_code == 410
    assert "This invitation was taken back." in answer.content.decode()
    again = act(cast.ada, "resend", sent.invitation)
    assert "This invitation was taken back." in again.content.decode()  # type: ignore[attr-defined]
    verbs = AuditEntry.objects.filter(target=f"invitation of {DORA}").order_by("id")
    assert [entry.verb for entry in verbs][:2] == ["invited", "revoked"]


def test_its_own_page_offers_both_as_long_as_it_is_open(cast: Cast, invite: Invite) -> None:
    row = invite().invitation
    ada, address = as_person(cast.ada), f"{LIST}{row.pk}/change/"
    page = ada.get(address).content.decode()
    assert f"<h1>Invitation of {DORA}</h1>" in page
    for action in ("resend", "revoke"):
        assert f'name="action" value="{action}"' in page
    act(cast.ada, "revoke", row)
    assert 'name="action"' not in ada.get(address).content.decode()


def test_a_manager_invites_no_owner(cast: Cast, invite: Invite) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    asked(mia, DORA, Role.OWNER)
    assert not Invitation.of(cast.tenant).exists()
    assert f'value="{Role.OWNER}"' not in as_person(mia).get(INVITE).content.decode()
    owners = invite(role=Role.OWNER).invitation
    for action in ("resend", "revoke"):
        answer = act(mia, action, owners)
        assert "Only an owner can invite an owner." in answer.content.decode()  # type: ignore[attr-defined]
    owners.refresh_from_db()
    assert (owners.sent, owners.state) == (1, State.OPEN)


def test_reps_and_viewers_invite_nobody(cast: Cast) -> None:
    for person in (cast.ben, cast.vera):
        assert asked(person, DORA).status_code == 403
        with pytest.raises(invitations.CannotInvite):
            invitations.invite(DORA, role=Role.REP, by=Membership.of(cast.tenant).get(user=person))
    assert not Invitation.of(cast.tenant).exists()


def test_forged_ids_do_nothing(cast: Cast, invite: Invite, north: Team) -> None:
    ours = invite().invitation
    answer = asked(cast.charlie, "eve@rival.example", Role.REP, str(north.pk))
    assert "not one of the available choices" in answer.content.decode()
    assert not Invitation.of(cast.other).exists()
    for action in ("resend", "revoke"):
        act(cast.charlie, action, ours)
    ours.refresh_from_db()
    assert (ours.sent, ours.state) == (1, State.OPEN)


def test_adding_a_member_means_inviting(cast: Cast) -> None:
    answer = as_person(cast.ada).get("/admin/tenants/membership/add/")
    assert answer.headers["Location"] == INVITE


@pytest.mark.parametrize("state", State)
def test_the_list_is_asked_by_state(cast: Cast, invite: Invite, state: State) -> None:
    rows = {each: invite(f"{each.value}@acme.example").invitation for each in State}
    rows[State.EXPIRED].expires_at = rows[State.EXPIRED].made_at
    rows[State.ACCEPTED].accepted_at = rows[State.REVOKED].revoked_at = invitations.now()
    for row in rows.values():
        row.save()
    page = as_person(cast.ada).get(LIST, {"state": state.value}).content.decode()
    assert [each for each in State if f"{each.value}@acme.example" in page] == [state]
