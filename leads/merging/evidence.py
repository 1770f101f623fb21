"""What speaks for two organisations or contacts being one, and what against, in words."""

from dataclasses import dataclass, field
from typing import Any

from crm.look.formats import phone
from leads.models import Contact, Listing, Organisation


@dataclass
class Evidence:
    speaks_for: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    def weigh(self, one: str, other: str, same: str, differs: str) -> None:
        """Take in a field; what only one of the two has says nothing."""
        if not one or not other:
            return
        if one == other:
            self.speaks_for.append(same)
        elif differs:
            self.against.append(differs)


def of(one: Any, other: Any) -> Evidence:
    """Weigh two of a kind."""
    return _people(one, other) if isinstance(one, Contact) else _places(one, other)


def _places(one: Organisation, other: Organisation) -> Evidence:
    found = Evidence()
    if one.name_key == other.name_key and one.has_generic_name:
        found.against.append("They share a name that many places bear, which says little.")
    else:
        found.weigh(one.name_key, other.name_key, "The same name.", "The names differ.")
    place = f"Both stand at {one.postcode}."
    apart = f"One stands at {one.postcode}, the other at {other.postcode}."
    found.weigh(one.postcode, other.postcode, place, apart)
    calls = f"Both answer {phone(one.phone)}."
    found.weigh(one.phone, other.phone, calls, "They have different phone numbers.")
    found.weigh(
        one.domain, other.domain, f"Both have the website {one.domain}.", "Their websites differ."
    )
    found.weigh(
        one.company_number,
        other.company_number,
        f"Both are company number {one.company_number}.",
        "They are two companies by their company numbers.",
    )
    found.weigh(one.trade, other.trade, "", "They are of different trades.")
    found.speaks_for = [each for each in found.speaks_for if each]
    found.against += _listed_apart(one, other)
    return found


def _listed_apart(one: Organisation, other: Organisation) -> list[str]:
    listings = Listing.of(one.tenant).filter(organisation__in=(one, other))
    sides: dict[str, set[Any]] = {}
    for each in listings.select_related("entry__register"):
        sides.setdefault(each.entry.register.label, set()).add(each.organisation_id)
    return [
        f"{register} lists each of them with an entry of its own."
        for register, side in sides.items()
        if len(side) > 1
    ]


def _people(one: Contact, other: Contact) -> Evidence:
    found = Evidence()
    found.weigh(one.email.lower(), other.email.lower(), "The same e-mail address.", "")
    found.weigh(one.phone, other.phone, "The same phone number.", "")
    ours, theirs = (" ".join(each.name.casefold().split()) for each in (one, other))
    found.weigh(ours, theirs, "The same name.", "The names differ.")
    if one.organisation_id == other.organisation_id:
        found.speaks_for.append("Both work at the same place.")
    else:
        found.against.append("They work at different places.")
    if one.email and other.email and one.email.lower() != other.email.lower():
        found.against.append("They have different e-mail addresses.")
    return found
