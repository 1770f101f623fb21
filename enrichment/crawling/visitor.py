"""Asks a website for what is wanted: alone, as slowly as it likes, and for nothing it forbids."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack

from enrichment.crawling import addresses, door
from enrichment.crawling import rules as manners
from enrichment.crawling.budget import Budget
from enrichment.crawling.contract import Fetched, Kind, State
from enrichment.crawling.door import Trouble
from enrichment.crawling.rules import Rules
from enrichment.crawling.turn import turn

MOST_HOPS = 5


class Visitor:
    """What is `known` already is not asked for again; `turns` lets go of the website at its end."""

    def __init__(
        self,
        keep: Callable[[Fetched], object],
        known: Iterable[Fetched],
        budget: Budget,
        turns: ExitStack,
    ) -> None:
        self.keep, self.budget, self.turns = keep, budget, turns
        self.known = {each.asked: each for each in known}
        self._rules: dict[str, Rules] = {}
        self._sites: set[str] = set()

    def enter(self, url: str) -> None:
        """Have this host for ourselves, and its leave to read the address."""
        if (site := addresses.site(url)) not in self._sites:
            self.turns.enter_context(turn(site))
            self._sites.add(site)
        if not self.rules(url).allow(url):
            name = addresses.host(url)
            raise Trouble(State.ROBOTS, f"{name} asks programs not to read it (robots.txt).")

    def rules(self, url: str) -> Rules:
        origin = addresses.origin(url)
        if origin not in self._rules:
            self._rules[origin] = self._asked_rules(f"{origin}/robots.txt")
        return self._rules[origin]

    def _asked_rules(self, url: str) -> Rules:
        try:
            found = self.file(url, Kind.RULES)
        except Trouble as trouble:
            if trouble.state is State.TOO_BIG:
                name = addresses.host(url)
                raise Trouble(State.ROBOTS, f"The robots.txt of {name} is too long.") from trouble
            if trouble.state in (State.AWAY, State.NOT_THERE):
                raise
            # It leads to nowhere: there is none.
            return Rules()
        if manners.is_to_be_left_alone(found.status):
            door.check(found)
        return self._rules.setdefault(_of_whom(found.url), manners.read(found))

    def land(self, url: str, enter: Callable[[str], None]) -> Fetched:
        """Fetch a page where it is found in the end; `enter` raises where that may not be."""
        passed = {url}
        while True:
            if not self.has_waited(url):
                raise Trouble(State.AWAY, f"{addresses.host(url)} takes too long to read.")
            found = self._fetch(url, Kind.PAGE)
            goal = door.goal(found)
            if not goal:
                return found
            if goal in passed:
                name = addresses.host(url)
                raise Trouble(State.NOT_A_PAGE, f"{name} leads round in circles, to no page.")
            passed.add(goal)
            enter(goal)
            url = goal

    def has_waited(self, url: str) -> bool:
        """Wait as long as the website asks for; say whether there is time and room for more."""
        if url in self.known:
            return True
        delay = min(self.rules(url).delay, self.budget.limits.delay)
        return not self.budget.is_spent and self.budget.wait(delay)

    def file(self, url: str, kind: Kind) -> Fetched:
        """Fetch what is there for programs, if it leads no further than its own domain."""
        found = self._fetch(url, kind)
        for _ in range(MOST_HOPS):
            goal = door.goal(found)
            if not goal or addresses.registrable(goal) != addresses.registrable(url):
                break
            found = self._fetch(goal, kind)
        return found

    def _fetch(self, url: str, kind: Kind) -> Fetched:
        if url in self.known:
            found = self.known[url]
            self.budget.asks(kind)
            self.budget.has(found)
            return found
        found = door.ask(url, kind, self.budget)
        self.known[url] = found
        self.keep(found)
        return found


def _of_whom(url: str) -> str:
    """Give the origin of which a robots.txt speaks that was led to, or "" if it is none."""
    return addresses.origin(url) if url.endswith("/robots.txt") else ""
