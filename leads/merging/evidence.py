"""What speaks for two organisations or contacts being one, and what against, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from crm.look.formats import phone
from leads.models import Contact, Listing, Organisation

# The registers that list each organisation, by its id.
Listed = dict[UUID, set[str]]


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
    return _people(one, other) if isinstance(one, Contact) else of_pairs([(one, other)])[0]


def of_pairs(pairs: Sequence[tuple[Organisation, Organisation]]) -> list[Evidence]:
    """Weigh organisations two by two, with one look into the registers for all of them."""
    known = _listed([each for pair in pairs for each in pair])
    return [_places(one, other, known) for one, other in pairs]


def _places(one: Organisation, other: Organisation, known: Listed) -> Evidence:
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
    found.against += [
        f"{register} lists each of them with an entry of its own."
        for register in sorted(known.get(one.pk, set()) & known.get(other.pk, set()))
    ]
    return found


def _listed(organisations: Sequence[Organisation]) -> Listed:
    if not organisations:
        return {}
    rows = Listing.of(organisations[0].tenant).filter(organisation__in=organisations)
    found: Listed = {}
    for each in rows.select_related("entry__register"):
        found.setdefault(each.organisation_id, set()).add(each.entry.register.label)
    return found


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
