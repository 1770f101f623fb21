"""The work behind a row: hand its letter over once, and write down what became of it."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone

from crm.mail import folder, message, secrecy, smtp
from crm.mail.answers import Deferred, NotReached, Refused, Unanswered
from crm.mail.models import Fate, Mail
from crm.mail.server import Server
from crm.tenants.acting import acting_for
from crm.tenants.members import who_is_still_here
from crm.work import tally
from crm.work.lease import FREE, Lease
from crm.work.models import State
from crm.work.table import Table

logger = logging.getLogger(__name__)

# Servers are away for minutes and ask for patience for hours; after a day nobody wants the news.
DELAYS = [timedelta(minutes=m) for m in (0.5, 1, 2, 5, 15, 60, 120, 240, 480, 480)]
# A server that can't be reached is left in peace for so long by all letters of this process: each
# would hold up what else there is to do.
PEACE_SECONDS = 20.0
INTERRUPTED = (
    "The worker ended while the mail server had it. Ask its reader before you queue it again."
)

_away: dict[Server, tuple[float, str]] = {}


def send(mail: Mail, lease: Lease) -> None:
    """Hand the letter over, unless a server may have it already or nobody is there to read it."""
    if mail.sending_at is not None:
        _end(mail, lease, Fate.UNKNOWN, INTERRUPTED)
        return
    if not _has_reader(mail):
        _end(mail, lease, Fate.NOT_NEEDED)
        return
    try:
        _hand_over(mail, lease)
    except Deferred as reason:
        _put_off(mail, lease, str(reason))
    except (Refused, message.CannotBeWritten) as reason:
        _end(mail, lease, Fate.REFUSED, str(reason))
    except Unanswered as reason:
        _end(mail, lease, Fate.UNKNOWN, f"{reason} Ask its reader before you queue it again.")


def _has_reader(mail: Mail) -> bool:
    """Say whether its reader is a member; who is to become one is no member yet."""
    if mail.user is None:
        return True
    with acting_for(mail.tenant):
        return bool(who_is_still_here(mail.tenant, [mail.user]))


def _hand_over(mail: Mail, lease: Lease) -> None:
    written = message.write(mail)
    server = settings.MAIL_SERVER
    if server is None:
        folder.put(mail, written.content)
        _end(mail, lease, Fate.FILED)
        return

    def mark() -> None:
        with acting_for(mail.tenant):
            lease.write(mail, sending_at=Now())

    _leave_in_peace(server)
    began, failed = time.monotonic(), True
    try:
        with smtp.opened(server) as hand_over:
            hand_over(written, mark)
            failed = False
            # At once: each moment in which the server has it and we have not noted that is a risk.
            _end(mail, lease, Fate.SENT)
    except NotReached as reason:
        logger.warning("%s", reason)
        _away[server] = (time.monotonic() + PEACE_SECONDS, str(reason))
        raise
    finally:
        tally.call("smtp", seconds=time.monotonic() - began, failed=failed)


def _leave_in_peace(server: Server) -> None:
    until, reason = _away.get(server, (0.0, ""))
    if time.monotonic() < until:
        raise Deferred(reason)


def _end(mail: Mail, lease: Lease, fate: Fate, error: str = "") -> None:
    """Write down the letter's fate; one that failed is dead, for a person to look at."""
    state = State.DEAD if error else State.DONE
    forgotten = secrecy.forgotten(mail) if state == State.DONE else {}
    with acting_for(mail.tenant):
        lease.finish(
            mail,
            state=state,
            fate=fate,
            ended_at=Now(),
            sending_at=None,
            last_error=error,
            **forgotten,
        )
    if error:
        logger.warning("E-mail %s: %s", mail.pk, fate.label)


def _put_off(mail: Mail, lease: Lease, reason: str) -> None:
    """Try again later, or never after the last delay."""
    if mail.deferrals >= len(DELAYS):
        _end(mail, lease, Fate.NOT_SENT, f"{reason} It was tried for a day.")
        return
    with acting_for(mail.tenant):
        lease.write(
            mail,
            state=State.WAITING,
            due_at=Now() + DELAYS[mail.deferrals],
            deferrals=mail.deferrals + 1,
            sending_at=None,
            last_error=reason,
            **FREE,
        )


def gave_up(mail: Mail) -> None:
    """Note what is known of a letter whose worker failed or died again and again."""
    fate = Fate.NOT_SENT if mail.sending_at is None else Fate.UNKNOWN
    Mail.of(mail.tenant).filter(pk=mail.pk).update(fate=fate, ended_at=timezone.now())


def queued_again(mail: Mail) -> None:
    """Forget what was known, since a person wants it sent."""
    # Somebody else may have queued it before: then a server may be having it just now.
    dead = Mail.of(mail.tenant).filter(pk=mail.pk, state=State.DEAD)
    dead.update(fate="", ended_at=None, sending_at=None, deferrals=0)


def risk(mail: Mail) -> str:
    """Warn of an e-mail that its reader may have already."""
    if mail.fate != Fate.UNKNOWN:
        return ""
    return f"“{mail}” may have been sent already: ask {mail.to}, then queue it again by itself."


def about(mail: Mail) -> str:
    """Say to people which e-mail it is, and whose."""
    return f"“{mail.subject}” to {mail.to}"


TABLE = Table(
    model=Mail,
    about=about,
    work=send,
    gave_up=gave_up,
    queued_again=queued_again,
    risk=risk,
    batch=3,
    threads=3,
)
