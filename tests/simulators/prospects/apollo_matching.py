"""Whom Apollo takes the details of a person to mean."""

import hashlib
from collections.abc import Mapping
from typing import Any

from tests.simulators.prospects import apollo_ids
from tests.simulators.prospects.finding import named, of_email, of_profile
from tests.simulators.prospects.knowledge import Knowledge
from tests.simulators.truth import people
from tests.simulators.truth.figures import figure
from tests.simulators.truth.hearsay import Told, mistaken, tell, told
from tests.simulators.world import Organisation

Match = tuple[Organisation, Told]


def match(knowledge: Knowledge, given: Mapping[str, Any]) -> Match | None:
    """By id, address or profile; else by name, but only together with the employer."""
    if id_ := given.get("id"):
        found = apollo_ids.person(knowledge.population, str(id_))
        return found if found and knowledge.knows(found[0]) else None
    email, profile = (str(given.get(name) or "").strip() for name in ("email", "linkedin_url"))
    found = of_email(knowledge, "apollo", email.lower()) if email else None
    if found is None and profile:
        found = of_profile(knowledge, "apollo", profile)
    one = employer(knowledge, given)
    if found or one is None:
        return found
    if hashed := str(given.get("hashed_email") or "").lower():
        return next(((one, who) for who in told(one, "apollo") if hashed in hashes(who)), None)
    name = given.get("name") or f"{given.get('first_name', '')} {given.get('last_name', '')}"
    who = named(one, "apollo", str(name))
    return elsewhere(knowledge, one, who) if who else None


def employer(knowledge: Knowledge, given: Mapping[str, Any]) -> Organisation | None:
    domain, name = given.get("domain"), given.get("organization_name")
    if domain:
        return knowledge.of_domain(str(domain))
    return knowledge.of_name(str(name)) if name else None


def hashes(who: Told) -> tuple[str, str]:
    email = who.email.encode()
    return hashlib.md5(email).hexdigest(), hashlib.sha256(email).hexdigest()


def elsewhere(knowledge: Knowledge, one: Organisation, who: Told) -> Match:
    """The one who is meant; now and then another of the same name who works somewhere else."""
    if not mistaken(one, who.who, "apollo"):
        return one, who
    world = knowledge.population
    start = figure(f"namesake{one.id}{who.number}")
    for step in range(200):
        other = world.at((start + step) % len(world))
        if other.id != one.id and knowledge.knows(other):
            break
    staff = [each for each in people.everyone(other) if not each.left]
    if not staff:
        return one, who
    # They have the post of somebody there, and the name of the one who was asked for.
    post = tell(other, staff[0], "apollo")
    mixed = Told(post.who, who.first, who.last, post.title, "", True, ("namesake",))
    return other, mixed
