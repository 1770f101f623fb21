"""The test e-mail goes the way of all letters, and the page says what became of it."""

import pytest
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.mail.models import Mail
from crm.work.models import Heartbeat
from tests.mail.conftest import becomes_due, work
from tests.mail.smtp_server import SmtpServer
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")
TEST = "/notices/settings/test/"
LETTERS = "/notices/settings/letters/"


def test_it_arrives(cast: Cast, mail_server: SmtpServer) -> None:
    vera = as_person(cast.vera)
    assert vera.post(TEST).headers["Location"] == "/notices/settings/"
    work()
    (letter,) = mail_server.letters
    assert letter.to == [cast.vera.email]
    assert letter.message["Subject"] == "A test e-mail from Fieldfare"
    said = vera.get(LETTERS).content.decode()
    assert "A test e-mail from Fieldfare" in said
    assert ">Sent</span>" in said
    assert "hx-trigger" not in said
    assert AuditEntry.objects.filter(verb="sent a test e-mail to", actor="Vera").count() == 1


def test_what_keeps_it_is_said_while_it_waits(cast: Cast, mail_server: SmtpServer) -> None:
    Heartbeat.objects.create(name="worker:here", at=timezone.now(), host="here", pid=1)
    mail_server.faults.answers["RCPT"] = "450 4.2.1 Mailbox is busy"
    vera = as_person(cast.vera)
    vera.post(TEST)
    work()
    said = vera.get(LETTERS).content.decode()
    assert "Waiting" in said
    assert "(450 4.2.1 Mailbox is busy). Tried again at " in said
    assert 'hx-trigger="every 2s"' in said
    mail_server.faults.clear()
    becomes_due(Mail.of(cast.tenant).get())
    work()
    assert ">Sent</span>" in vera.get(LETTERS).content.decode()
