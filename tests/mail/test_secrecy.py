"""A letter with a link that lets its reader in: only its reader ever sees it."""

import pytest

from crm.mail import letter, message
from crm.mail.letter import Letter
from crm.mail.models import Fate, Mail
from crm.tenants.acting import acting_for
from crm.work.drain import drain
from tests.mail.smtp_server import SmtpServer
from tests.people import Cast, as_person

LINK = "/set-password/abc/def/"
SECRET = Letter(subject="Come in", says="Here is it.", why="You asked.", path=LINK, is_secret=True)


def post(cast: Cast) -> Mail:
    with acting_for(cast.tenant):
        return letter.post_to("dora@home.example", SECRET, tenant=cast.tenant)


@pytest.mark.django_db
def test_its_text_is_sealed_while_it_waits(cast: Cast) -> None:
    mail = Mail.of(cast.tenant).get(pk=post(cast).pk)
    assert LINK not in mail.text + mail.html
    said = as_person(cast.ada).get(f"/admin/mail/mail/{mail.pk}/change/").content.decode()
    assert LINK not in said
    assert "nobody else is shown it" in said


@pytest.mark.django_db
def test_a_letter_that_nobody_can_do_without_names_no_way_to_stop_it(cast: Cast) -> None:
    written = message.write(post(cast)).content.decode()
    assert "List-Unsubscribe" not in written
    assert "Change what you are told" not in written


@pytest.mark.django_db
def test_it_moves_to_no_other_letter(cast: Cast) -> None:
    mail, other = post(cast), post(cast)
    mail.text = other.text
    with pytest.raises(message.CannotBeWritten, match="SECRET_KEY has changed"):
        message.write(mail)


def test_it_reaches_its_reader_and_is_forgotten(
    committed_db: None, cast: Cast, mail_server: SmtpServer
) -> None:
    mail = post(cast)
    drain(5)
    [sent] = mail_server.letters
    assert sent.to == ["dora@home.example"]
    assert LINK in sent.message.get_body(["plain"]).get_content()
    kept = Mail.of(cast.tenant).get(pk=mail.pk)
    assert (kept.fate, kept.text, kept.html) == (Fate.SENT, "", "")
