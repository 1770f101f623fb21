"""A campaign that asks vendors, launched by a person who then watches its page."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.installation import Installation
from tests.benchmarks.vendors import bound, twice
from tests.benchmarks.vendors.bound import Question
from tests.benchmarks.vendors.simulated import ADDRESSES, Record, Vendors
from tests.benchmarks.visitor import Visitor

SECONDS_BETWEEN_LOOKS = 0.25
NEW = re.compile(r"verdict=created.{0,400}?>\s*([\d,]+)\s*<", re.DOTALL)
STATE = re.compile(r'data-announce="(\w+)')
OVER = ("Completed", "Failed", "Cancelled", "Paused")
ENDED = """
SELECT extract(epoch FROM coalesce(finished_at, since))::float8, reason
FROM campaigns_run WHERE campaign_id = %s ORDER BY number DESC LIMIT 1
"""
ASKED = """
SELECT asked.wave, asked.ticket FROM campaigns_inquiry AS asked
JOIN campaigns_sourcerun AS row ON row.id = asked.source_run_id
JOIN campaigns_run AS run ON run.id = row.run_id
WHERE run.campaign_id = %s AND row.source = 'openai_web' AND asked.ticket <> ''
"""


class NotCompleted(Exception):
    """The run took longer than anybody would wait, or the product ended."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for; `sources` are the slugs to tick, none for all that are offered."""

    kind: str
    postcode: str
    miles: int
    leads: int
    sources: Sequence[str] = ()


@dataclass
class Course:
    """What was seen of a run, in the vendors' seconds since the button was pressed.

    `first` is when the page told of the first fifty leads, or of all if fewer were wanted.
    """

    launched: float = 0.0
    state: str = ""
    said: str = ""
    leads: int = 0
    first: float = 0.0
    total: float = 0.0
    calls: dict[str, list[Record]] = field(default_factory=dict)
    waves: dict[int, list[Question]] = field(default_factory=dict)

    @property
    def questions(self) -> list[Question]:
        every = [each for wave in self.waves.values() for each in wave]
        return sorted(every, key=lambda each: each.sent)

    @property
    def bound(self) -> float:
        """The seconds that an ideal client would have needed for the same calls."""
        widest = max(map(len, self.waves.values()), default=0)
        return bound.least(self.calls, self.questions, widest)

    @property
    def after_second_wave(self) -> float:
        """The seconds from the slowest answer of the second wave (or the only one) to the end."""
        if not self.waves:
            return 0.0
        second = sorted(self.waves)[:2][-1]
        slowest = max(each.there for each in self.waves[second])
        return max(0.0, self.launched + self.total - slowest)

    @property
    def paid_twice(self) -> int:
        return twice.paid(self.calls)


class Person:
    """The owner of a company, signed in."""

    def __init__(self, product: Installation, vendors: Vendors, email: str, password: str) -> None:
        self.product, self.vendors = product, vendors
        self.visitor = Visitor(product.url)
        self.visitor.get("/sign-in/")
        self.visitor.submit("/sign-in/", username=email, password=password)

    def launch(self, wanted: Wanted) -> "Watch":
        """Choose kind, place and sources, look at the preview, and press “Launch”."""
        self.vendors.forget()
        asked: dict[str, Any] = {
            "postcode": wanted.postcode,
            "miles": wanted.miles,
            "max_results": wanted.leads,
        }
        self.visitor.get(f"/campaigns/new/{wanted.kind}/")
        offered = re.findall(r'name="sources" value="(\w+)"', self.visitor.page)
        missing = set(wanted.sources) - set(offered)
        if missing:
            raise NotCompleted(f"The page offers {offered}, and not {missing}.")
        asked["sources"] = list(wanted.sources) or offered
        self.visitor.get(f"/campaigns/new/{wanted.kind}/preview/", **asked)
        pressed = time.time()
        self.visitor.submit("/campaigns/launch/", sources=asked["sources"])
        if "/campaigns/launch" in self.visitor.path:
            raise NotCompleted(_problem(self.visitor.page))
        return Watch(self, wanted, pressed)


class Watch:
    """A person before the page of a run."""

    def __init__(self, person: Person, wanted: Wanted, pressed: float) -> None:
        self.person, self.wanted, self.pressed = person, wanted, pressed
        self.path = person.visitor.path
        self.campaign = self.path.strip("/").split("/")[1]
        self.course = Course(launched=person.vendors.moment(pressed))

    def follow(
        self, patience: float, *, until: Callable[[Course], bool] = lambda course: False,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Course:  # fmt: skip
        """Look until it is over or `until` says so; `patience` is in our own seconds."""
        course, vendors = self.course, self.person.vendors
        while course.state not in OVER and not until(course):
            if time.time() - self.pressed > patience:
                raise NotCompleted(f"{course.state}: {_problem(self.person.visitor.page)}")
            time.sleep(SECONDS_BETWEEN_LOOKS if course.first else SECONDS_BETWEEN_LOOKS / 5)
            self.look()
            meanwhile()
        if course.state in OVER:
            [(ended, course.said)] = self.person.product.ask(ENDED, self.campaign)
            course.total = (ended - self.pressed) * vendors.speed
        course.calls = {vendor: vendors.calls(vendor) for vendor in ADDRESSES}
        course.waves = self._waves()
        return course

    def look(self) -> None:
        """See what the page says now; a page that does not come while others die is looked for
        again."""
        try:
            page = self.person.visitor.get(f"{self.path}progress/")
        except OSError:
            return
        course = self.course
        course.state = found[1] if (found := STATE.search(page)) else course.state
        course.leads = int(found[1].replace(",", "")) if (found := NEW.search(page)) else 0
        if not course.first and course.leads >= min(50, self.wanted.leads):
            course.first = (time.time() - self.pressed) * self.person.vendors.speed

    def cancel(self) -> None:
        """Press “Cancel”, if it isn't over in this moment."""
        page = self.person.visitor.get(self.path)
        for action in set(re.findall(r'action="(/campaigns/runs/[0-9a-f-]+/cancel/)"', page)):
            self.person.visitor.submit(action)

    def _waves(self) -> dict[int, list[Question]]:
        waves: dict[int, list[str]] = {}
        for wave, ticket in self.person.product.ask(ASKED, self.campaign):
            waves.setdefault(wave, []).append(ticket)
        return {
            wave: bound.questions(self.person.vendors, tickets) for wave, tickets in waves.items()
        }


def _problem(page: str) -> str:
    """What a page says, without its markup."""
    main = page.partition("<main")[2] or page
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())[:3000]
