"""Without a mail server each letter becomes one file."""

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from crm.mail import folder, message
from crm.mail.models import Fate, Mail
from crm.work.models import State, Tally
from tests.mail.conftest import Post, again, becomes_due, work
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture(autouse=True)
def mails(settings: Any, tmp_path: Path) -> Path:
    settings.MAIL_FOLDER = tmp_path / "mail"
    return tmp_path / "mail"


def test_a_letter_is_a_file_that_mail_programs_open(post: Post, mails: Path, cast: Cast) -> None:
    (mail,) = post()
    work()
    (file,) = mails.iterdir()
    assert file.name == f"{mail.at:%Y%m%d-%H%M%S}-{mail.pk}.eml"
    found = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (found["To"], found["Subject"]) == (cast.ben.email, "Dentists: 3 new leads")
    assert (file.stat().st_mode & 0o777, mails.stat().st_mode & 0o777) == (0o600, 0o700)
    mail = again(mail)
    assert (mail.state, mail.fate) == (State.DONE, Fate.FILED)
    assert not Tally.objects.filter(name="service:smtp").exists()


def test_a_file_that_a_dead_worker_left_is_the_letter(post: Post, mails: Path) -> None:
    (mail,) = post()
    folder.put(mail, message.write(mail).content)
    (file,) = mails.iterdir()
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    work()
    assert list(mails.iterdir()) == [file]
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert again(mail).fate == Fate.FILED


def test_a_half_written_file_is_no_letter(post: Post, mails: Path) -> None:
    (mail,) = post()
    mails.mkdir()
    folder.path(mail).with_suffix(".part").write_bytes(b"half a let")
    work()
    (file,) = mails.iterdir()
    assert file.suffix == ".eml"
    assert b"Dentists: 3 new leads" in file.read_bytes()


def test_a_folder_that_can_not_be_written_costs_only_time(post: Post, mails: Path) -> None:
    mails.write_text("in the way")
    (mail,) = post()
    work()
    mail = again(mail)
    assert mail.state == State.WAITING
    assert mail.last_error.startswith("The folder for e-mail can't be written: ")
    assert str(mails) not in mail.last_error
    mails.unlink()
    becomes_due(mail)
    work()
    assert len(list(mails.iterdir())) == 1
    assert again(mail).fate == Fate.FILED


def test_many_letters_of_one_second_are_as_many_files(post: Post, mails: Path, cast: Cast) -> None:
    for _ in range(4):
        post(cast.ada, cast.ben, cast.vera)
    work()
    assert len(list(mails.iterdir())) == Mail.of(cast.tenant).count() == 12
