"""A letter in the form in which mail servers and mail programs know it."""

from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.utils.timezone import localtime

from crm import sealed
from crm.mail import secrecy
from crm.mail.models import Mail

# Letters of other alphabets, and long lines, get past any server.
UTF8 = Charset("utf-8")
UTF8.body_encoding = QP
SHUT = (
    "Its text can't be read any more, since SECRET_KEY has changed. Have it written anew where it "
    "came from."
)


class CannotBeWritten(ValueError):
    """An address or a header would not be one; the sentence says which."""


@dataclass(frozen=True)
class Message:
    """`sender` and `to` are bare addresses, as servers want them."""

    sender: str
    to: str
    content: bytes


def write(mail: Mail) -> Message:
    """Give the message, the same each time; raises CannotBeWritten."""
    try:
        return Message(_bare(settings.MAIL_FROM), _bare(mail.to), _content(mail))
    except sealed.CannotBeOpened:
        raise CannotBeWritten(SHUT) from None
    except ValueError as error:
        raise CannotBeWritten(f"It can't be written as an e-mail: {error}") from error


def _bare(address: str) -> str:
    bare = parseaddr(sanitize_address(address, "utf-8"))[1]
    if not all(bare.partition("@")):
        raise ValueError(f"“{address}” is no e-mail address.")
    return bare


def _subject(text: str) -> str:
    """Encode what needs it in words that leave room for the header's name on the first line."""
    return (
        text if text.isascii() else Header(text, "utf-8", header_name="Subject").encode(linesep="")
    )


def _content(mail: Mail) -> bytes:
    headers = {
        "Message-ID": mail.message_id,
        "Date": format_datetime(localtime(mail.at)),
        "Auto-Submitted": "auto-generated",
    }
    if mail.stop_url:
        headers["List-Unsubscribe"] = f"<{mail.stop_url}>"
    text, html = secrecy.read(mail)
    message = EmailMultiAlternatives(
        _subject(mail.subject), text, settings.MAIL_FROM, [mail.to], headers=headers
    )
    message.encoding = UTF8
    message.attach_alternative(html, "text/html")
    # Django's own messages know `linesep`.
    return bytes(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
