"""What DNS says of the mail of a domain, for how long that is good, and how it is put."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices

from enrichment.emails.reason import Reason


class Answer(TextChoices):
    HAS_MAIL = "has_mail", "Takes mail"
    NO_MAIL = "no_mail", "Takes no mail"
    UNKNOWN = "unknown", "Not known"


class Because(TextChoices):
    """What the answer follows from."""

    SERVERS = "servers", "It names mail servers"
    ADDRESS_ALONE = "address_alone", "It names no mail server, but has an address"
    REFUSES = "refuses", "It says that it takes no mail"
    NO_SUCH_DOMAIN = "no_such_domain", "There is no such domain"
    NOWHERE = "nowhere", "It has neither a mail server nor an address"
    DEAD_SERVERS = "dead_servers", "Its mail servers do not exist"
    SILENCE = "silence", "Its name servers did not answer"
    NOT_ASKED = "not_asked", "Nobody has asked"


ANSWERS = {
    Because.SERVERS: Answer.HAS_MAIL,
    Because.ADDRESS_ALONE: Answer.HAS_MAIL,
    Because.REFUSES: Answer.NO_MAIL,
    Because.NO_SUCH_DOMAIN: Answer.NO_MAIL,
    Because.NOWHERE: Answer.NO_MAIL,
    Because.DEAD_SERVERS: Answer.NO_MAIL,
    # No answer is no answer: a firm is not closed because its name server is slow.
    Because.SILENCE: Answer.UNKNOWN,
    Because.NOT_ASKED: Answer.UNKNOWN,
}
GOOD_FOR = {
    Answer.HAS_MAIL: timedelta(days=7),
    Answer.NO_MAIL: timedelta(days=1),
    Answer.UNKNOWN: timedelta(minutes=10),
}
WORDS = {
    Because.SERVERS: "{domain} has mail servers.",
    Because.ADDRESS_ALONE: (
        "{domain} names no mail server; mail would go to the machine of its website, which seldom "
        "takes any."
    ),
    Because.REFUSES: "{domain} says that it takes no mail.",
    Because.NO_SUCH_DOMAIN: "There is no domain {domain}.",
    Because.NOWHERE: "{domain} has neither a mail server nor any other machine.",
    Because.DEAD_SERVERS: "The mail servers that {domain} names do not exist.",
    Because.SILENCE: "The name servers of {domain} did not answer.",
    Because.NOT_ASKED: "Whether {domain} takes mail has not been asked yet.",
}


@dataclass(frozen=True, slots=True)
class Mail:
    """Whether a domain takes mail, as of a moment; without one nobody was asked."""

    because: Because
    checked_at: datetime | None = None

    @property
    def answer(self) -> Answer:
        """Say it in three words."""
        return ANSWERS[self.because]

    def said(self, domain: str) -> Reason:
        """Say it in a sentence."""
        return Reason(self.because.value, WORDS[self.because].format(domain=domain))


UNASKED = Mail(Because.NOT_ASKED)
