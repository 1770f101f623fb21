"""A scorecard: all that a score follows from, as one text that is written once and never changed.

The points are those of the lead management workflow (completeness 20, profile 25, source 25,
industry 20, company size 25, semantic 30; capped at 100); the factors and weights of the grade are
the lead generation engine's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.conditions import Condition

MOST = 100
FACTORS = {
    "potential": "Potential",
    "engagement": "Engagement",
    "company_fit": "Company fit",
    "contactability": "Contactability",
    "industry_match": "Industry match",
    "job_title": "Job title",
    "location": "Location",
    "company_size": "Company size",
    "history": "Engagement history",
    "email_validity": "E-mail validity",
}
WEIGHTS = dict(zip(FACTORS, (15, 12, 15, 10, 12, 10, 6, 8, 8, 4), strict=True))
# From so many of 100 on; below the last it is a D.
GRADES = {"A+": 90, "A": 80, "B+": 70, "B": 60, "C+": 50, "C": 40}
LOWEST = "D"
# How the aspects of a lead read their groups: a line's group unless it names an aspect.
ASPECTS = {
    "sector": "Business size and sector",
    "needs": "IT needs",
    "growth": "Growth",
    "website": "Website quality",
    "contact": "Contact availability",
    "completeness": "Data completeness",
    "interest": "Interest and likeness",
}
# One table for every way in: where a lead came from → the group of the points table.
SOURCE_GROUPS = {
    "referral": "referral",
    "partner": "referral",
    "organic_search": "organic",
    "website_form": "organic",
    "paid_search": "paid",
    "paid_social": "paid",
}


@dataclass(frozen=True)
class Group:
    """`cap` is the most that its lines give together."""

    slug: str
    label: str
    cap: int


@dataclass(frozen=True)
class Rule:
    """Points for what meets a condition, or for each happening of a kind.

    Those of a happening fade evenly to nothing in `fades` days (0: never), and `most` is what all
    of them give at the most.
    """

    key: str
    name: str
    group: str
    aspect: str
    points: int
    when: Condition | None = None
    event: str = ""
    most: int = 0
    fades: int = 0


@dataclass(frozen=True)
class Ideal:
    """Whom we look for, by what can be compared; what is empty is not compared.

    `places` are pairs of a postcode and its coordinates.
    """

    industries: tuple[str, ...] = ()
    least_employees: int | None = None
    most_employees: int | None = None
    places: tuple[tuple[str, tuple[float, float]], ...] = ()
    miles: int = 25
    jobs: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    value: int | None = None


@dataclass(frozen=True)
class Card:
    """`weights` of the grade are by industry, "" for all others."""

    hot: int
    warm: int
    groups: Mapping[str, Group]
    given: Mapping[str, int]
    sources: Mapping[str, int]
    high: tuple[str, ...]
    medium: tuple[str, ...]
    industry_points: tuple[int, int, int]
    sizes: tuple[tuple[int, int, str], ...]
    semantic: int
    rules: tuple[Rule, ...]
    weights: Mapping[str, Mapping[str, int]]
    grades: Mapping[str, int]
    ideal: Ideal
    # Rules of a published card that ask about what is gone since: they give nothing.
    idle: Mapping[str, str] = field(default_factory=dict)

    def tier(self, points: int) -> str:
        """Name the tier of so many points."""
        if points >= self.hot:
            return "hot"
        return "warm" if points >= self.warm else "cold"

    def grade(self, value: float) -> str:
        """Name the grade of so many of 100."""
        return next((name for name, least in self.grades.items() if value >= least), LOWEST)


# The groups, and the aspect under which the lines of each are read.
GROUPS = (
    ("completeness", "Completeness", 20, "contact"),
    ("profile", "Profile", 25, "completeness"),
    ("source", "Source", 25, "interest"),
    ("industry", "Industry", 20, "sector"),
    ("size", "Company size", 25, "sector"),
    ("semantic", "Likeness to customers", 30, "interest"),
    ("signals", "Signals", 15, "growth"),
    ("engagement", "Engagement", 20, "interest"),
)
ASPECT_OF = {slug: aspect for slug, _, _, aspect in GROUPS}


def _rule(key: str, name: str, group: str, aspect: str, points: int, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": name, "group": group, "aspect": aspect, "points": points} | more


def _asks(name: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": name, "op": op} | ({} if value is None else {"value": value})


# What a company's first card holds, in the form in which cards are written.
FIRST: dict[str, Any] = {
    "tiers": {"hot": 70, "warm": 40},
    "groups": [{"slug": slug, "label": label, "cap": cap} for slug, label, cap, _ in GROUPS],
    "given": {"email": 10, "phone": 10, "company_name": 10, "job_title": 10, "industry": 5},
    "sources": {"referral": 25, "organic": 15, "paid": 10, "other": 5},
    "industries": {
        "high": ["healthcare", "finance", "technology", "manufacturing"],
        "medium": ["education", "retail", "professional_services", "construction", "logistics"],
        "points": [20, 10, 5],
    },
    "sizes": [[1000, 25, "Enterprise"], [100, 15, "Mid-market"], [10, 5, "Small business"]],
    "semantic": 30,
    "rules": [
        _rule(
            "hiring", "Advertises vacancies", "signals", "growth", 4,
            when=_asks("vacancies", "filled"),
        ),
        _rule(
            "young", "Incorporated in the last three years", "signals", "growth", 2,
            when=_asks("incorporated_on", "within", 1_095),
        ),
        _rule(
            "punctual", "Accounts are not overdue", "signals", "growth", 2,
            when=_asks("is_late_with_accounts", "no"),
        ),
        _rule(
            "systems", "Its technologies are known", "signals", "needs", 2,
            when=_asks("technologies", "filled"),
        ),
        _rule(
            "old_site", "Website is not secure or does not fit a phone", "signals", "needs", 3,
            when={"any": [_asks("site_is_https", "no"), _asks("site_is_mobile", "no")]},
        ),
        _rule(
            "good_site", "Website is up, secure and fits a phone", "signals", "website", 2,
            when={
                "all": [
                    _asks("site_state", "is", "ok"),
                    _asks("site_is_https", "yes"),
                    _asks("site_is_mobile", "yes"),
                ]
            },
        ),
        _rule(
            "insolvent", "Insolvent or struck off", "signals", "growth", -15,
            when={
                "any": [
                    _asks("is_insolvent", "yes"),
                    _asks("company_status", "is", ["dissolved", "liquidation", "closed"]),
                ]
            },
        ),
        _rule(
            "replies", "Replied", "engagement", "interest", 10, event="replied", most=15, fades=90,
        ),
        _rule(
            "meetings", "Met us", "engagement", "interest", 10, event="meeting", most=15, fades=90,
        ),
        _rule(
            "talks", "Spoke with us", "engagement", "interest", 5, event="spoke", most=10, fades=60,
        ),
        _rule(
            "clicks", "Clicked a link", "engagement", "interest", 3, event="email_clicked", most=6,
            fades=30,
        ),
    ],
    "weights": {"": WEIGHTS},
    "grades": GRADES,
    "ideal": {},
}  # fmt: skip
