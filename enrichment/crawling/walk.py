"""One walk over a website: its first page, then whatever that leads to, best first."""

from collections.abc import Callable, Iterable
from itertools import groupby, islice
from typing import Generic
from urllib.parse import urljoin

from enrichment.crawling import addresses, door, guesses, rules
from enrichment.crawling.contract import Fetched, Kind, R, Security, State, Visit
from enrichment.crawling.door import Trouble
from enrichment.crawling.echoes import Echoes
from enrichment.crawling.frontier import Frontier
from enrichment.crawling.rules import Rules
from enrichment.crawling.visitor import Visitor

# Of a first page that leads to fewer pages, the map of the website is asked for more.
FEW_LINKS = 2
# In a row, before a website is left alone; and in all.
MOST_AWAY, MOST_TROUBLES = 2, 3
MOST_UNREAD = 20
TELLING = {
    State.PARKED: "{host} is for sale or parked; nobody has a website there.",
    State.REFUSED: "{host} lets in nobody who runs no scripts.",
    State.NOT_THERE: "{host} says that there is no such page.",
    State.NOT_A_PAGE: "{host} sent something that is no page.",
}


class Moved(Exception):
    """The website leads to somebody else's domain."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Walk(Generic[R]):
    """`visits` are the pages that were found, `unread` how many more were worth a look, or 20."""

    def __init__(self, visitor: Visitor, read: Callable[[Fetched], R]) -> None:
        self.visitor, self.read = visitor, read
        self.echoes = Echoes()
        self.visits: list[Visit[R]] = []
        self.security = Security()
        self.unread = 0

    def arrive(self, site: str) -> Visit[R]:
        """Find the first page, under whatever form of the address; raises Trouble and Moved."""
        worst: Trouble | None = None
        for _, forms in groupby(addresses.starts(site), addresses.host):
            found = self._at_one_host(forms)
            if isinstance(found, Visit):
                return found
            # Whoever is there, if only badly, is there; its twin may be there in its place.
            if worst is None or (worst.is_nobody and not found.is_nobody):
                worst = found
            if found.is_final:
                break
        raise worst or Trouble(State.NOT_THERE, f"“{site[:100]}” is no web address.")

    def go_on(self, home: Visit[R]) -> None:
        """Read what the first page leads to, as far as the limits and the website allow."""
        here = home.page.url
        allowed = self.visitor.rules(here)
        if allowed.delay > self.visitor.budget.limits.delay or rules.forbids_following(home.page):
            return
        frontier = Frontier(here)
        frontier.add(home.read.links, here)
        if len(frontier) < FEW_LINKS:
            frontier.add(self._mapped(here, allowed), here)
        is_well = self._follow(frontier, allowed)
        if is_well and len(self.visits) == 1:
            frontier.add([urljoin(here, each) for each in guesses.USUAL], here)
            self._follow(frontier, allowed, is_guess=True)
        more = islice(iter(frontier.next, ""), MOST_UNREAD)
        self.unread = sum(allowed.allow(url) for url in more)

    def look_around(self, home: Fetched) -> None:
        """Find out whether who asks by http is led to https."""
        if not home.url.startswith("https:"):
            self.security = Security(is_https=False, is_trusted=self.security.is_trusted)
            return
        leads_on = True if home.asked.startswith("http:") else None
        if leads_on is None and not self.visitor.budget.is_late:
            plain = f"http{addresses.origin(home.url).removeprefix('https')}/robots.txt"
            try:
                found = self.visitor.file(plain, Kind.RULES)
                leads_on = (door.goal(found) or found.url).startswith("https:")
            except Trouble:
                # Who can't be asked by http leads nobody on, and shows nobody anything either.
                leads_on = None
        self.security = Security(is_https=True, leads_on=leads_on, is_trusted=True)

    # The first page.

    def _at_one_host(self, forms: Iterable[str]) -> Visit[R] | Trouble:
        worst: Trouble | None = None
        for start in forms:
            try:
                return self._first(start)
            except Trouble as trouble:
                if trouble.is_untrusted:
                    self.security = Security(is_https=False, is_trusted=False)
                if worst is None or not worst.is_untrusted or trouble.is_final:
                    worst = trouble
                if trouble.is_nobody or trouble.is_final:
                    break
        assert worst is not None, "A host has at least one address."
        return worst

    def _first(self, start: str) -> Visit[R]:
        def enter(url: str) -> None:
            if addresses.registrable(url) != addresses.registrable(start):
                if not addresses.is_name(addresses.host(url)):
                    name = addresses.host(start)
                    raise Trouble(State.FORBIDDEN, f"{name} leads to what is nobody’s website.")
                raise Moved(url)
            self.visitor.enter(url)

        enter(start)
        found = self.visitor.land(start, enter)
        door.check(found)
        visit = Visit(found, self.read(found))
        if (state := visit.read.state) in TELLING:
            said = TELLING[State(state)].format(host=addresses.host(found.url))
            raise Trouble(State(state), said)
        self.echoes.hears(found)
        self.visits.append(visit)
        return visit

    # The others.

    def _mapped(self, here: str, allowed: Rules) -> list[str]:
        """Give what the map of the website names; a map of maps leads to one of them."""
        url = next(iter(allowed.maps), "/sitemap.xml")
        for _ in range(2):
            url = addresses.clean(url, here)
            if not url or addresses.site(url) != addresses.site(here):
                return []
            url = addresses.at(url, here)
            if not allowed.allow(url) or not self.visitor.has_waited(url):
                return []
            try:
                found = self.visitor.file(url, Kind.MAP)
            except Trouble:
                return []
            links = guesses.mapped(found)
            if not guesses.is_of_maps(found):
                return links
            url = guesses.best_map(links)
        return []

    def _follow(self, frontier: Frontier, allowed: Rules, *, is_guess: bool = False) -> bool:
        """Read what is waiting; say whether the website answered well enough to go on."""
        away = troubles = 0
        while not self.visitor.budget.is_spent and (url := frontier.next()):
            if not allowed.allow(url):
                continue
            try:
                is_one = self._next(url, frontier, allowed)
                away = 0
            except Trouble as trouble:
                is_one = False
                troubles += 1
                away = away + 1 if trouble.state is State.AWAY else 0
                if away == MOST_AWAY or troubles == MOST_TROUBLES or trouble.until:
                    return False
            # Where the first place to guess is empty, hardly any of the others isn't.
            if is_guess and not is_one:
                return False
        return True

    def _next(self, url: str, frontier: Frontier, allowed: Rules) -> bool:
        """Read a page and take up its links; say whether it was one that was not known."""
        is_new = True

        def enter(goal: str) -> None:
            nonlocal is_new
            if not frontier.is_own(goal) or not allowed.allow(goal):
                raise Elsewhere
            is_new = not frontier.know(goal)

        try:
            found = self.visitor.land(url, enter)
        except Elsewhere:
            return False
        if not is_new or found.status in door.GONE:
            return False
        door.check(found)
        # Once the notice of what is missing was heard, it is known wherever it comes again.
        if self.echoes.hears(found):
            return False
        visit = Visit(found, self.read(found))
        if visit.read.state in TELLING:
            return False
        self.visits.append(visit)
        if not rules.forbids_following(found):
            frontier.add(visit.read.links, found.url)
        return True


class Elsewhere(Exception):
    """A page leads to what is not of this website, or not for programs."""
