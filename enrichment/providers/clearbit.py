"""Clearbit: what it knows of a company, for keys from 2023 or before; none are sold any more."""

from dataclasses import dataclass

from crm import http
from crm.credits import prices
from crm.credits.prices import Action
from enrichment.contract import Answer, Asking, NotYet, Provider, Subject, Unanswerable
from enrichment.providers import clearbit_shape, domain

PATH = "/companies/find"
# What it has not looked up lately it queues: seconds until each further look.
WAITS = (5, 5, 10, 10, 15, 20, 30, 30, 60, 60)
QUEUED = 202


@dataclass(frozen=True)
class Clearbit(Provider):
    """One domain a question. Nobody is asked unless they say so (`all.OFF_BY_DEFAULT`)."""

    slug = "clearbit"
    label = "Clearbit (old keys)"
    service = "clearbit"
    needs = (frozenset({"website"}), frozenset({"email"}))
    gives = clearbit_shape.GIVES
    gives_people = frozenset[str]()
    action = Action.CLEARBIT_COMPANY
    good_for = 180
    is_shared = False
    is_of_people = False
    checks = ""

    def about(self, subject: Subject) -> str:
        return domain.of(subject)

    def charge(self) -> int:
        return prices.vendor("clearbit", "company")

    def ask(self, asking: Asking) -> Answer | NotYet:
        called = domain.of(asking.subject)
        if asking.key is None or not called:
            raise Unanswerable("Clearbit is asked with a key about a domain.")
        is_first = not asking.ticket
        reply = http.call(
            asking.key, "GET", PATH, query={"domain": called}, repeatable=not is_first
        )
        if reply.status == QUEUED:
            return self._wait(asking)
        said = reply.json()
        if not clearbit_shape.is_of(said, called):
            sentence = f"Clearbit answered, but not with the company of {called}."
            raise Unanswerable(sentence, cost_micros=self.charge())
        return Answer(
            clearbit_shape.read(said, called),
            cost_micros=self.charge(),
            why_nothing=f"Clearbit says nothing of {called}.",
        )

    def _wait(self, asking: Asking) -> NotYet:
        """Have it looked for again; the ticket is how often that was."""
        looks = int(asking.ticket) if asking.ticket.isdecimal() else 0
        if looks >= len(WAITS):
            raise Unanswerable("Clearbit did not answer in time.", cost_micros=self.charge())
        asking.keep(str(looks + 1))
        return NotYet(WAITS[looks])


PROVIDER = Clearbit()
