"""Points from 0 to 100 and the tier that follows from them.

The table is the lead management workflow's: completeness 20, profile 25, source 25, industry 20,
company size 25. It can reach 115, hence the cap. What is unknown scores 0; "other" needs a value.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scoring.evidence import Evidence
from scoring.receipt import Line, Receipt

CARD = "points-1"
CAP = 100
HOT_FROM = 70
WARM_FROM = 40

SOURCE_POINTS = {"referral": 25, "organic": 15, "paid": 10}
OTHER_SOURCE = 5
# One table for every way in: where a lead came from → the group of the table above.
SOURCE_GROUPS = {
    "referral": "referral",
    "partner": "referral",
    "organic_search": "organic",
    "website_form": "organic",
    "paid_search": "paid",
    "paid_social": "paid",
}
HIGH_VALUE = {"healthcare", "finance", "technology", "manufacturing"}
MEDIUM_VALUE = {"education", "retail", "professional_services", "construction", "logistics"}
# (from this many employees, points, what that is called)
SIZES = ((1000, 25, "enterprise"), (100, 15, "mid-market"), (10, 5, "small business"))

Finding = tuple[int, str]
UNKNOWN: Finding = (0, "not known")


@dataclass(frozen=True)
class Rule:
    group: str
    label: str
    most: int
    look: Callable[[Evidence], Finding]


def _given(field: str, points: int) -> Callable[[Evidence], Finding]:
    def look(evidence: Evidence) -> Finding:
        value = getattr(evidence, field)
        return (points, str(value)) if value else UNKNOWN

    return look


def _source(evidence: Evidence) -> Finding:
    if not evidence.source:
        return UNKNOWN
    group = SOURCE_GROUPS.get(evidence.source, "other")
    words = evidence.source.replace("_", " ")
    if group == "other":
        return OTHER_SOURCE, f"{words} (counts as other)"
    return SOURCE_POINTS[group], words


def _industry(evidence: Evidence) -> Finding:
    if not evidence.industry:
        return UNKNOWN
    words = evidence.industry.replace("_", " ")
    if evidence.industry in HIGH_VALUE:
        return 20, f"{words} (high value)"
    if evidence.industry in MEDIUM_VALUE:
        return 10, f"{words} (medium value)"
    return 5, f"{words} (other)"


def _size(evidence: Evidence) -> Finding:
    if evidence.employees is None:
        return UNKNOWN
    for least, points, name in SIZES:
        if evidence.employees >= least:
            return points, f"{evidence.employees:,} employees ({name})"
    return 0, f"{evidence.employees:,} employees (fewer than 10)"


RULES = (
    Rule("Completeness", "E-mail address", 10, _given("email", 10)),
    Rule("Completeness", "Phone number", 10, _given("phone", 10)),
    Rule("Profile", "Company name", 10, _given("company_name", 10)),
    Rule("Profile", "Job title", 10, _given("job_title", 10)),
    Rule("Profile", "Industry known", 5, _given("industry", 5)),
    Rule("Source", "Where it came from", 25, _source),
    Rule("Industry", "Value of the industry", 20, _industry),
    Rule("Company size", "Employees", 25, _size),
)


def tier(points: int) -> str:
    """Name the tier: hot from 70, warm from 40, cold below."""
    if points >= HOT_FROM:
        return "hot"
    return "warm" if points >= WARM_FROM else "cold"


def score(evidence: Evidence) -> Receipt:
    """Add up the table for what is known, and keep what each rule saw."""
    lines = []
    for rule in RULES:
        points, saw = rule.look(evidence)
        lines.append(Line(rule.group, rule.label, points, rule.most, saw))
    total = sum(line.points for line in lines)
    points = min(total, CAP)
    return Receipt(CARD, points, total, tier(points), tuple(lines))
