"""A password is told to the server that is meant, and to nobody on the way."""

import ssl

import pytest

from crm.mail import smtp
from crm.mail.models import Fate
from crm.work.models import State
from tests.mail.conftest import Post, Serve, again, work

pytestmark = pytest.mark.usefixtures("committed_db")
KNOWN = {"user": "crm", "password": "secret"}


@pytest.mark.parametrize(
    ("scheme", "at_once"), [("smtp+tls", False), ("smtp+ssl", True), ("smtp", False)]
)
def test_over_tls_with_a_password(
    post: Post, serve: Serve, tls: ssl.SSLContext, trusted: None, scheme: str, at_once: bool
) -> None:
    found = serve(scheme, "localhost", tls=tls, at_once=at_once, **KNOWN)
    (mail,) = post()
    work()
    assert again(mail).last_error == ""
    assert len(found.letters) == 1
    if not at_once:
        assert found.heard.index("STARTTLS") < found.heard.index("AUTH")


@pytest.mark.parametrize(
    ("scheme", "at_once"), [("smtp+tls", False), ("smtp+ssl", True), ("smtp", False)]
)
def test_a_stranger_s_certificate_is_told_nothing(
    post: Post, serve: Serve, tls: ssl.SSLContext, scheme: str, at_once: bool
) -> None:
    found = serve(scheme, "localhost", tls=tls, at_once=at_once, **KNOWN)
    (mail,) = post()
    work()
    mail = again(mail)
    assert mail.state == State.WAITING
    assert "can't be trusted" in mail.last_error
    assert "AUTH" not in found.heard
    assert found.letters == []


def test_a_certificate_for_another_name_is_a_stranger_s(
    post: Post, serve: Serve, tls: ssl.SSLContext, trusted: None
) -> None:
    found = serve("smtp+tls", "127.0.0.1", tls=tls, **KNOWN)
    (mail,) = post()
    work()
    assert "can't be trusted" in again(mail).last_error
    assert "AUTH" not in found.heard


def test_encryption_that_was_asked_for_is_not_gone_without(post: Post, serve: Serve) -> None:
    found = serve("smtp+tls")
    (mail,) = post()
    work()
    assert "does not offer what EMAIL_URL asks for (STARTTLS" in again(mail).last_error
    assert not any(heard.startswith("MAIL") for heard in found.heard)


def test_a_password_does_not_cross_a_network_in_the_clear(
    post: Post, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "LOCAL", set())
    found = serve(**KNOWN)
    (mail,) = post()
    work()
    assert "offers no encryption, so it is not told the password" in again(mail).last_error
    assert "AUTH" not in found.heard


def test_to_this_machine_it_may(post: Post, serve: Serve) -> None:
    found = serve(**KNOWN)
    (mail,) = post()
    work()
    assert again(mail).fate == Fate.SENT
    assert len(found.letters) == 1


def test_without_a_password_any_certificate_is_better_than_none(
    post: Post, serve: Serve, tls: ssl.SSLContext
) -> None:
    found = serve("smtp", tls=tls)
    (mail,) = post()
    work()
    assert again(mail).fate == Fate.SENT
    assert "STARTTLS" in found.heard
