"""Apollo's company data: what it knows of whoever has a domain."""

from dataclasses import dataclass

from crm.credits.prices import Action
from enrichment.contract import Answer, Asking, Provider, Subject, Unanswerable
from enrichment.providers import domain
from enrichment.providers.apollo import calling, organisation

PATH = "/organizations/enrich"


@dataclass(frozen=True)
class ApolloOrganisation(Provider):
    """One call, one of Apollo's credits where it knows the organisation."""

    slug = "apollo_organisation"
    label = "Apollo company data"
    service = calling.SERVICE
    needs = (frozenset({"website"}), frozenset({"email"}))
    gives = organisation.GIVES
    gives_people = frozenset[str]()
    action = Action.APOLLO_ORGANISATION
    good_for = 180
    is_shared = False
    is_of_people = False
    checks = ""

    def about(self, subject: Subject) -> str:
        return domain.of(subject)

    def charge(self) -> int:
        return calling.credits()

    def ask(self, asking: Asking) -> Answer:
        called = domain.of(asking.subject)
        charge = self.charge()
        said = calling.ask(asking, "GET", PATH, charge=charge, query={"domain": called})
        found = said.get("organization", "")
        why = f"Apollo knows nothing of {called}."
        if found is None:
            return Answer(why_nothing=why)
        if not isinstance(found, dict):
            raise Unanswerable("Apollo answered, but with no organisation.", cost_micros=charge)
        if not organisation.is_of(found, domain.all_of(asking.subject)):
            return Answer(cost_micros=charge, why_nothing=f"Apollo spoke of others than {called}.")
        return Answer(organisation.told(found, asking.today), cost_micros=charge, why_nothing=why)


PROVIDER = ApolloOrganisation()
