"""Official registers in our own database: what they say of a company's number, at once."""

from dataclasses import dataclass

from enrichment.companies_house import local, meant
from enrichment.contract import Answer, Asking, Provider, Subject


@dataclass(frozen=True)
class Register(Provider):
    """Free, instant, offline; as old as the published file."""

    slug = "register"
    label = "Official registers"
    service = ""
    needs = (frozenset({"company_number"}),)
    gives = frozenset({
        "legal_name", "company_number", "company_status", "company_type", "incorporated_on",
        "sic_codes", "address", "postcode", "accounts_type", "accounts_made_up_to",
        "accounts_due_on", "is_late_with_accounts", "charges_outstanding",
    })  # fmt: skip
    gives_people = frozenset[str]()
    action = None
    good_for = 30
    is_shared = True
    is_of_people = False
    checks = ""

    def about(self, subject: Subject) -> str:
        return meant.about(subject)

    def charge(self) -> int:
        return 0

    def ask(self, asking: Asking) -> Answer:
        who = meant.fitted(asking.subject)
        entry = local.find(who.number)
        if entry is None:
            return Answer(why_nothing=f"No register here lists the company {who.number}.")
        outcome = local.told(who, entry, meant.judge(asking.subject))
        return Answer(outcome.told, why_nothing=" ".join(outcome.untold))


PROVIDER = Register()
