"""Hunter's finder: the address of somebody whose name is known, at an organisation."""

from dataclasses import dataclass
from typing import Any

from crm.credits.prices import Action
from enrichment import linkedin
from enrichment.contract import Answer, Asking, NotYet, Provider, Subject
from enrichment.emails import lists, spelling
from enrichment.providers import domain, values
from enrichment.providers.hunter import calling, row
from enrichment.providers.person import Person

PATH = "/email-finder"


@dataclass(frozen=True)
class HunterFinder(Provider):
    """An address that Hunter has seen, or has made by the pattern of others."""

    slug = "hunter_finder"
    label = "Hunter e-mail finder"
    service = calling.SERVICE
    needs = (frozenset({"website"}), frozenset({"email"}))
    gives = frozenset[str]()
    gives_people = frozenset({"email", "job_title", "phone", "linkedin"})
    action = Action.HUNTER_FINDER
    good_for = 90
    is_shared = False
    is_of_people = True
    checks = ""

    def about(self, subject: Subject) -> str:
        called, name = domain.of(subject), _name(subject)
        # By what is asked: somebody with a middle name is the same question without it.
        return f"{called}: {' '.join(values.parts(name)).casefold()}" if called and name else ""

    def charge(self) -> int:
        return calling.credit()

    def ask(self, asking: Asking) -> Answer | NotYet:
        subject = asking.subject
        first, last = values.parts(_name(subject))
        query = {"domain": domain.of(subject), "first_name": first, "last_name": last}
        said = calling.ask(asking, PATH, query)
        if not isinstance(said, dict):
            return said
        cost = calling.credit() if values.text(said, "email") else 0
        why = f"Hunter has no address of {_name(subject)} at {domain.of(subject)}."
        if not _is_about(said, subject):
            return Answer(cost_micros=cost, why_nothing=why)
        found = row.read(said, "email", domain.all_of(subject), asking.today)
        if found is None or lists.is_role(found.address.local):
            return Answer(cost_micros=cost, why_nothing=why)
        someone = Person(
            key=found.address.text,
            # Where it was seen nowhere, Hunter only gives back the name that it was asked for.
            name=_name(subject) if found.url or found.seen_on else "",
            job_title=values.text(said, "position", values.LONGEST_TITLE),
            email=found.address.text if found.is_usable else "",
            is_checked=found.is_checked,
            checked_on=found.checked_on,
            phone=values.phone(values.text(said, "phone_number")),
            linkedin=linkedin.person(values.text(said, "linkedin_url", linkedin.LONGEST)),
            url=found.url,
            seen_on=found.seen_on,
        )
        kept = {"said": found.said()}
        return Answer([*someone.told()], cost_micros=cost, kept=kept, why_nothing=why)


def _name(subject: Subject) -> str:
    known = subject.of_person("name")
    return values.name(known) if isinstance(known, str) else ""


def _is_about(said: dict[str, Any], subject: Subject) -> bool:
    """Say whether it is the domain and the person that were asked for, as far as it says so."""
    called = values.text(said, "domain")
    if called and domain.registered(called) not in domain.all_of(subject):
        return False
    last = spelling.read(f"x {values.text(said, 'last_name', 60)}")
    ours = spelling.read(_name(subject))
    return not last or not last.lasts or not ours or ours.key[1] == last.key[1]


PROVIDER = HunterFinder()
