"""Hunter's company data: what it knows of whoever has a domain, in the shape of Clearbit."""

from dataclasses import dataclass

from crm.credits.prices import Action
from enrichment.contract import Answer, Asking, NotYet, Provider, Subject
from enrichment.providers import clearbit_shape, domain
from enrichment.providers.hunter import calling

PATH = "/companies/find"


@dataclass(frozen=True)
class HunterCompany(Provider):
    """Collected from the web, some of it reckoned."""

    slug = "hunter_company"
    label = "Hunter company data"
    service = calling.SERVICE
    needs = (frozenset({"website"}), frozenset({"email"}))
    gives = clearbit_shape.GIVES
    gives_people = frozenset[str]()
    action = Action.HUNTER_COMPANY
    good_for = 180
    is_shared = False
    is_of_people = False
    checks = ""

    def about(self, subject: Subject) -> str:
        return domain.of(subject)

    def charge(self) -> int:
        return calling.credit()

    def ask(self, asking: Asking) -> Answer | NotYet:
        called = domain.of(asking.subject)
        said = calling.ask(asking, PATH, {"domain": called})
        if not isinstance(said, dict):
            return said
        told = clearbit_shape.read(said, called)
        why = f"Hunter says nothing of {called}."
        return Answer(told, cost_micros=calling.credit(), why_nothing=why)


PROVIDER = HunterCompany()
