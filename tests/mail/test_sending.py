"""A letter reaches its reader once, whatever the mail server does meanwhile."""

import logging
from typing import Any

import pytest
from django.utils import timezone

from crm.mail import sending, server
from crm.mail.models import Fate, Mail
from crm.tenants.models import Membership
from crm.work.models import State, Tally
from tests.mail.conftest import Post, Serve, again, becomes_due, work
from tests.mail.smtp_server import SmtpServer
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")
BEFORE_THE_DOT = ["connect", "EHLO", "MAIL", "RCPT", "DATA"]


def test_a_letter_arrives(post: Post, mail_server: SmtpServer, cast: Cast) -> None:
    (mail,) = post()
    work()
    (letter,) = mail_server.letters
    assert (letter.sender, letter.to) == ("crm@mail.example", [cast.ben.email])
    message = letter.message
    assert message["From"] == "Fieldfare <crm@mail.example>"
    assert message["To"] == cast.ben.email
    assert message["Subject"] == "Dentists: 3 new leads"
    assert message["Message-ID"] == mail.message_id
    assert message["List-Unsubscribe"] == "<http://127.0.0.1:8000/notices/settings/>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert abs((message["Date"].datetime - timezone.now()).total_seconds()) < 60
    for kind in ("plain", "html"):
        body = message.get_body([kind])
        assert body
        said = body.get_content()
        assert "Dentists: 3 new leads; 491 left." in said
        assert "http://127.0.0.1:8000/campaigns/" in said
        assert "You get this because you asked for it." in said
    mail = again(mail)
    assert (mail.state, mail.fate, mail.sending_at) == (State.DONE, Fate.SENT, None)
    assert mail.ended_at is not None
    tally = Tally.objects.get(name="service:smtp")
    assert (tally.done, tally.failed) == (1, 0)


def test_each_reader_gets_a_letter_of_their_own(
    post: Post, mail_server: SmtpServer, cast: Cast
) -> None:
    post(cast.ada, cast.ben, cast.vera)
    work()
    assert sorted(letter.to for letter in mail_server.letters) == sorted(
        [[cast.ada.email], [cast.ben.email], [cast.vera.email]]
    )
    for letter in mail_server.letters:
        assert letter.message["To"] == letter.to[0]
        assert letter.message["Cc"] is letter.message["Bcc"] is None


@pytest.mark.parametrize("step", [*BEFORE_THE_DOT, "dot"])
def test_a_server_that_asks_for_patience_gets_it_later(
    post: Post, mail_server: SmtpServer, step: str
) -> None:
    mail_server.faults.answers[step] = "451 4.7.1 Come back later"
    (mail,) = post()
    work()
    mail = again(mail)
    assert (mail.state, mail.deferrals, mail.sending_at) == (State.WAITING, 1, None)
    assert "451 4.7.1 Come back later" in mail.last_error
    assert mail_server.letters == []
    mail_server.faults.clear()
    work()
    assert mail_server.letters == [], "it is not due yet"
    becomes_due(mail)
    work()
    assert [letter.message["Message-ID"] for letter in mail_server.letters] == [mail.message_id]
    mail = again(mail)
    assert (mail.fate, mail.last_error) == (Fate.SENT, "")


@pytest.mark.parametrize("step", BEFORE_THE_DOT)
@pytest.mark.parametrize("fault", ["drops", "hangs"])
def test_a_line_that_breaks_before_the_last_dot_costs_only_time(
    post: Post, mail_server: SmtpServer, step: str, fault: str
) -> None:
    getattr(mail_server.faults, fault).add(step)
    (mail,) = post()
    work()
    mail = again(mail)
    assert (mail.state, mail.fate, mail.sending_at) == (State.WAITING, "", None)
    assert "can't be reached" in mail.last_error
    mail_server.faults.clear()
    becomes_due(mail)
    work()
    assert len(mail_server.letters) == 1
    assert again(mail).fate == Fate.SENT


@pytest.mark.parametrize("fault", ["drops", "hangs"])
def test_a_line_that_breaks_behind_the_last_dot_leaves_a_doubt_and_no_second_letter(
    post: Post, mail_server: SmtpServer, fault: str
) -> None:
    getattr(mail_server.faults, fault).add("dot")
    (mail,) = post()
    work()
    mail = again(mail)
    assert (mail.state, mail.fate) == (State.DEAD, Fate.UNKNOWN)
    assert "had all of it and did not answer. Ask its reader" in mail.last_error
    mail_server.faults.clear()
    becomes_due(mail)
    work()
    assert len(mail_server.letters) == 1


