"""Reads one organisation's website, politely and within bounds, and says how it was found."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack

from crm import http
from enrichment.crawling.budget import Budget
from enrichment.crawling.contract import Crawl, Fetched, Limits, R, State
from enrichment.crawling.door import Trouble
from enrichment.crawling.visitor import Visitor
from enrichment.crawling.walk import Moved, Walk

USUAL = Limits()


def crawl(
    site: str,
    keep: Callable[[Fetched], object],
    *,
    read: Callable[[Fetched], R],
    known: Iterable[Fetched] = (),
    limits: Limits = USUAL,
    follows_moves: bool = False,
) -> Crawl[R]:
    """Read a website, beginning at this address; whatever is wrong outside, the state says it.

    `keep` is handed each answer as soon as it is there, robots.txt among them; whoever is killed
    hands in as `known` what was kept, and only the rest is asked for. `follows_moves` takes
    another's domain for the same website, once. Raises Later while somebody else reads it.
    """
    with ExitStack() as turns, http.staying():
        walk = Walk(Visitor(keep, known, Budget(limits), turns), read)
        moved_to, goal = "", site
        while True:
            try:
                home = walk.arrive(goal)
                break
            except Moved as moved:
                if moved_to or not follows_moves:
                    return _moved(site, moved.url)
                moved_to = goal = moved.url
            except Trouble as trouble:
                return Crawl(
                    site,
                    trouble.state,
                    trouble.reason,
                    moved_to=moved_to,
                    security=walk.security,
                    until=trouble.until,
                )
        walk.go_on(home)
        walk.look_around(home.page)
        return Crawl(
            site,
            State.OK,
            _said(len(walk.visits), walk.unread),
            url=home.page.url,
            moved_to=moved_to,
            pages=tuple(walk.visits),
            seconds=home.page.seconds,
            security=walk.security,
            unread=walk.unread,
        )


def _moved(site: str, goal: str) -> Crawl[R]:
    return Crawl(site, State.MOVED, f"It leads to another website: {goal}", moved_to=goal)


def _said(pages: int, unread: int) -> str:
    read = "One page was read" if pages == 1 else f"{pages} pages were read"
    return f"{read}; it has more." if unread else f"{read}."
