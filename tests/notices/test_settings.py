"""The page on which a person says what to hear."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product

from crm.ledger.models import AuditEntry, AuditPayload
from crm.mail import server
from crm.mail.models import Fate, Mail
from crm.notices import preferences
from crm.notices.models import Kind, Preference
from crm.notices.preferences import Ways
from crm.tenants.models import Membership, User
from crm.work.models import State
from tests.factories.mail import MailFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PAGE = "/notices/settings/"
TEST = "/notices/settings/test/"


def wishes(cast: Cast, person: User) -> dict[Kind, Ways]:
    return preferences.of(Membership.of(cast.tenant).get(user=person))


def page(person: User) -> str:
    return as_person(person).get(PAGE).content.decode().replace("&#x27;", "'")


def test_at_first_every_box_is_ticked_but_for_letters_of_what_is_of_the_moment(cast: Cast) -> None:
    said = page(cast.vera)
    assert said.count('type="checkbox"') == said.count(" checked") + 2 == 2 * len(Kind)
    assert wishes(cast, cast.vera)[Kind.BULK] == Ways(on_bell=True, by_email=False)
    assert wishes(cast, cast.vera)[Kind.RULE] == Ways(on_bell=True, by_email=False)
    for kind in Kind:
        assert f'aria-label="{kind.label}: on the bell"' in said
        assert f'aria-label="{kind.label}: by e-mail"' in said


def test_what_is_unticked_is_off_and_written_down(cast: Cast) -> None:
    ben = as_person(cast.ben)
    answer = ben.post(PAGE, {"completed_bell": "on", "failed_bell": "on", "failed_email": "on"})
    assert answer.headers["Location"] == PAGE
    assert "Saved." in ben.get(PAGE).content.decode()
    assert wishes(cast, cast.ben) == {
        Kind.RUN_COMPLETED: Ways(on_bell=True, by_email=False),
        Kind.RUN_FAILED: Ways(on_bell=True, by_email=True),
        Kind.BUDGET: Ways(on_bell=False, by_email=False),
        Kind.SHARED: Ways(on_bell=False, by_email=False),
        Kind.MENTIONED: Ways(on_bell=False, by_email=False),
        Kind.BULK: Ways(on_bell=False, by_email=False),
        Kind.CREDITS: Ways(on_bell=False, by_email=False),
        Kind.KEYS: Ways(on_bell=False, by_email=False),
        Kind.ENRICHED: Ways(on_bell=False, by_email=False),
        Kind.NEWS: Ways(on_bell=False, by_email=False),
        Kind.RULE: Ways(on_bell=False, by_email=False),
    }
    assert page(cast.ben).count(" checked") == 3
    of_the_moment = dict.fromkeys((Kind.BULK, Kind.RULE), Ways(True, False))
    assert wishes(cast, cast.ada) == dict.fromkeys(Kind, Ways()) | of_the_moment
    entry = AuditEntry.objects.get(verb="changed the notifications of")
    changed = [
        "budget", "bulk", "completed", "credits", "enriched", "keys", "mentioned", "news", "rule",
        "shared",
    ]  # fmt: skip
    assert (entry.actor, entry.fields) == ("Ben", changed)
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert payload.before == dict.fromkeys(changed, "bell and e-mail") | dict.fromkeys(
        ("bulk", "rule"), "bell"
    )
    assert payload.after == dict.fromkeys(changed, "not at all") | {"completed": "bell"}


def test_saving_the_same_again_changes_and_writes_nothing(cast: Cast) -> None:
    ben = as_person(cast.ben)
    for _ in range(2):
        ben.post(PAGE, {})
    assert Preference.of(cast.tenant).count() == len(Kind)
    assert AuditEntry.objects.filter(verb="changed the notifications of").count() == 1


def test_it_is_found_from_the_notices_and_from_one_s_own_menu(cast: Cast) -> None:
    said = as_person(cast.ben).get("/notices/").content.decode()
    assert said.count(f'href="{PAGE}"') == 3


def test_without_a_server_everybody_is_told_and_only_managers_how_to_change_it(
    cast: Cast, settings: Any
) -> None:
    settings.MAIL_FOLDER = product.BASE_DIR / ".data" / "mail"
    told = "No mail server is set up: e-mail is written into the folder <code>.data/mail/</code>"
    for person in (cast.ada, cast.ben, cast.vera):
        assert told in page(person)
    assert "Set <code>EMAIL_URL</code>" in page(cast.ada)
    assert "EMAIL_URL" not in page(cast.ben)
    assert "An owner or manager can have that changed." in page(cast.ben)


def test_a_folder_elsewhere_is_not_named_by_its_path(cast: Cast, settings: Any) -> None:
    settings.MAIL_FOLDER = Path("/srv/fieldfare/mail")
    assert "/srv" not in page(cast.ada)
    assert "DATA_DIR/mail/" in page(cast.ada)


def test_with_a_server_managers_see_which_and_nobody_its_password(
    cast: Cast, settings: Any
) -> None:
    settings.MAIL_SERVER = server.read("smtp+tls://crm:hunter2@mail.example")
    assert "mail.example:587" in page(cast.ada)
    assert "mail.example:587" not in page(cast.ben)
    for person in (cast.ada, cast.ben):
        assert "No mail server" not in page(person)
        assert "hunter2" not in page(person)


def test_the_last_letters_are_one_s_own(cast: Cast) -> None:
    for person in (cast.ada, cast.ben):
        MailFactory(
            tenant=cast.tenant, user=person, subject=f"For {person}", state="done", fate=Fate.SENT
        )
    said = page(cast.ben)
    assert "For Ben" in said
    assert "For Ada" not in said


@pytest.mark.parametrize(
    ("fields", "word", "says"),
    [
        ({"fate": Fate.UNKNOWN, "last_error": "Ask them."}, "May have been sent", "Ask them."),
        ({"fate": Fate.REFUSED, "last_error": "550 No."}, "Refused", "550 No."),
        ({"fate": Fate.FILED}, "Written into the folder", ""),
        ({}, "Waiting", "No worker is running; it goes out as soon as one does."),
    ],
)
def test_what_became_of_a_letter_is_said(
    cast: Cast, fields: dict[str, str], word: str, says: str
) -> None:
    MailFactory(tenant=cast.tenant, user=cast.ben, **fields)
    said = page(cast.ben)
    assert word in said
    assert says in said
    assert ('hx-trigger="every 2s"' in said) == ("fate" not in fields)


def test_a_second_test_letter_hurries_the_first(cast: Cast) -> None:
    ben = as_person(cast.ben)
    ben.post(TEST)
    mails = Mail.of(cast.tenant)
    due = mails.get().due_at
    mails.update(state=State.WAITING, due_at=due.replace(year=due.year + 1))
    said = ben.post(TEST, follow=True).content.decode()
    assert "One is on its way already; it is tried again now." in said
    assert mails.get().due_at.year == due.year
    mails.update(fate=Fate.SENT)
    ben.post(TEST)
    assert mails.count() == 2
