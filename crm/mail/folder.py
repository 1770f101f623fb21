"""The door where no mail server is set up: each letter becomes a file in a folder."""

import os
from pathlib import Path

from django.conf import settings

from crm.mail.answers import Deferred
from crm.mail.models import Mail


def shown() -> str:
    """The folder as people are told of it."""
    folder: Path = settings.MAIL_FOLDER
    if folder.is_relative_to(settings.BASE_DIR):
        return f"{folder.relative_to(settings.BASE_DIR)}/"
    return "DATA_DIR/mail/"


def path(mail: Mail) -> Path:
    """The letter's file, the same at every attempt."""
    return Path(settings.MAIL_FOLDER) / f"{mail.at:%Y%m%d-%H%M%S}-{mail.pk}.eml"


def put(mail: Mail, content: bytes) -> None:
    """Have the letter's file there, whole; a worker that died may have written it already."""
    target = path(mail)
    if target.exists():
        return
    draft = target.with_suffix(".part")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Letters hold what only their readers should know.
        opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise Deferred(f"The folder for e-mail can't be written: {error.strerror}.") from error
