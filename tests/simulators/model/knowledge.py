"""What the model knows: the world's organisations and the fakes, found by place, trade and name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from urllib.parse import urlsplit

from tests.simulators import fakes
from tests.simulators.fakes import Fake
from tests.simulators.model.question import Question, flatten
from tests.simulators.pages.directory import GROUPS
from tests.simulators.world import geography, population, trades
from tests.simulators.world.draw import Draw
from tests.simulators.world.geography import Place
from tests.simulators.world.organisation import Organisation
from tests.simulators.world.population import Population

Known = Organisation | Fake
REACH_OF_CODE = 12.0  # miles that take in all of an outward code
ADDRESS = re.compile(r"\b[\w-]+\.example\b")
NUMBER = re.compile(r"\b(?:[A-Z]{2}\d{6}|\d{8})\b")
LONGEST = 9  # words of a name


class Knowledge:
    """The world as the web tells of it."""

    def __init__(self, population: Population) -> None:
        self.population = population

    @cached_property
    def names(self) -> dict[str, list[int]]:
        """Names as flattened, to places in the world's list; built when first asked for."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, entry in enumerate(self.population.entries):
            for name in {flatten(entry.name), flatten(entry.legal)} - {""}:
                found[name].append(at)
        return found

    def called(self, name: str) -> list[Known]:
        """All of a name: a fake is met by its domain or when nobody honest is called so."""
        flat = flatten(name)
        return [
            *(self.population.at(at) for at in self.names.get(flat, [])),
            *(fake for fake in fakes.every() if flatten(fake.claim["name"]) == flat),
        ]

    def marked(self, mark: str) -> Known | None:
        """By domain or company number."""
        if fake := fake_marks().get(mark):
            return fake
        return self.population.by_domain(mark) or self.population.by_number(mark)

    def indexes(self, question: Question) -> list[int]:
        """Everybody at the places and of the trades asked for."""
        if question.abroad:
            return []
        world, wanted = self.population, question.trades or None
        if not question.places:
            every = range(len(world))
            return [at for at in every if not wanted or world.entries[at].trade in wanted]
        found: dict[int, None] = {}
        for place in question.places:
            radius = question.miles or place.miles
            if is_code(place.name) and question.miles is None:
                radius = REACH_OF_CODE
            for at in world.indexes_near(place.latitude, place.longitude, radius, wanted):
                if question.miles is not None or belongs(world.entries[at].postcode, place):
                    found[at] = None
        return list(found)

    def honest(self, question: Question, order: Iterable[int]) -> Iterator[Organisation]:
        """In that order those whom the web knows and the question does not leave out."""
        for at in order:
            one = self.population.at(at)
            if (
                knows(one)
                and not question.leaves_out(one.name, one.domain)
                and not question.leaves_out(one.legal_name)
            ):
                yield one

    def fakes_fitting(self, question: Question) -> list[Fake]:
        if question.abroad:
            return []
        wanted = set(question.trades)
        return [
            fake
            for fake in fakes.every()
            if (not wanted or trades_of(fake.id) & wanted)
            and any(reaches(place, fake, question.miles) for place in question.places)
            and not question.leaves_out(fake.claim["name"], own_host(fake))
        ]

    def named(self, text: str) -> list[Known]:
        """The organisations a text names, in its order; of namesakes the one at a place named."""
        found: dict[str, Known] = {}
        for mark in [*ADDRESS.findall(text.lower()), *NUMBER.findall(text)]:
            if one := self.marked(mark.removeprefix("www.")):
                found[one.id] = one
        marked = {flatten(name_of(one)) for one in found.values()}
        words = flatten(text).split()
        at = 0
        while at < len(words):
            for length in range(min(LONGEST, len(words) - at), 1, -1):
                name = " ".join(words[at : at + length])
                if name not in marked and is_name(name) and (several := self.called_at(name)):
                    one = nearest(several, text)
                    found.setdefault(one.id, one)
                    at += length - 1
                    break
            at += 1
        return list(found.values())

    def called_at(self, name: str) -> list[Known]:
        known = name in self.names or name in fake_names()
        return self.called(name) if known else []


@cache
def knowledge(seed: int) -> Knowledge:
    """That of this world, whoever asks; it takes a second to come to mind for the first time."""
    return Knowledge(population(seed))


@cache
def trades_of(fake_id: str) -> set[str]:
    """The trades a fake claims to be in, as far as its words say, else those of its kind."""
    fake = next(one for one in fakes.every() if one.id == fake_id)
    told = set(trades.find(fake.claim["what_they_do"])) & GROUPS[fake.trade]
    return told or ({"clinic"} if fake.trade == "healthcare" else GROUPS[fake.trade])


@cache
def fake_names() -> frozenset[str]:
    return frozenset(flatten(fake.claim["name"]) for fake in fakes.every())


@cache
def fake_marks() -> dict[str, Fake]:
    """Domains and company numbers claimed by fakes; a directory's domain marks nobody."""
    found = {}
    for fake in fakes.every():
        marks = (own_host(fake), fake.claim["company_number"])
        found |= {mark: fake for mark in marks if mark}
    return found


def own_host(fake: Fake) -> str:
    """The domain claimed; "" when it is a directory's or a network's, which many share."""
    own = urlsplit(fake.claim["website"] or "").path in ("", "/")
    return fake.host if own else ""


def name_of(one: Known) -> str:
    return one.claim["name"] if isinstance(one, Fake) else one.name


def is_name(words: str) -> bool:
    """Whether a run of words can be a name and not just the word for a trade or a town."""
    return words not in geography.towns() and words not in trade_words()


@cache
def trade_words() -> frozenset[str]:
    return frozenset(word for trade in trades.TRADES.values() for word in trade.words)


def nearest(several: list[Known], text: str) -> Known:
    """Of namesakes the one whose postcode or town the text gives, else the first."""
    spots = [
        (one.claim["postcode"] or "", one.town)
        if isinstance(one, Fake)
        else (one.postcode, one.town)
        for one in several
    ]
    for part in (0, 1):
        for one, spot in zip(several, spots, strict=True):
            if spot[part] and re.search(rf"\b{re.escape(spot[part])}\b", text, re.IGNORECASE):
                return one
    return several[0]


def knows(one: Organisation) -> bool:
    """The web does not tell of everybody, and least of those without a website."""
    share = 0.92 if one.domain else 0.4
    if one.closed or one.status not in ("", "active"):
        share = 0.25
    return Draw("known", one.id).chance(share)


def is_code(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?", name))


def belongs(postcode: str, place: Place) -> bool:
    """A code without a radius means those that bear it."""
    return not is_code(place.name) or is_within(postcode.rsplit(" ", 1)[0], place.name)


def is_within(outward: str, code: str) -> bool:
    """EC1A and EC1M are parts of EC1."""
    return outward == code or (outward[:-1] == code and outward[-1].isalpha())


def reaches(place: Place, fake: Fake, miles: float | None) -> bool:
    home = geography.outward_codes()[fake.near["outward"]]
    if miles is None and is_code(place.name):
        return is_within(home.name, place.name)
    away = geography.miles(place.latitude, place.longitude, home.latitude, home.longitude)
    return away <= (miles or max(place.miles, 3.0))
