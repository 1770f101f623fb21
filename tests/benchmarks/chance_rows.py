"""Leads of a table with their outcomes, in their order; or a table drawn by a law that is known."""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path

from scoring.chance.example import Example, Feature, Value

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
OUTCOME, ORDER, ALONE = "Converted", "Lead Number", "Total Time Spent on Website"
LAW = "Law"
# Written down by whoever works on a lead, or once its outcome shows; and what merely counts leads.
LEFT_OUT = (
    "Prospect ID", ORDER, OUTCOME, LAW, "Tags", "Lead Quality", "Lead Profile", "Asymmetrique",
    "Last Activity", "Last Notable Activity",
)  # fmt: skip
SOURCES = {"Reference": 2.2, "Google": 0.2, "Direct Traffic": -0.3, "Olark Chat": -0.8}


@dataclass(frozen=True)
class Leads:
    """`law` holds the true chances, where the table was drawn by one."""

    examples: list[Example]
    features: list[Feature]
    left_out: list[str]
    law: list[float]


def read(path: Path) -> Leads:
    """Every column that is not left out as it stands; what reads as numbers throughout is some."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row[ORDER]))
    names = [name for name in rows[0] if not name.startswith(LEFT_OUT)]
    columns = {name: values([row[name] for row in rows]) for name in names}
    examples = [
        Example(
            {name: columns[name][n] for name in names},
            row[OUTCOME] == "1",
            BEGINNING + timedelta(minutes=n),
            key=row[ORDER],
        )
        for n, row in enumerate(rows)
    ]
    law = [float(row[LAW]) for row in rows] if LAW in rows[0] else []
    left_out = [name for name in rows[0] if name not in names]
    return Leads(examples, [Feature(name, name) for name in names], left_out, law)


def values(texts: Sequence[str]) -> list[Value]:
    try:
        return [float(each) if each else None for each in texts]
    except ValueError:
        return [each or None for each in texts]


def draw(path: Path, leads: int) -> None:
    """Write a table of which the chances are known, with a column that gives outcomes away."""
    rng = random.Random(leads)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow((ORDER, OUTCOME, LAW, "Tags", ALONE, "TotalVisits", "Lead Source", "Role"))
        for number in range(leads):
            seconds = 0 if rng.random() < 0.25 else int(rng.lognormvariate(6, 1))
            source = rng.choice(list(SOURCES))
            role = rng.choice(("Owner", "Student", "", ""))
            odds = -1.2 + SOURCES[source] + min(2.5, seconds / 500)
            odds += {"Owner": 1.0, "Student": -0.4, "": -1.2}[role]
            # Time counts for more where somebody has come by himself.
            odds += 0.8 if source == "Google" and seconds > 600 else 0.0
            chance = 1 / (1 + exp(-odds))
            won = rng.random() < chance
            tag = "Closed" if won else "Ringing"
            visits = rng.randint(1, 9) if seconds else 0
            table.writerow((number, int(won), f"{chance:.6f}", tag, seconds, visits, source, role))
