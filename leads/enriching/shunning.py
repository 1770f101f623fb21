"""People of whom nobody may tell: those who are unwanted here, and those who object at a vendor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from enrichment.blend import Proof, Value
from enrichment.lookups import keeping
from enrichment.lookups.models import Lookup
from enrichment.persons import Whom
from leads.contacts import persons
from leads.models import Contact

KNOWN_BY = ("name", "email")


@dataclass(frozen=True)
class Objection:
    """Somebody whom a vendor must not tell of. `contact` is theirs if machines have made it."""

    whom: Whom
    contact: Contact | None = None


class Dossier(Protocol):
    """What is read and noted here of all that is known of an organisation."""

    people: dict[str, Contact | None]
    unwanted: frozenset[str]
    objections: dict[str, Objection]
    shunned: list[tuple[Lookup, Whom]]

    def values(self, slot: tuple[str, str]) -> list[Value]:
        """Give the values of a field of somebody."""

    def of_record(self, slot: tuple[str, str]) -> Iterable[Proof]:
        """Give what a person has written down."""


def whom(dossier: Dossier, person: str) -> Whom:
    """Give all names and addresses of a person."""
    told = ((str(v.told.value) for v in dossier.values((person, name))) for name in KNOWN_BY)
    return Whom(*told)


def hear(dossier: Dossier, lookup: Lookup, person: str) -> None:
    """Where they object ask nobody about them any more, and have nobody tell of them.

    Whom a person wrote down stays; of all others nothing is kept.
    """
    if not lookup.kept.get(keeping.OBJECTED) or person not in dossier.people:
        return
    found = whom(dossier, person)
    is_typed = any(True for name in KNOWN_BY for _ in dossier.of_record((person, name)))
    row = dossier.people[person] if is_typed else dossier.people.pop(person)
    dossier.objections.setdefault(person, Objection(found, None if is_typed else row))
    dossier.unwanted |= persons.digests_of(found)


def is_unwanted(dossier: Dossier, given: Mapping[str, Any]) -> bool:
    """Say whether nobody wants whom an answer tells of."""
    if not dossier.unwanted:
        return False
    return not dossier.unwanted.isdisjoint(persons.digests_of(_whom(given)))


def note(dossier: Dossier, lookup: Lookup, people: Iterable[Mapping[str, Any]]) -> None:
    """Note of whom an answer tells that nobody wants: it is not to keep them."""
    dossier.shunned += [(lookup, _whom(each)) for each in people if is_unwanted(dossier, each)]


def _whom(given: Mapping[str, Any]) -> Whom:
    return Whom(*([str(given.get(name, ""))] for name in KNOWN_BY))
