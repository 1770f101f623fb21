"""What a person looks after by themselves: name, zone, password, e-mail address, sessions."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from crm.accounts.models import NewAddress, Try
from crm.ledger.models import AuditEntry, AuditPayload
from crm.tenants.models import Membership, User
from tests.accounts.conftest import (
    OTHER,
    PASSWORD,
    browser_of,
    is_in,
    letters_to,
    link_in,
    sign_in,
)
from tests.people import Cast

pytestmark = pytest.mark.django_db
PAGE = "/account/"
NEW = "ben@home.example"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


def test_the_page_is_linked_from_the_person_s_name(people: Cast) -> None:
    ben = browser_of(people.ben)
    assert 'class="person-names" href="/account/"' in ben.get("/").content.decode()
    said = ben.get(PAGE).content.decode()
    for word in ("Time zone", "Password", "E-mail address", "Second factor", "This one"):
        assert word in said


def test_name_and_zone_are_kept(people: Cast) -> None:
    ben = browser_of(people.ben)
    ben.post(f"{PAGE}name/", {"name": "Benjamin", "zone": "America/New_York"})
    people.ben.refresh_from_db()
    assert (people.ben.name, people.ben.zone) == ("Benjamin", "America/New_York")
    entry = AuditEntry.objects.get(verb="changed")
    assert AuditPayload.objects.get(entry_id=entry.pk).before == {
        "name": "Ben",
        "zone": "Europe/London",
    }
    refused = ben.post(f"{PAGE}name/", {"name": "", "zone": "Nowhere/Land"})
    assert refused.status_code == 422
    people.ben.refresh_from_db()
    assert people.ben.name == "Benjamin"


def test_a_new_password_needs_the_present_one_and_ends_all_other_sessions(people: Cast) -> None:
    here, there = browser_of(people.ben), browser_of(people.ben)
    before = here.session.session_key
    wrong = here.post(f"{PAGE}password/", {"password": "not this one", "new": OTHER})
    assert "That password is not right." in wrong.content.decode()
    weak = here.post(f"{PAGE}password/", {"password": PASSWORD, "new": "password1"})
    assert weak.status_code == 422
    answer = here.post(f"{PAGE}password/", {"password": PASSWORD, "new": OTHER}, follow=True)
    said = answer.content.decode()
    assert "Your password is changed. One other session was ended." in said
    assert here.session.session_key != before
    assert (is_in(here), is_in(there)) == (True, False)
    assert sign_in(Client(), people.ben).status_code == 200
    assert letters_to(people.ben.email)[-1][0] == "Your password was changed"
    assert AuditEntry.objects.filter(verb="changed the password of", actor="Ben").count() == 1


def test_the_present_password_can_not_be_guessed_at_an_open_screen(people: Cast) -> None:
    ben = browser_of(people.ben)
    for _ in range(5):
        ben.post(f"{PAGE}password/", {"password": "not this one", "new": OTHER})
    answer = ben.post(f"{PAGE}password/", {"password": PASSWORD, "new": OTHER})
    assert "There were too many wrong tries." in answer.content.decode()
    people.ben.refresh_from_db()
    assert people.ben.check_password(PASSWORD)


def ask_for(browser: Client, email: str) -> None:
    answer = browser.post(f"{PAGE}e-mail/", {"email": email}, follow=True)
    assert "Open the link that is on its way to the new address." in answer.content.decode()


def test_a_new_address_is_taken_once_its_owner_opens_the_link(people: Cast) -> None:
    ben = browser_of(people.ben)
    before = people.ben.email
    ask_for(ben, NEW)
    assert NEW in ben.get(PAGE).content.decode()
    [(_, text)] = letters_to(NEW)
    link = link_in(text)
    people.ben.refresh_from_db()
    assert people.ben.email == before
    stranger = Client().get(link)
    assert stranger.headers["Location"] == f"/sign-in/?next={link}"
    assert NEW in ben.get(link).content.decode()
    ben.post(link)
    people.ben.refresh_from_db()
    assert people.ben.email == NEW
    assert is_in(ben)
    assert letters_to(before)[-1][0] == "Your e-mail address was changed"
    assert sign_in(Client(), NEW).status_code == 302
    assert sign_in(Client(), before).status_code == 200
    assert AuditEntry.objects.filter(verb="changed the e-mail address of").count() == 1
    assert ben.post(link).status_code == 404


def test_the_link_is_for_its_person_and_for_a_day(people: Cast) -> None:
    ben = browser_of(people.ben)
    ask_for(ben, NEW)
    link = link_in(letters_to(NEW)[0][1])
    assert browser_of(people.vera).post(link).status_code == 404
    NewAddress.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    assert ben.post(link).status_code == 404
    people.ben.refresh_from_db()
    assert people.ben.email != NEW


def test_a_taken_address_is_not_revealed(people: Cast) -> None:
    ben = browser_of(people.ben)
    ask_for(ben, people.charlie.email.upper())
    assert letters_to(people.charlie.email) == []
    assert people.charlie.email in ben.get(PAGE).content.decode()


def test_an_address_that_was_taken_meanwhile_is_not_had(people: Cast) -> None:
    ben = browser_of(people.ben)
    ask_for(ben, NEW)
    User.objects.filter(pk=people.vera.pk).update(email=NEW)
    answer = ben.post(link_in(letters_to(NEW)[0][1]), follow=True)
    assert "This address can&#x27;t be used." in answer.content.decode()
    people.ben.refresh_from_db()
    assert people.ben.email != NEW


def test_the_present_address_can_be_kept(people: Cast) -> None:
    ben = browser_of(people.ben)
    ask_for(ben, NEW)
    ben.post(f"{PAGE}e-mail/keep/")
    assert ben.post(link_in(letters_to(NEW)[0][1])).status_code == 404


def test_strangers_can_not_be_written_to_without_end(people: Cast) -> None:
    ben = browser_of(people.ben)
    for number in range(5):
        ask_for(ben, f"stranger{number}@home.example")
    refused = ben.post(f"{PAGE}e-mail/", {"email": NEW})
    assert "You have asked for this often in the last hour." in refused.content.decode()
    Try.objects.update(at=timezone.now() - timedelta(hours=2))
    ask_for(ben, NEW)


def test_a_session_is_named_and_ended_at_once(people: Cast) -> None:
    here, phone = browser_of(people.ben), Client(headers={"User-Agent": PHONE})
    sign_in(phone, people.ben, address="203.0.113.7")
    page = here.get(PAGE)
    said = page.content.decode()
    assert "Safari on iPhone" in said
    assert "203.0.113.7" in said
    [place] = [each for each in page.context["places"] if not each.is_this]
    here.post(f"{PAGE}sessions/{place.id}/end/")
    assert not is_in(phone)
    assert is_in(here)
    assert "iPhone" not in here.get(PAGE).context["places"][0].device
    assert AuditEntry.objects.filter(verb="ended a session of", actor="Ben").count() == 1


def test_nobody_ends_the_sessions_of_another(people: Cast) -> None:
    ben = browser_of(people.ben)
    [place] = ben.get(PAGE).context["places"]
    assert browser_of(people.ada).post(f"{PAGE}sessions/{place.id}/end/").status_code == 404
    assert is_in(ben)


def test_all_others_are_ended_together(people: Cast) -> None:
    here, *others = (browser_of(people.ben) for _ in range(3))
    here.post(f"{PAGE}sessions/end/")
    assert [is_in(each) for each in (here, *others)] == [True, False, False]


def test_the_session_of_who_was_removed_or_closed_ends(people: Cast) -> None:
    ben, vera = browser_of(people.ben), browser_of(people.vera)
    Membership.of(people.tenant).get(user=people.ben).delete()
    User.objects.filter(pk=people.vera.pk).update(is_active=False)
    assert (is_in(ben), is_in(vera)) == (False, False)


def test_signing_out_ends_the_session_and_is_written_down(people: Cast) -> None:
    ben = browser_of(people.ben)
    key = ben.session.session_key
    ben.post("/sign-out/")
    assert not Session.objects.filter(pk=key).exists()
    verbs = AuditEntry.objects.filter(actor="Ben").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["signed in as", "signed out as"]


def test_signing_in_begins_a_new_session(people: Cast) -> None:
    browser = Client()
    browser.get("/sign-in/passkey/")
    before = browser.session.session_key
    sign_in(browser, people.ben)
    assert browser.session.session_key != before
    cookie = browser.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert browser.cookies["device"]["httponly"]


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_no_way_leads_to_another_site(people: Cast, back: str) -> None:
    browser = Client()
    assert sign_in(browser, people.ben, next=back).headers["Location"] == "/"
    assert browser.get("/sign-in/", {"next": back}).headers["Location"] == "/"
    answer = browser.post("/account/confirm/", {"password": PASSWORD, "next": back})
    assert answer.headers["Location"] == "/"


def test_who_belongs_to_no_company_has_a_page_that_says_how_to_go_on(people: Cast) -> None:
    User.objects.create_superuser("boss@acme.example", PASSWORD, name="Boss")
    browser = Client()
    sign_in(browser, "boss@acme.example")
    said = browser.get(PAGE).content.decode()
    assert "Fieldfare can’t write to you" in said.replace("&#x27;", "’").replace("'", "’")
    refused = browser.post(f"{PAGE}e-mail/", {"email": NEW})
    assert "no e-mail can be sent for you" in refused.content.decode()
