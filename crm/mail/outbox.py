"""What a person is shown of e-mail: how this installation sends it, and their last letters."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from crm.look.formats import clock
from crm.mail import folder
from crm.mail.models import Fate, Mail
from crm.tenants.models import Membership
from crm.work import signs_of_life
from crm.work.models import State

SHOWN = 5
SOON = timedelta(minutes=1)
TONES = {
    Fate.SENT: "good",
    Fate.FILED: "good",
    Fate.NOT_NEEDED: "quiet",
    Fate.REFUSED: "bad",
    Fate.NOT_SENT: "bad",
    Fate.UNKNOWN: "warn",
}
NO_WORKER = "No worker is running; it goes out as soon as one does."


@dataclass(frozen=True)
class Entry:
    """A letter with its state in a word, that word's tone, and a sentence where one is due."""

    mail: Mail
    word: str
    tone: str
    says: str


def read(membership: Membership) -> dict[str, Any]:
    """Give how e-mail is sent here and the member's last letters, the newest first."""
    rows = Mail.of(membership.tenant).filter(user=membership.user_id).defer("text", "html")
    mails = list(rows.order_by("-id")[:SHOWN])
    is_waiting = any(mail.is_on_its_way for mail in mails)
    is_idle = is_waiting and not signs_of_life.is_anybody_there()
    soon = timezone.now() + SOON
    return {
        "mail_server": settings.MAIL_SERVER,
        "mail_from": settings.MAIL_FROM,
        "mail_folder": folder.shown(),
        "base_url": settings.BASE_URL,
        "letters": [_entry(mail, is_idle) for mail in mails],
        # Whether there is something to wait for on the page.
        "is_moving": any(mail.is_on_its_way and mail.due_at < soon for mail in mails),
    }


def _entry(mail: Mail, is_idle: bool) -> Entry:
    if mail.fate:
        fate = Fate(mail.fate)
        return Entry(mail, fate.label, TONES[fate], mail.last_error)
    if is_idle:
        return Entry(mail, "Waiting", "warn", NO_WORKER)
    if mail.state == State.WAITING:
        again = f"{mail.last_error} Tried again at {clock(mail.due_at)}."
        return Entry(mail, "Waiting", "warn", again)
    return Entry(mail, "On its way", "info", "")
