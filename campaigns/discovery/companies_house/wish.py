"""One question to Companies House, as it is kept and as it is sent."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from campaigns.discovery.companies_house.windows import ALL_TIME, Window
from campaigns.discovery.live import Question

PATH = "/advanced-search/companies"
# No answer holds more, and nothing is given out behind so many.
MOST, DEEPEST = 5_000, 10_000
# Kinds of company that trade; funds, branches from abroad and what has been converted do not.
TYPES = (
    "ltd", "plc", "llp", "private-unlimited", "private-unlimited-nsc",
    "private-limited-guarant-nsc", "private-limited-guarant-nsc-limited-exemption",
    "private-limited-shares-section-30-exemption", "scottish-partnership", "old-public-company",
    "registered-society-non-jurisdictional", "industrial-and-provident-society", "royal-charter",
    "charitable-incorporated-organisation", "scottish-charitable-incorporated-organisation",
    "further-education-or-sixth-form-college-corporation", "assurance-company",
    "unregistered-company", "northern-ireland", "northern-ireland-other",
)  # fmt: skip


class Step(StrEnum):
    """Which codes a named company has; how many there are in all; who they are."""

    LIKE = "like"
    COUNT = "count"
    TELL = "tell"


@dataclass(frozen=True)
class Wish:
    """`circle` says for which circle the answer is read, "" where it holds for any; `at` is an
    outward code. `start` is how many were told before, `again` how often it has been asked before.
    """

    step: Step
    mark: str
    circle: str = ""
    codes: tuple[str, ...] = ()
    at: str = ""
    name: str = ""
    window: Window = ALL_TIME
    start: int = 0
    again: int = 0

    @property
    def key(self) -> str:
        name = sha256(self.name.encode()).hexdigest()[:12] if self.name else ""
        parts = (self.step, self.mark, self.circle, self.at, name, self.window.label)
        counted = (f"from {self.start}" if self.start else "", f"~{self.again}" * bool(self.again))
        return " ".join(filter(None, (*parts, *counted)))

    @property
    def question(self) -> Question:
        days = [day.isoformat() if day else None for day in self.window]
        return Question(self.key, asdict(self) | {"codes": list(self.codes), "window": days})

    @property
    def query(self) -> dict[str, str]:
        """Give what is asked; what is looked for by its name may be of any trade."""
        first, last = self.window
        said = {
            "company_name_includes": self.name,
            "location": self.at,
            "sic_codes": ",".join(self.codes),
            "incorporated_from": first.isoformat() if first else "",
            "incorporated_to": last.isoformat() if last else "",
            "company_status": "active",
            "company_type": ",".join(TYPES),
            "size": str(1 if self.step == Step.COUNT else MOST),
            "start_index": str(self.start),
        }
        return {name: value for name, value in said.items() if value}


def read(asked: Mapping[str, Any]) -> Wish:
    """Give the question that was kept."""
    window = Window(*(date.fromisoformat(day) if day else None for day in asked["window"]))
    kept = {**asked, "step": Step(asked["step"]), "codes": tuple(asked["codes"])}
    return Wish(**kept | {"window": window})
