"""Leads whose true chances are known."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import exp

from scoring.chance.example import Example, Feature, Value

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
FEATURES = (
    Feature("source", "Source", "Came by {}"),
    Feature("employees", "Employees", "{} employees"),
    Feature("technologies", "Technologies", "Uses {}"),
    Feature("has_website", "Has a website"),
    Feature("noise", "Noise"),
)
SOURCES = {"referral": 1.6, "trade fair": 0.0, "list": -1.4}


def lead(rng: random.Random) -> tuple[dict[str, Value], float]:
    """Draw what is known of it, and its chance."""
    source = rng.choice(list(SOURCES))
    employees = None if rng.random() < 0.2 else int(rng.lognormvariate(3, 1))
    technologies = rng.sample(["crm", "erp", "shop"], rng.randint(0, 2))
    has_website = rng.random() < 0.6
    odds = -0.6 + SOURCES[source] + (0.8 if has_website else -0.4)
    odds += -1.0 if employees is None else min(1.5, employees / 40)
    odds += 1.2 * ("crm" in technologies)
    known: dict[str, Value] = {
        "source": source,
        "employees": employees,
        "technologies": technologies,
        "has_website": has_website,
        "noise": rng.random(),
    }
    return known, 1 / (1 + exp(-odds))


def leads(many: int, seed: int = 1) -> list[Example]:
    """An hour apart, the oldest first."""
    rng = random.Random(seed)
    found = []
    for n in range(many):
        known, chance = lead(rng)
        found.append(Example(known, rng.random() < chance, hour(n), key=f"lead {n}"))
    return found


def hour(n: int) -> datetime:
    return BEGINNING + timedelta(hours=n)


def plain(outcomes: Sequence[bool]) -> list[Example]:
    """Of which only the outcome matters."""
    return [Example({"source": "list"}, won, hour(n)) for n, won in enumerate(outcomes)]
