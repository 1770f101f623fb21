"""Apollo's people: who has the jobs that are looked for, each revealed for a credit."""

from dataclasses import dataclass
from typing import Any

from crm import jobs
from crm.credits.prices import Action
from crm.outside.errors import Outside
from enrichment.contract import Answer, Asking, Provider, Subject, Unanswerable
from enrichment.providers import domain, person
from enrichment.providers.apollo import calling, people
from enrichment.providers.person import Person


@dataclass(frozen=True)
class ApolloPeople(Provider):
    """The search is free, and shows neither surname nor address; only who fits is revealed."""

    slug = "apollo_people"
    label = "Apollo people search"
    service = calling.SERVICE
    needs = (frozenset({"website"}), frozenset({"email"}))
    gives = frozenset[str]()
    gives_people = person.FIELDS - {"phone"}
    action = Action.APOLLO_PERSON
    good_for = 90
    is_shared = False
    is_of_people = False
    checks = ""
    # Each person who is revealed is paid for.
    most = 5

    def about(self, subject: Subject) -> str:
        return jobs.named(domain.of(subject), subject.titles)

    def charge(self) -> int:
        return calling.credits(self.most)

    def ask(self, asking: Asking) -> Answer:
        called = domain.of(asking.subject)
        chosen = people.glimpse(asking, called)
        if not chosen:
            return Answer(why_nothing=f"Apollo knows nobody with such a job at {called}.")
        found: list[Person] = []
        credits, kept = 0, dict[str, Any]()
        for at in range(0, len(chosen), people.AT_ONCE):
            try:
                revealed = people.reveal(asking, chosen[at : at + people.AT_ONCE])
            except (Outside, Unanswerable) as error:
                if not at:
                    raise
                # Those before are paid for, whatever goes wrong now.
                kept["trouble"] = str(error)
                break
            found += revealed.people
            credits += revealed.credits
        return Answer(
            [each for one in found for each in one.told()],
            # Apollo charges nothing for some of them, and something for whoever is not told of.
            quantity=max(1, min(credits, len(found))),
            cost_micros=calling.credits(credits),
            kept=kept,
            why_nothing=f"Apollo tells of nobody who works at {called} now.",
        )


PROVIDER = ApolloPeople()
