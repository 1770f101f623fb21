"""People in a seller's data, found by name, address or profile."""

from tests.simulators.prospects.knowledge import Knowledge
from tests.simulators.truth import presence
from tests.simulators.truth.hearsay import Told, told
from tests.simulators.world import Organisation


def named(one: Organisation, seller: str, name: str) -> Told | None:
    """By the name that the seller has, or by the true one."""
    wanted = flat(name)
    for who in told(one, seller):
        if wanted in (flat(who.name), flat(who.who.name)):
            return who
    return None


def flat(name: str) -> str:
    return " ".join(name.lower().replace(".", " ").split())


def of_email(knowledge: Knowledge, seller: str, email: str) -> tuple[Organisation, Told] | None:
    one = knowledge.of_domain(email.rpartition("@")[2])
    found = told(one, seller) if one else []
    return next(((one, who) for who in found if one and who.email == email), None)


def of_profile(knowledge: Knowledge, seller: str, profile: str) -> tuple[Organisation, Told] | None:
    """By a LinkedIn address or handle that a source gives."""
    place = presence.whose_profile(profile)
    if place is None or place[0] >= len(knowledge.population):
        return None
    one = knowledge.population.at(place[0])
    found = told(one, seller) if knowledge.knows(one) else []
    return next(
        (
            (one, who)
            for who in found
            if who.number == place[1]
            and presence.linkedin_of(one, who.who.name, who.number).endswith(profile.rstrip("/"))
        ),
        None,
    )
