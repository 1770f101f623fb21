"""How long an ideal client would have needed at the least for the calls that were really made.

Such a client loses no moment of its own: it computes nothing, waits for no database, looks for an
answer in the instant in which it is there, and never leaves a vendor idle. What is left is what
vendors' limits and latencies cost anybody:

- A vendor that answers at once: `n` calls at its rate, and its latency for the last. Companies
  House takes 2 a second, evenly, since whoever goes beyond is shut out; the others take what their
  window allows at once, and the rest when the next one begins.
- The web: questions go out in waves, as the second has to leave out what the first has found. As
  many are side by side as were at the most; they are dealt out in the order in which they were
  really asked, each wave full before the next begins (so a client that spreads few questions over
  many waves is worse than this one), and each wave lasts as long as its slowest question.
- What is free is asked first, and what costs only for what is still missing: these two come one
  after the other. Whatever costs goes side by side, so that the longest counts.
- After the last answer of the web one candidate of it is looked up.
- A candidate is looked up when somebody has told of it: of the calls to Companies House behind the
  first question that costs, none goes out before the first answer to such a question.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.vendors.simulated import Record, Vendors

# Calls, in so many seconds; and seconds to an answer.
LIMITS = {
    "companies_house": (1, 0.5, 0.15),
    "google_places": (600, 60.0, 0.2),
    "apollo": (200, 60.0, 0.3),
    "hunter": (50, 60.0, 0.3),
}
PAID = ("openai", "google_places", "apollo", "hunter")
# To send a question, and to fetch its answer.
WEB_LATENCY = 0.2


@dataclass(frozen=True)
class Question:
    """One question to the web: when it was sent, and how long the model took."""

    sent: float
    took: float

    @property
    def there(self) -> float:
        """When the answer was."""
        return self.sent + self.took


def questions(vendors: Vendors, tickets: Sequence[str]) -> list[Question]:
    """Ask the simulated vendor how long each answer took; in the order of asking."""
    found = []
    for ticket in tickets:
        began, ended = vendors.took(ticket)
        found.append(Question(began, ended - began))
    return sorted(found, key=lambda each: each.sent)


def least(calls: dict[str, list[Record]], asked: Sequence[Question], at_once: int) -> float:
    """Give the seconds; `at_once` is how many questions to the web were side by side at most."""
    first = min((each[0]["at"] for name, each in calls.items() if name in PAID and each),
                default=None)  # fmt: skip
    free = calls.get("companies_house", [])
    before = [call for call in free if first is None or call["at"] < first]
    after = len(free) - len(before)
    paid = [_rated(name, len(calls.get(name, []))) for name in PAID if name in LIMITS]
    web = chain([each.took for each in asked], at_once)
    looked_up = _first_told(calls, asked[:at_once]) + _rated("companies_house", after)
    return _rated("companies_house", len(before)) + max(web, looked_up if after else 0.0, *paid)


def _first_told(calls: dict[str, list[Record]], first_wave: Sequence[Question]) -> float:
    """Give the seconds from the first question that costs to the first answer to one."""
    told = [each.took for each in first_wave]
    told += [LIMITS[name][2] for name in PAID if name in LIMITS and calls.get(name)]
    return min(told, default=0.0)


def chain(took: Sequence[float], at_once: int) -> float:
    """Give the seconds of the waves, and of the look-up after the last."""
    if not took:
        return 0.0
    waves = [took[at : at + at_once] for at in range(0, len(took), max(1, at_once))]
    slowest = sum(max(wave) + 2 * WEB_LATENCY for wave in waves)
    return slowest + LIMITS["companies_house"][2]


def _rated(vendor: str, calls: int) -> float:
    if not calls:
        return 0.0
    many, seconds, latency = LIMITS[vendor]
    return (calls - 1) // many * seconds + latency
