"""ZeroBounce: asks the mail server of an address whether it has that mailbox."""

from dataclasses import dataclass
from typing import Any

from crm import http
from crm.credits import prices
from crm.credits.prices import Action
from crm.outside import redaction
from crm.outside.key import Key
from enrichment.contract import Answer, Asking, Provider, Subject, Unanswerable
from enrichment.emails import verifiers
from enrichment.emails.syntax import Address
from enrichment.emails.verifiers import Outcome
from enrichment.providers import values, verdicts

# Seconds that they may take to find out; they know 3 to 60.
PATIENCE = 20
# In what is kept: the mail server lets nobody in at first, and half an hour later at the soonest.
# No run waits that long: it is asked once more on another day.
GREYLISTED = "greylisted"


@dataclass(frozen=True)
class ZeroBounce(Provider):
    """One address a question. What they could not find out is not charged."""

    slug = "zerobounce"
    label = "ZeroBounce"
    service = "zerobounce"
    needs = (frozenset({"email"}),)
    gives = frozenset({"email"})
    gives_people = frozenset({"email"})
    action = Action.ZEROBOUNCE_CHECK
    good_for = 90
    is_shared = False
    is_of_people = True
    checks = "email"

    def about(self, subject: Subject) -> str:
        address = _address(subject)
        return address.text if address else ""

    def charge(self) -> int:
        return prices.vendor("zerobounce", "check")

    def ask(self, asking: Asking) -> Answer:
        address = _address(asking.subject)
        if asking.key is None or address is None:
            raise Unanswerable("ZeroBounce is asked with a key about an address.")
        said = _asked(asking.key, address)
        status, closer = values.text(said, "status"), values.text(said, "sub_status")
        found = verifiers.zerobounce(status, closer, on=asking.today)
        cost = 0 if status.lower() == "unknown" else self.charge()
        if not status or not _is_of(address, said):
            why = redaction.clean(values.text(said, "error"), asking.key.secret)
            raise Unanswerable(
                f"ZeroBounce answered, but with no verdict on {address.text}."
                + (f" It said: “{why}”" if why else ""),
                cost_micros=0 if why else self.charge(),
            )
        kept = verdicts.kept(address.text, found)
        is_later = closer.lower() == "greylisted" and found.outcome is Outcome.UNSURE
        if is_later and GREYLISTED not in asking.kept:
            raise Unanswerable(
                f"ZeroBounce says that {found.words}, on another day.",
                cost_micros=cost,
                kept=kept | {GREYLISTED: True},
            )
        return Answer(
            verdicts.told(asking.subject, address.text, found),
            cost_micros=cost,
            kept=kept,
            why_nothing=f"ZeroBounce says that {found.words}.",
        )


def _address(subject: Subject) -> Address | None:
    """Give the address of the person, of the organisation where it is about nobody."""
    return verdicts.read(subject.of_person("email") if subject.person else subject.get("email"))


def _asked(key: Key, address: Address) -> Any:
    written = f"{address.local}@{address.asked}"
    query = {"email": written, "ip_address": "", "timeout": str(PATIENCE)}
    return http.call(key, "GET", "/validate", query=query, repeatable=False).json()


def _is_of(address: Address, said: Any) -> bool:
    """Say whether the verdict is on this very address."""
    answered = verdicts.read(values.text(said, "address"))
    return answered is not None and answered.text == address.text


PROVIDER = ZeroBounce()