@pytest.mark.parametrize("step", ["RCPT", "DATA", "dot"])
def test_a_refusal_is_final_and_says_why(
    post: Post, mail_server: SmtpServer, cast: Cast, step: str
) -> None:
    mail_server.faults.answers[step] = "550 5.1.1 No such user here"
    (mail,) = post()
    work()
    mail = again(mail)
    assert (mail.state, mail.fate, mail.sending_at) == (State.DEAD, Fate.REFUSED, None)
    assert mail.last_error == (
        f"The mail server 127.0.0.1:{mail_server.port} refuses e-mail to {cast.ben.email} "
        "(550 5.1.1 No such user here)."
    )
    mail_server.faults.clear()
    work()
    assert mail_server.letters == []


def test_one_refused_reader_does_not_harm_the_others(
    post: Post, mail_server: SmtpServer, cast: Cast
) -> None:
    mail_server.faults.answers["RCPT"] = "550 5.1.1 No such user here"
    post(cast.ada)
    work()
    mail_server.faults.clear()
    post(cast.ben)
    work()
    assert [letter.to for letter in mail_server.letters] == [[cast.ben.email]]


def test_a_sender_whom_the_server_refuses_is_the_installation_s_fault(
    post: Post, mail_server: SmtpServer
) -> None:
    mail_server.faults.answers["MAIL"] = "553 5.7.1 Not your address"
    (mail,) = post()
    work()
    mail = again(mail)
    assert mail.state == State.WAITING
    assert "takes no e-mail from crm@mail.example (553 5.7.1 Not your address)" in mail.last_error


def test_a_wrong_password_waits_for_somebody_to_mend_it(
    post: Post, serve: Serve, settings: Any
) -> None:
    found = serve(user="crm", password="right")
    settings.MAIL_SERVER = server.read(f"smtp://crm:wr0ng@127.0.0.1:{found.port}")
    (mail,) = post()
    work()
    said = again(mail).last_error
    assert "does not know the user and password of EMAIL_URL (535 5.7.8 Who are you?)" in said
    assert "wr0ng" not in said
    settings.MAIL_SERVER = server.read(found.url())
    becomes_due(mail)
    work()
    assert len(found.letters) == 1


def test_an_absent_server_is_tried_less_and_less_often_and_given_up_after_a_day(
    post: Post, mail_server: SmtpServer
) -> None:
    mail_server.close()
    (mail,) = post()
    waits = []
    for _ in sending.DELAYS:
        began = timezone.now()
        work()
        mail = again(mail)
        assert mail.state == State.WAITING
        waits.append(round((mail.due_at - began).total_seconds()))
        becomes_due(mail)
    assert waits == sorted(waits)
    assert waits[0] < 60
    assert sum(waits) > 20 * 3600
    work()
    mail = again(mail)
    assert (mail.state, mail.fate) == (State.DEAD, Fate.NOT_SENT)
    assert "can't be reached (Connection refused). It was tried for a day." in mail.last_error
    assert Tally.objects.get(name="service:smtp").failed == len(waits) + 1


def test_a_server_that_hangs_is_left_in_peace_by_the_other_letters(
    post: Post, mail_server: SmtpServer, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PEACE_SECONDS", 60.0)
    mail_server.faults.hangs.add("connect")
    for _ in range(4):
        post(cast.ada, cast.ben, cast.vera)
    work()
    assert mail_server.connections <= 3, "as many as are tried side by side"
    assert set(Mail.of(cast.tenant).values_list("state", flat=True)) == {State.WAITING}


@pytest.mark.parametrize("how", ["removed", "inactive"])
def test_whoever_has_left_is_not_written_to(
    post: Post, mail_server: SmtpServer, cast: Cast, how: str
) -> None:
    (mail,) = post()
    if how == "removed":
        Membership.of(cast.tenant).filter(user=cast.ben).delete()
    else:
        cast.ben.is_active = False
        cast.ben.save()
    work()
    assert (mail_server.letters, mail_server.connections) == ([], 0)
    mail = again(mail)
    assert (mail.state, mail.fate) == (State.DONE, Fate.NOT_NEEDED)


def test_no_address_is_logged(
    post: Post, mail_server: SmtpServer, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for step, answer in {"RCPT": "550 No", "MAIL": "450 Later", "connect": "421 Busy"}.items():
        mail_server.faults.clear()
        mail_server.faults.answers[step] = answer
        post()
        work()
    assert "Refused" in caplog.text
    assert cast.ben.email not in caplog.text
