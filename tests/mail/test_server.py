"""EMAIL_URL and MAIL_FROM, and the sentences for those that will not do."""

import os
import subprocess
import sys

import pytest

from crm.mail import server
from crm.mail.server import Server, UnfitForMail
from tests.running.processes import ROOT


@pytest.mark.parametrize("text", [None, "", " "])
def test_without_a_setting_there_is_no_server(text: str | None) -> None:
    assert server.read(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("smtp://mail.example", Server("smtp", "mail.example", 25)),
        ("smtp+tls://mail.example", Server("smtp+tls", "mail.example", 587)),
        ("smtp+ssl://mail.example/", Server("smtp+ssl", "mail.example", 465)),
        ("SMTP+TLS://u:p@Mail.Example:2525", Server("smtp+tls", "mail.example", 2525, "u", "p")),
        (
            "smtp+tls://crm%40mail.example:p%40%3A%2F%23%25@mail.example",
            Server("smtp+tls", "mail.example", 587, "crm@mail.example", "p@:/#%"),
        ),
        ("smtp://u:p@[::1]:25", Server("smtp", "::1", 25, "u", "p")),
    ],
)
def test_a_server_as_it_is_written(text: str, found: Server) -> None:
    assert server.read(text) == found


def test_a_server_does_not_show_its_password() -> None:
    found = server.read("smtp+tls://user:hunter2@mail.example")
    assert "hunter2" not in f"{found} {found!r}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mail.example", "begins with none of smtp+tls://, smtp+ssl://, smtp://."),
        ("smtps://u:hunter2@mail.example", "begins with none of smtp+tls://"),
        ("smtp://", "names no host."),
        ("smtp://u:hunter2@", "names no host."),
        ("smtp://mail.example:0", "has no port from 1 to 65535"),
        ("smtp://mail.example:99999", "has no port from 1 to 65535"),
        ("smtp://mail.example:abc", "has no port from 1 to 65535"),
        ("smtp://[::1", "has no port from 1 to 65535"),
        ("smtp://u:hunter2#x@mail.example", "In user and password write / as %2F"),
        ("smtp://u:hunter2/x@mail.example", "In user and password write / as %2F"),
        ("smtp://mail.example/path", "goes on behind host and port."),
        ("smtp://mail.example?tls=1", "goes on behind host and port."),
        ("smtp://u@mail.example", "names a user without a password"),
        ("smtp://:hunter2@mail.example", "or a password without a user"),
        ("smtp://u:hunter2 @mail.example", "holds a space or a control character"),
        ("smtp://u:hunter2ä@mail.example", "other letters than those of ASCII"),
    ],
)
def test_a_url_that_will_not_do_is_answered_with_a_sentence(text: str, says: str) -> None:
    with pytest.raises(UnfitForMail) as refused:
        server.read(text)
    said = str(refused.value)
    assert said.startswith("EMAIL_URL ")
    assert says in said
    assert said.endswith("Write it like EMAIL_URL=smtp+tls://user:password@mail.example:587.")
    assert "hunter2" not in said


def test_who_writes() -> None:
    no_name = server.read("smtp://mail.example")
    named = server.read("smtp+tls://crm%40mail.example:p@mail.example")
    assert server.sender("", None) == "Fieldfare <fieldfare@localhost>"
    assert server.sender("", named) == "Fieldfare <crm@mail.example>"
    assert server.sender("Sales <a@b.example>", no_name) == "Sales <a@b.example>"
    assert server.sender("a@b.example", named) == "a@b.example"
    with pytest.raises(UnfitForMail, match="MAIL_FROM is not set, and the user in EMAIL_URL is no"):
        server.sender("", no_name)


@pytest.mark.parametrize(
    "text",
    [
        "nobody",
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: x@y",
        f"crm@{'mail.' * 60}example",
    ],
)
def test_a_sender_that_is_none_is_answered_with_a_sentence(text: str) -> None:
    with pytest.raises(UnfitForMail, match=r"(?s)MAIL_FROM=.* is no e-mail address\. Write it"):
        server.sender(text, None)


@pytest.mark.parametrize(
    "fault",
    [
        {"EMAIL_URL": "mail.example"},
        {"MAIL_FROM": "nobody"},
        {"EMAIL_URL": "smtp://mail.example", "MAIL_FROM": ""},
        {"BASE_URL": "crm.example"},
    ],
)
def test_the_sentence_is_all_that_is_said(fault: dict[str, str]) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "crm.running"],
        cwd=ROOT,
        env=os.environ | fault,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.count("\n") == 1
    assert next(iter(fault)) in answer.stderr or "MAIL_FROM" in answer.stderr
