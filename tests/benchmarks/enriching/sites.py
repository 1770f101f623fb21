"""The simulated websites: what was read there, how politely, how long that takes at least."""

import json
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.benchmarks.vendors.simulated import Vendors
from tests.simulators import world
from tests.simulators.pages import making, robots

PATIENCE = 300
RULES = "/robots.txt"


class Sites:
    """They have no address of their own: all of their names lead to one."""

    def __init__(self, vendors: Vendors) -> None:
        names = Path(vendors.env["HTTP_NAMES"]).read_text()
        self.place = f"http://{names.split()[-1]}/_control"

    def forget(self) -> None:
        """Let them count from here."""
        self._ask("calls", "DELETE")

    def breaches(self) -> int:
        """How often a page was read that may not be, or sooner than its website asks for."""
        manners = self.manners()
        names = ("forbidden_pages", "hurried_pages", "forbidden_networks")
        return sum(manners[name] for name in names)

    def manners(self) -> dict[str, int]:
        """How readers have behaved."""
        found: dict[str, int] = self._ask("stats")["manners"]
        return found

    def seconds(self) -> dict[str, float]:
        """Give for each website that was read the seconds which its pages take one by one.

        That is the time to each answer, and between two the pause that it asks for.
        """
        pages: Counter[str] = Counter()
        for call in self._ask("calls"):
            if call["path"] != RULES:
                pages[call["host"].removeprefix("www.")] += 1
        found = {}
        for host, many in pages.items():
            one = world.by_domain(host)
            if one is not None:
                pause = robots.delay(one) if making.of(one).opens else 0
                found[host] = many * making.of(one).seconds + (many - 1) * pause
        return found

    def _ask(self, subject: str, method: str = "GET") -> Any:
        with urlopen(Request(f"{self.place}/{subject}", method=method), timeout=PATIENCE) as answer:
            return json.loads(answer.read())
