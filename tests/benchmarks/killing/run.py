"""One campaign of one company, from “Launch” to its end, with kills on the way."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.installation import Installation
from tests.benchmarks.killing.progress import Look, Progress
from tests.benchmarks.killing.roles import WEB
from tests.benchmarks.killing.shots import Shot, Shots
from tests.benchmarks.visitor import Visitor

SECONDS_BETWEEN_LOOKS = 0.003
# A commit that was under way may still come; it is no sign of somebody at work again.
SECONDS_OF_DOUBT = 0.05
PATIENCE = 600


class NotCompleted(Exception):
    """The product ended, or the run took longer than anybody would wait."""


@dataclass
class Kill:
    """One that hit; `back` is after how many seconds the run moved again, or was over."""

    role: str
    process: int
    look: Look | None
    seconds: float
    base: int
    back: float | None = None

    @property
    def concerns_work(self) -> bool:
        return self.role != WEB

    def __str__(self) -> str:
        row = self.look.in_flight if self.look else "the database does not answer"
        return f"{self.seconds:6.2f} s  {self.role:11}  pid {self.process:<7}  {row}"


@dataclass
class Course:
    """What was seen of a run: `gap` is the longest time without progress, `step` the largest."""

    state: str = ""
    found: int = 0
    seconds: float = 0.0
    steps: int = 0
    step: int = 0
    gap: float = 0.0
    gap_after: str = "launch"
    kills: list[Kill] = field(default_factory=list)

    @property
    def pace(self) -> float:
        """Seconds from one progress to the next."""
        return self.seconds / max(1, self.steps)


def owner(company: str) -> str:
    """Give the e-mail address of a company's owner."""
    return f"olivia@{company}.example"


@dataclass(frozen=True)
class Wanted:
    """The criteria of every run of a benchmark."""

    kind: str
    postcode: str
    miles: int
    leads: int

    def launch(self, product: Installation, company: str, password: str) -> None:
        """Sign in as the company's owner, look at the preview and press “Launch”."""
        person = Visitor(product.url)
        person.get("/sign-in/")
        person.submit("/sign-in/", username=owner(company), password=password)
        person.get(
            f"/campaigns/new/{self.kind}/preview/",
            postcode=self.postcode,
            miles=self.miles,
            max_results=self.leads,
        )
        person.submit("/campaigns/launch/")


def follow(
    product: Installation, progress: Progress, company: str, shots: Shots | None = None
) -> Course:
    """See a run that was just launched through to its end, and kill on the way."""
    watch = _Watch(Course())
    while True:
        look = progress.look(company)
        watch.see(look)
        if look is not None and look.is_over:
            return watch.course
        shot = shots.due(look, watch.passed) if shots else None
        if shot is not None:
            watch.note(shot, look)
        if product.process.poll() is not None or watch.passed > PATIENCE:
            killed = "\n".join(map(str, watch.course.kills))
            raise NotCompleted(f"{look}\n{killed}\n{product.log.read_text()}")
        time.sleep(SECONDS_BETWEEN_LOOKS)


class _Watch:
    """The stopwatch beside a run."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.began = time.monotonic()
        self.moved = 0.0

    @property
    def passed(self) -> float:
        return time.monotonic() - self.began

    def note(self, shot: Shot, look: Look | None) -> None:
        """A shot hit."""
        kill = Kill(shot.role, shot.process, look, self.passed, self.course.found)
        self.course.kills.append(kill)

    def see(self, look: Look | None) -> None:
        """Look at the run once more."""
        if look is None:
            return
        course, passed = self.course, self.passed
        course.state, course.seconds = look.state, passed
        if look.found != course.found or look.is_over:
            if passed - self.moved > course.gap:
                course.gap, course.gap_after = passed - self.moved, self._cause()
            course.steps += 1
            course.step = max(course.step, look.found - course.found)
            course.found, self.moved = look.found, passed
        for kill in self._waiting():
            if passed - kill.seconds < SECONDS_OF_DOUBT and not look.is_over:
                kill.base = look.found
            elif look.found > kill.base or look.is_over:
                kill.back = passed - kill.seconds

    def _waiting(self) -> Iterator[Kill]:
        return (kill for kill in self.course.kills if kill.back is None)

    def _cause(self) -> str:
        """Say who was killed since the run last moved, or a moment before."""
        roles: Sequence[str] = [
            kill.role for kill in self.course.kills if kill.seconds > self.moved - 1
        ]
        return ", ".join(roles) or "nobody"
