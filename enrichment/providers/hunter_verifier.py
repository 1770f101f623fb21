"""Hunter's verifier: whether a mailbox is there, as the server says that would know."""

from dataclasses import dataclass

from crm.credits.prices import Action
from enrichment.contract import Answer, Asking, NotYet, Provider, Subject
from enrichment.emails import verifiers
from enrichment.providers import values, verdicts
from enrichment.providers.hunter import calling

PATH = "/email-verifier"


@dataclass(frozen=True)
class HunterVerifier(Provider):
    """Of a person where it is about one, else of the organisation's own address."""

    slug = "hunter_verifier"
    label = "Hunter e-mail verifier"
    service = calling.SERVICE
    needs = (frozenset({"email"}),)
    gives = frozenset({"email"})
    gives_people = frozenset({"email"})
    action = Action.HUNTER_VERIFIER
    good_for = 90
    is_shared = False
    is_of_people = True
    checks = "email"

    def about(self, subject: Subject) -> str:
        address = verdicts.read(_written(subject))
        return address.text if address else ""

    def charge(self) -> int:
        # Many plans take half a credit; which, their answers don't say.
        return calling.credit()

    def ask(self, asking: Asking) -> Answer | NotYet:
        address = verdicts.read(_written(asking.subject))
        if address is None:
            return Answer(why_nothing="There is no e-mail address to check.")
        said = calling.ask(asking, PATH, {"email": f"{address.local}@{address.asked}"})
        if not isinstance(said, dict):
            return said
        status, answered = values.text(said, "status", 30), verdicts.read(said.get("email"))
        if not status or answered is None or answered.text != address.text:
            raise calling.unreadable(f"with no verdict on {address.text}")
        found = verifiers.hunter(status, on=asking.today)
        return Answer(
            verdicts.told(asking.subject, address.text, found),
            cost_micros=calling.credit(),
            kept=verdicts.kept(address.text, found),
            why_nothing=f"Hunter says that {found.words}.",
        )


def _written(subject: Subject) -> object:
    return subject.of_person("email") if subject.person else subject.get("email")


PROVIDER = HunterVerifier()
