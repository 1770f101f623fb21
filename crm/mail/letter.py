"""Writing a letter to somebody: it is a row of work in the transaction of what it tells of."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from crm import tasks
from crm.ids import uuid7
from crm.mail import secrecy
from crm.mail.models import Mail
from crm.tenants.models import Tenant, User

LONGEST_SUBJECT = 180
BREAKS = {"Cc", "Zl", "Zp"}


@dataclass(frozen=True)
class Letter:
    """`path` is the page that it is about and `button` what opens it.

    `why` says in a sentence why they are written to; `stop` is the page where its reader can end
    such letters, empty for those that nobody can do without. What `is_secret` lets its reader in
    by a link: its text is sealed, shown to nobody else, and forgotten once it is away.
    """

    subject: str
    says: str
    why: str
    stop: str = ""
    path: str = ""
    button: str = "See it in Fieldfare"
    is_secret: bool = False


def post(letter: Letter, people: Iterable[User], *, tenant: Tenant) -> list[Mail]:
    """Have the letter sent to each of these members, once this transaction is committed."""
    return _post(letter, [(person, person.email) for person in people], tenant)


def post_to(address: str, letter: Letter, *, tenant: Tenant) -> Mail:
    """Have the letter sent to an address behind which nobody of the tenant stands yet."""
    return _post(letter, [(None, address)], tenant)[0]


def _post(letter: Letter, readers: list[tuple[User | None, str]], tenant: Tenant) -> list[Mail]:
    subject = one_line(letter.subject)
    context = {
        "letter": letter,
        "subject": subject,
        "link": absolute(letter.path) if letter.path else "",
        "stop": absolute(letter.stop) if letter.stop else "",
    }
    fields = {
        "tenant": tenant,
        "subject": subject,
        "text": render_to_string("mail/letter.txt", context),
        "html": render_to_string("mail/letter.html", context),
        "stop_url": context["stop"],
        "is_secret": letter.is_secret,
    }
    mails = [_to(person, address, fields) for person, address in readers]
    for mail in mails:
        secrecy.seal(mail)
    Mail.of(tenant).bulk_create(mails)
    if mails:
        tasks.wake()
    return mails


def absolute(path: str) -> str:
    """The address of a page, as it is reached from anywhere."""
    return f"{settings.BASE_URL}{path}"


def one_line(text: str) -> str:
    """A text as a header can hold it: without breaks, and not too long."""
    flat = "".join(" " if unicodedata.category(each) in BREAKS else each for each in text)
    line = " ".join(flat.split())
    if len(line) <= LONGEST_SUBJECT:
        return line
    return f"{line[:LONGEST_SUBJECT].rsplit(' ', 1)[0]}…"


def _to(person: User | None, address: str, fields: dict[str, Any]) -> Mail:
    ident = uuid7()
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2]
    return Mail(id=ident, user=person, to=address, message_id=f"<{ident.hex}@{domain}>", **fields)
