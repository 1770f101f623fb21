"""Whatever people name things, a letter is one letter, with its own headers and its own end."""

from html import unescape
from typing import Any

import pytest

from crm.mail import letter, message
from crm.mail.models import Fate, Mail
from crm.work.models import State
from tests.mail.conftest import Post, again, work
from tests.mail.smtp_server import SmtpServer
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_subject_can_not_add_a_header(post: Post, mail_server: SmtpServer, end: str) -> None:
    post(subject=f"Dentists{end}Bcc: everybody@rival.example{end}{end}Hello")
    work()
    (taken,) = mail_server.letters
    assert taken.message["Bcc"] is None
    assert taken.message["Subject"] == "Dentists Bcc: everybody@rival.example Hello"
    assert len(taken.to) == 1


def test_a_text_can_not_end_the_letter(post: Post, mail_server: SmtpServer) -> None:
    text = "One.\n.\n..\nQUIT\r\n.\r\nMAIL FROM:<a@b.example>\r.\rFrom here on."
    post(says=text)
    work()
    (taken,) = mail_server.letters
    body = taken.message.get_body(["plain"])
    assert body
    assert body.get_content().splitlines()[:8] == text.splitlines()
    assert mail_server.heard[-1].upper() == "QUIT"


def test_other_alphabets_and_long_lines_arrive(post: Post, mail_server: SmtpServer) -> None:
    subject = "Zähne & “Söhne” 🦷 within 15 miles of LE1 1AA: 100 new leads; 394 left."
    post(subject=subject, says=f"{subject}\n" + "W" * 3000)
    work()
    taken = mail_server.letters[0].message
    assert taken["Subject"] == subject
    plain, html = taken.get_body(["plain"]), taken.get_body(["html"])
    assert plain
    assert html
    assert plain.get_content().splitlines()[:2] == [subject, "W" * 3000]
    assert f"{subject}<br>{'W' * 3000}" in unescape(html.get_content())


def test_markup_is_text(post: Post, mail_server: SmtpServer) -> None:
    post(says="<script>alert(1)</script> & Sons: 3 new leads.")
    work()
    taken = mail_server.letters[0].message
    plain, html = taken.get_body(["plain"]), taken.get_body(["html"])
    assert plain
    assert html
    assert "<script>alert(1)</script> & Sons" in plain.get_content()
    assert "<script" not in html.get_content()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in html.get_content()


def test_a_letter_loads_nothing_and_follows_a_dark_reader(post: Post) -> None:
    (mail,) = post()
    for loading in ("<img", "<link", "@import", "url(", "src="):
        assert loading not in mail.html
    assert "prefers-color-scheme: dark" in mail.html


def test_long_addresses_are_not_broken_up(
    post: Post, mail_server: SmtpServer, settings: Any
) -> None:
    settings.BASE_URL = f"https://{'crm-of-the-cabling-company.' * 3}example"
    settings.MAIL_FROM = f"Fieldfare <crm@{'mail-of-the-cabling-company.' * 3}example>"
    (mail,) = post()
    work()
    (taken,) = mail_server.letters
    assert f"<{settings.BASE_URL}/notices/settings/>".encode() in taken.content
    assert mail.message_id.encode() in taken.content


def test_a_domain_of_another_alphabet_is_written_as_servers_know_it(
    post: Post, mail_server: SmtpServer, cast: Cast
) -> None:
    cast.ben.email = "ben@zähne.example"
    cast.ben.save()
    post()
    work()
    assert mail_server.letters[0].to == ["ben@xn--zhne-loa.example"]


@pytest.mark.parametrize("to", ["", "nobody", "ben@acme.example\r\nDATA", "a@b.example>, <c@d"])
def test_what_is_no_address_is_refused_before_it_leaves(
    post: Post, mail_server: SmtpServer, cast: Cast, to: str
) -> None:
    (mail,) = post()
    Mail.of(cast.tenant).update(to=to)
    work()
    mail = again(mail)
    assert (mail.state, mail.fate) == (State.DEAD, Fate.REFUSED)
    assert mail_server.letters == []
    assert not any("DATA" in heard for heard in mail_server.heard)


def test_a_letter_is_the_same_at_every_attempt(post: Post) -> None:
    (mail,) = post()
    first, second = message.write(mail), message.write(again(mail))
    boundary = first.content.split(b'boundary="')[1].split(b'"')[0]
    other = second.content.split(b'boundary="')[1].split(b'"')[0]
    assert first.content.replace(boundary, b"") == second.content.replace(other, b"")


def test_a_long_subject_ends_at_a_word() -> None:
    assert letter.one_line("word " * 50) == "word " * 35 + "word…"
    assert letter.one_line("  a \t b\n") == "a b"
