"""Learns from the known addresses at a domain how it writes its people's."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from enrichment.emails import lists, patterns, spelling
from enrichment.emails.patterns import Pattern, Written
from enrichment.emails.spelling import Person

MOST_PAIRS = 300
LONGEST_LOCAL = 64
DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Habit:
    """A pattern that the addresses of `proofs` people follow, of `people` whose are known.

    `alone` of them can have been written by no other pattern.
    """

    pattern: Pattern
    proofs: int
    alone: int
    people: int


@dataclass(frozen=True, slots=True)
class Habits:
    """How a domain writes addresses; the habit that most of them show comes first.

    `firsts` and `lasts` are the manners of spelling that were seen, the usual ones first; `taken`
    are the addresses that are known, `people` the names (see `Person.key`) that they belong to.
    """

    domain: str
    habits: tuple[Habit, ...] = ()
    firsts: tuple[str, ...] = ()
    lasts: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()
    people: frozenset[tuple[str, str]] = frozenset()


def learn(domain: str, pairs: Iterable[tuple[str, str]]) -> Habits:
    """Learn from pairs of a person's name and address; never raises.

    Addresses at other domains, of desks, and at hosts that many share tell nothing.
    """
    domain = domain.strip().lower()
    if not domain or lists.is_shared(domain):
        return Habits(domain)
    read, taken, known = _read(domain, pairs)
    told = [ways for ways in read if ways]
    if not told:
        return Habits(domain, taken=taken, people=known)
    habits = _habits([{each.pattern.slug for each in ways} for ways in told], len(read))
    seen = {habit.pattern.slug for habit in habits}
    followed = [[each for each in ways if each.pattern.slug in seen] for ways in told]
    return Habits(
        domain,
        habits,
        _manners(Counter(each.first.manner for ways in followed for each in ways[:1])),
        _manners(Counter(each.last.manner for ways in followed for each in ways[:1])),
        taken,
        known,
    )


def _read(
    domain: str, pairs: Iterable[tuple[str, str]]
) -> tuple[list[list[Written]], frozenset[str], frozenset[tuple[str, str]]]:
    """Give how each person's address can have been written, if by any pattern; and what is known.
    """
    read: list[list[Written]] = []
    taken: set[str] = set()
    known: set[tuple[str, str]] = set()
    for name, address in islice(pairs, MOST_PAIRS):
        local, _, host = address.strip().lower().rpartition("@")
        if host != domain or not local or len(local) > LONGEST_LOCAL or local in taken:
            continue
        taken.add(local)
        person = spelling.read(name)
        if person is None or lists.is_role(local):
            continue
        known.add(person.key)
        read.append(_ways(person, local.partition("+")[0]))
    return read, frozenset(f"{local}@{domain}" for local in taken), frozenset(known)


def _ways(person: Person, local: str) -> list[Written]:
    """Give the ways in which this name can have become this; a namesake's has a number behind."""
    meant = {local, local.rstrip(DIGITS)} - {""}
    return [each for each in patterns.write(person) if each.local in meant]


def _habits(told: list[set[str]], people: int) -> tuple[Habit, ...]:
    """Find the patterns that are proved, those that explain most first.

    One address may have been written by several patterns ("jo" of Jo Jo…): such a one proves none
    by itself. A pattern is proved by an address that has no other explanation, or by being the only
    one that explains two addresses or more which each have several.
    """
    followed = Counter(slug for slugs in told for slug in slugs)
    alone = Counter(slug for slugs in told if len(slugs) == 1 for slug in slugs)
    proved = set(alone)
    unexplained = [slugs for slugs in told if not slugs & proved]
    if len(unexplained) > 1 and len(common := set.intersection(*unexplained)) == 1:
        proved |= common
    habits = [
        Habit(patterns.BY_SLUG[slug], followed[slug], alone[slug], people) for slug in proved
    ]
    places = {pattern.slug: place for place, pattern in enumerate(patterns.PATTERNS)}
    order = sorted(habits, key=lambda each: (-each.proofs, -each.alone, places[each.pattern.slug]))
    return tuple(order)


def _manners(seen: Counter[str]) -> tuple[str, ...]:
    return tuple(manner for manner, _ in seen.most_common() if manner)
