"""Proposes addresses for a named person by the habits of a domain. A guess is never more."""

from dataclasses import dataclass

from enrichment.emails import patterns, spelling
from enrichment.emails.habits import Habit, Habits
from enrichment.emails.spelling import LONG, SHORT, Person, Spelling

# The way in which such an address is known (`enrichment.ways`).
WAY = "guess"
MOST = 4
# A habit that fewer than this share of the people show is an exception, and not proposed.
LEAST_SHARE = 1 / 3
# So many spellings of a part of a name are tried where no manner was seen.
SPELLINGS = 2


@dataclass(frozen=True, slots=True)
class Guess:
    """An address that nobody gave. `proofs` of `people` whose addresses are known write theirs so.

    `words` say so, and whether the guess can be checked at all.
    """

    address: str
    pattern: str
    proofs: int
    people: int
    words: str


def propose(name: str, habits: Habits, *, takes_all: bool | None = None) -> list[Guess]:
    """Propose addresses for a person, the likeliest first; none where nothing proves a pattern, and
    none for somebody whose address is among those learned from.

    `takes_all`: the domain takes mail for any address (None: not known), so that no verifier can
    tell a right guess from a wrong one.
    """
    person = spelling.read(name)
    if person is None or not habits.habits or person.key in habits.people:
        return []
    found: dict[str, Guess] = {}
    for habit in habits.habits:
        if habit.proofs < LEAST_SHARE * habit.people:
            continue
        for local in _locals(person, habit, habits):
            address = f"{local}@{habits.domain}"
            if address not in habits.taken:
                found.setdefault(address, _guess(address, habit, habits.domain, takes_all))
    return list(found.values())[:MOST]


def _locals(person: Person, habit: Habit, habits: Habits) -> list[str]:
    pattern = habit.pattern
    if pattern.takes_whole_first and any(len(each.text) == 1 for each in person.firsts[:1]):
        # Of "J Smith" the first name is not known.
        return []
    chosen = Person(
        _chosen(person.firsts, habits.firsts), _chosen(person.lasts, habits.lasts), person.middle
    )
    return [each.local for each in patterns.write(chosen, (pattern,))]


def _chosen(known: tuple[Spelling, ...], manners: tuple[str, ...]) -> tuple[Spelling, ...]:
    """Choose the spellings to propose: in the manners that were seen, otherwise the usual ones.

    What a short name may stand for is never proposed; the short form of a long one is where the
    domain uses such.
    """
    usable = [
        each
        for each in known
        if each.manner != LONG and (each.manner != SHORT or SHORT in manners)
    ]
    seen = [each for each in usable if each.manner in manners and each.manner != SHORT]
    if seen:
        return tuple(sorted(seen, key=lambda each: manners.index(each.manner))[:SPELLINGS])
    return tuple(usable[:SPELLINGS])


def _guess(address: str, habit: Habit, domain: str, takes_all: bool | None) -> Guess:
    so = f"“{habit.pattern.slug}”"
    if habit.people == 1:
        words = f"A guess: the one address known at {domain} is written {so}."
    elif habit.proofs == habit.people:
        words = f"A guess: all {habit.people} addresses known at {domain} are written {so}."
    else:
        words = (
            f"A guess: {habit.proofs} of {habit.people} addresses known at {domain} are written "
            f"{so}."
        )
    if takes_all:
        words += f" {domain} takes mail for any address, so that nobody can check it."
    elif takes_all is None:
        words += f" Whether {domain} takes mail for any address is not known."
    return Guess(address, habit.pattern.slug, habit.proofs, habit.people, words)
