"""What the registers that are loaded here say of a candidate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from campaigns.verification import likeness
from campaigns.verification.likeness import Likeness, Surroundings
from campaigns.verification.rules import Finding
from crm.places.locate import Place
from crm.registers import grid, names
from crm.registers.models import RegisterEntry
from crm.registers.numbers import company_number
from leads.identity.candidate import Candidate, phone

# In one outward code of London lie thousands.
MOST = 2_000


@dataclass(frozen=True)
class Registered:
    """`entry` is the open entry that it is.

    `known` are all entries of that name and place: their phones and websites are independent.
    """

    entry: RegisterEntry | None = None
    known: Sequence[RegisterEntry] = ()
    findings: Sequence[Finding] = field(default_factory=tuple)


def look(
    candidate: Candidate, place: Place | None, around: Surroundings, wanted: Sequence[str]
) -> Registered:
    """Find it in the registers by name and postcode."""
    there = _there(candidate, place, around) if place else []
    still = [each for each in there if each.status == "active"]
    gone = [each for each in there if each.status == "closed"]
    if gone and not still:
        words = {"register": gone[0].register.label}
        finding = Finding("entry_closed", _page(gone[0]), words)
        return Registered(gone[0], there, [finding])
    if not still:
        return Registered(None, there)
    entry = min(still, key=lambda each: _rank(each, candidate, wanted))
    return Registered(entry, there, [_listed(entry)])


def _listed(entry: RegisterEntry) -> Finding:
    register = entry.register
    slug = "fresh_entry" if register.is_fresh else "old_entry"
    words = {"register": register.label, "postcode": entry.postcode, "year": register.as_of.year}
    return Finding(slug, _page(entry), words)


def _page(entry: RegisterEntry) -> str:
    return entry.register.source_url


def _there(candidate: Candidate, place: Place, around: Surroundings) -> list[RegisterEntry]:
    """Give the entries of its name at its postcode; of a name that says nothing, its door too."""
    postcode = place.postcode.text
    same = _entries().called(names.name_key(candidate.name)).filter(postcode=postcode)[:MOST]
    near: Iterable[RegisterEntry] = _entries().filter(cell__in=_cells(place), postcode=postcode)
    found = {entry.pk: entry for entry in [*same, *list(near)[:MOST]]}
    return [entry for entry in found.values() if _is_it(entry, candidate, around)]


def _is_it(entry: RegisterEntry, candidate: Candidate, around: Surroundings) -> bool:
    alike = likeness.of(candidate.name, entry.name, around)
    if alike >= Likeness.NEAR and likeness.is_telling(candidate.name, around):
        return not names.is_generic(entry.name_key) or _has_its_door(entry, candidate)
    shares_more = _has_its_door(entry, candidate)
    return (alike >= Likeness.NEAR and shares_more) or (alike == Likeness.PART and shares_more)


def _has_its_door(entry: RegisterEntry, candidate: Candidate) -> bool:
    """Whether phone, number or the door of the address are the same."""
    if entry.phone and candidate.phone and phone(entry.phone) == phone(candidate.phone):
        return True
    if entry.company and entry.company == company_number(candidate.company_number):
        return True
    return bool(candidate.address) and names.premise(candidate.address) == entry.premise


def _rank(entry: RegisterEntry, candidate: Candidate, wanted: Sequence[str]) -> tuple[Any, ...]:
    """Put first what is fresh, then what is called the same, then what is of the wanted trade."""
    return (
        not entry.register.is_fresh,
        entry.name_key != names.name_key(candidate.name),
        entry.trade not in wanted,
        entry.pk,
    )


def _cells(place: Place) -> list[int]:
    """Cells that hold a point, as registers put it there."""
    runs = grid.runs(place.latitude, place.longitude, 0.05)
    return [cell for first, last in runs for cell in range(first, last + 1)]


def _entries() -> Any:
    return RegisterEntry.objects.listed().select_related("register")
