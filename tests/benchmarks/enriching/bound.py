"""How long a client that loses no moment of its own would need for the calls that were really made.

- Each service takes so many calls in so many seconds (`crm.outside.services`): what goes beyond the
  first that may come at once takes its share of them, and the last call its answer's time. Of a
  question to a model only the sending and one look count, however often was looked.
- A website is read page by page, with the pause between two that it asks for; as many websites are
  read side by side as the workers have threads.
- Whoever comes last at the slowest of these still has the rest before it: its website is read, and
  the model is asked about it, which may be two questions side by side. What is added is the
  shortest of all such chains; that of one organisation alone is never less than the longest.

Nothing is computed meanwhile, no database is waited for, and an answer is looked for in the instant
in which it is there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm.outside.service import Pace
from crm.outside.services import SERVICES
from tests.simulators.starting import VENDORS

PACES: dict[str, Sequence[Pace]] = {
    **{slug: service.paces for slug, service in SERVICES.items()},
    # A host of its own, which counts the same calls once more.
    "companies_house_documents": SERVICES["companies_house"].paces,
}
# Seconds to an answer, of those that answer at once.
LATENCY = {
    "openai": 0.2, "companies_house": 0.15, "companies_house_documents": 0.2, "google_places": 0.2,
    "apollo": 0.3, "hunter": 0.3, "zerobounce": 0.4, "twilio": 0.25, "clearbit": 0.3,
}  # fmt: skip
MODEL, ANSWERS = "openai", "/v1/responses"
WEBSITES = "websites"


@dataclass(frozen=True)
class Answer:
    """A model's answer about an organisation: how many seconds it took."""

    about: str
    seconds: float


@dataclass(frozen=True)
class Bound:
    """Seconds: of each service by itself, of the shortest and of the longest chain."""

    parts: Mapping[str, float]
    shortest: float
    longest: float

    @property
    def slowest(self) -> str:
        """Name the service that takes longest."""
        return max(self.parts, key=lambda name: self.parts[name], default="")

    @property
    def seconds(self) -> float:
        """Give the least that all of it takes."""
        return max(self.parts.get(self.slowest, 0.0) + self.shortest, self.longest)


@dataclass
class Asked:
    """What was really asked, in the vendors' seconds.

    `calls` are the vendors' records, `sites` the seconds to read each website by its domain,
    `domains` the organisations' websites by whom the answers are about.
    """

    calls: Mapping[str, Sequence[Mapping[str, Any]]]
    sites: Mapping[str, float] = field(default_factory=dict)
    answers: Sequence[Answer] = ()
    domains: Mapping[str, str] = field(default_factory=dict)


def least(asked: Asked, side_by_side: int) -> Bound:
    """Reckon it; `side_by_side` is how many websites are read at once."""
    parts: dict[str, float] = {}
    for slug, calls in asked.calls.items():
        if slug == MODEL:
            calls = _needed(calls)
        for lane, seconds in _paced(slug, [str(call["path"]) for call in calls]):
            parts[lane] = seconds
    if asked.sites:
        parts[WEBSITES] = sum(asked.sites.values()) / side_by_side
    chains = list(_chains(asked))
    return Bound(parts, min(chains, default=0.0), max(chains, default=0.0))


def _needed(calls: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Give the questions that were sent, and each once more for the look that finds its answer."""
    sent = [call for call in calls if call["method"] == "POST" and call["path"] == ANSWERS]
    return [*sent, *sent]


def _paced(slug: str, paths: Iterable[str]) -> Iterable[tuple[str, float]]:
    """Give the least seconds of each lane of a service that was called."""
    base = VENDORS[slug][3]
    lanes: Counter[Pace] = Counter()
    for path in paths:
        behind = path.removeprefix(base)
        paces = PACES[slug]
        lanes[next(each for each in paces if not each.paths or behind.startswith(each.paths))] += 1
    for pace, many in lanes.items():
        name = f"{slug}, {pace.lane}" if pace.lane else slug
        yield name, max(0, many - pace.burst) * pace.seconds / pace.calls + LATENCY[slug]


def _chains(asked: Asked) -> Iterable[float]:
    """Give the seconds of each organisation about which the model was asked."""
    longest: dict[str, float] = {}
    for answer in asked.answers:
        longest[answer.about] = max(longest.get(answer.about, 0.0), answer.seconds)
    for about, seconds in longest.items():
        read = asked.sites.get(asked.domains.get(about, ""), 0.0)
        yield read + seconds + 2 * LATENCY[MODEL]
