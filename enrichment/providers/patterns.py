"""Addresses that nobody has given: guesses by how others at the same domain are written."""

from dataclasses import dataclass

from enrichment.contract import Answer, Asking, Provider, Subject
from enrichment.emails import guessing, habits
from enrichment.providers import domain
from enrichment.told import Told


@dataclass(frozen=True)
class Patterns(Provider):
    """Free and instant; a guess is marked as one and never used by itself."""

    slug = "patterns"
    label = "Guess by pattern"
    service = ""
    needs = (frozenset({"website", "people_emails"}),)
    gives = frozenset[str]()
    gives_people = frozenset({"email"})
    action = None
    good_for = 7
    is_shared = False
    is_of_people = True
    checks = ""

    def about(self, subject: Subject) -> str:
        host, name = domain.of(subject), str(subject.of_person("name"))
        if not (host and name and subject.known.get("people_emails")):
            return ""
        return f"{host}|{name.casefold()}|{len(subject.known['people_emails'])}"

    def charge(self) -> int:
        return 0

    def ask(self, asking: Asking) -> Answer:
        subject = asking.subject
        pairs = [(str(name), str(email)) for name, email in subject.known["people_emails"]]
        seen = habits.learn(domain.of(subject), pairs)
        found = guessing.propose(str(subject.of_person("name")), seen)
        told = [Told("email", guess.address, guessing.WAY, quote=guess.words) for guess in found]
        return Answer(told[:1], why_nothing="Nothing shows how addresses are written there.")


PROVIDER = Patterns()
