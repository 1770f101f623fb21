"""Fifty people at work: each opens something, reads for some seconds, and opens the next thing."""

import random
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.error import URLError

from tests.benchmarks import surface_pages
from tests.benchmarks.visitor import Visitor

PAUSE = (2.0, 8.0)
POLL_SECONDS = 5.0
POLL = re.compile(r'data-news-url="([^"]+)"')
# What of a hundred clicks; the rest are moves.
CLICKS = {"board": 25, "list": 25, "lead": 25, "search": 10, "dashboard": 5}


@dataclass
class Load:
    """How long each answer took, in milliseconds, and what went wrong."""

    taken: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def run(url: str, sessions: dict[str, str], known: dict[str, list[str]], seconds: float) -> Load:
    """Let all of them work for so long."""
    load, ends = Load(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=_work, args=(url, key, known, ends, load, number))
        for number, key in enumerate(sessions.values())
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return load


def _work(
    url: str, key: str, known: dict[str, list[str]], ends: float, load: Load, number: int
) -> None:
    chance, visitor = random.Random(number), Visitor(url, session=key)
    paths = {
        "board": surface_pages.boards(known),
        "list": surface_pages.lists(known),
        "lead": surface_pages.leads(known),
        "search": surface_pages.searches(),
        "dashboard": iter(lambda: "/", None),
    }
    for each in paths.values():
        for _ in range(number * 7 % 50):
            next(each)
    stamp = ""
    while time.monotonic() < ends:
        until = time.monotonic() + chance.uniform(*PAUSE)
        stamp = _pause(visitor, stamp, until, load)
        what = chance.choices([*CLICKS, "move"], [*CLICKS.values(), 10])[0]
        if what == "move":
            stage = chance.choice(known["stages"][:4])
            lead = chance.choice(known["leads"])
            _timed(load, visitor, f"/leads/{lead}/move/", stage=stage)
        else:
            _timed(load, visitor, next(paths[what]))
            stamp = _stamp(visitor) if what == "board" else ""


def _pause(visitor: Visitor, address: str, until: float, load: Load) -> str:
    """Wait; whoever looks at the board asks for news meanwhile, as its page does."""
    while address and until - time.monotonic() > POLL_SECONDS:
        time.sleep(POLL_SECONDS)
        _timed(load, visitor, address)
    time.sleep(max(0.0, until - time.monotonic()))
    return address


def _timed(load: Load, visitor: Visitor, path: str, **values: object) -> None:
    began = time.perf_counter()
    try:
        if values and not visitor.token:
            visitor.get("/board/")
            began = time.perf_counter()
        visitor.post(path, **values) if values else visitor.get(path)
    except URLError as error:
        load.errors.append(f"{path}: {error}")
        return
    load.taken.append((time.perf_counter() - began) * 1000)


def rate(url: str, keys: list[str], seconds: float) -> float:
    """Ask for the list as fast as it comes, several at a time; answers per second."""
    ends, done = time.monotonic() + seconds, [0] * len(keys)

    def ask(number: int) -> None:
        visitor = Visitor(url, session=keys[number])
        while time.monotonic() < ends:
            visitor.get("/leads/")
            done[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(keys))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds


def _stamp(visitor: Visitor) -> str:
    """Read from the board where its page asks for news."""
    found = POLL.search(visitor.page)
    return found[1].replace("&amp;", "&") if found else ""
