"""What speaks for two organisations or contacts being one, and what against, in words."""

from dataclasses import dataclass, field
from typing import Any

from leads.merging import suspicion
from leads.models import Contact


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
    """Weigh two of a kind: organisations as the search for duplicates does."""
    if isinstance(one, Contact):
        return _people(one, other)
    verdict = suspicion.of(one, other).verdict
    return Evidence(list(verdict.speaks_for), list(verdict.against))


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
