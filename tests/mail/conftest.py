"""A mail server that tests can spoil, and letters to Ben."""

import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from crm.mail import letter, sending, server
from crm.mail.letter import Letter
from crm.mail.models import Mail
from crm.tenants.acting import acting_for
from crm.tenants.models import User
from crm.work.drain import drain
from tests.mail.smtp_server import SmtpServer
from tests.people import Cast

PATIENCE = 30
Serve = Callable[..., SmtpServer]
Post = Callable[..., list[Mail]]


@pytest.fixture
def serve(settings: Any) -> Iterator[Serve]:
    """Starts a mail server and sets it up, as EMAIL_URL would."""
    started: list[SmtpServer] = []

    def serving(scheme: str = "smtp", host: str = "127.0.0.1", **options: Any) -> SmtpServer:
        found = SmtpServer(**options)
        started.append(found)
        settings.MAIL_SERVER = server.read(found.url(scheme, host))
        settings.MAIL_FROM = "Fieldfare <crm@mail.example>"
        return found

    yield serving
    for each in started:
        each.close()


@pytest.fixture
def mail_server(serve: Serve) -> SmtpServer:
    return serve()


@pytest.fixture
def post(cast: Cast) -> Post:
    """Writes a letter to Ben, or to whom else is named."""

    def posting(*people: User, **words: str) -> list[Mail]:
        given = {
            "subject": "Dentists: 3 new leads",
            "says": "Dentists: 3 new leads; 491 left.",
            "why": "You get this because you asked for it.",
            "stop": "/notices/settings/",
            "path": "/campaigns/",
        } | words
        with acting_for(cast.tenant):
            return letter.post(Letter(**given), people or [cast.ben], tenant=cast.tenant)

    return posting


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that has failed may be asked again at once, and need not be waited for long."""
    monkeypatch.setattr(sending, "PEACE_SECONDS", 0.0)
    monkeypatch.setattr("crm.mail.smtp.SECONDS", 1.5)
    monkeypatch.setattr("crm.mail.smtp.SECONDS_TO_LEAVE", 0.2)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of this machine, with its key, that nobody knows."""
    if shutil.which("openssl") is None:
        pytest.skip("No openssl was found: TLS was NOT tested.")
    made = tmp_path / "localhost.pem"
    words = ["req", "-x509", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    words += ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    files = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "certificate")]
    subprocess.run(["openssl", *words, *names, *files], check=True, capture_output=True)
    made.write_text((tmp_path / "key").read_text() + (tmp_path / "certificate").read_text())
    return made


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    """What a server needs to show it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def work() -> None:
    """Do what is due."""
    assert drain(PATIENCE) is False


def becomes_due(mail: Mail) -> None:
    """Time passes until it is tried again."""
    Mail.of(mail.tenant).filter(pk=mail.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def again(mail: Mail) -> Mail:
    """The row as it is now."""
    return Mail.of(mail.tenant).get(pk=mail.pk)
