"""The ten factors of the grade: each a small function from evidence to 0-100, or None for unknown.

Each gives what it saw in a few words. The names and weights are the lead generation engine's; what
each means is written at its function.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from math import log10

from crm import jobs
from crm.places.distance import miles_between
from scoring.card import Ideal
from scoring.catalogue import BY_THEM, HAPPENINGS
from scoring.conditions import EMPTY
from scoring.evidence import Evidence

Finding = tuple[int, str] | None
Factor = Callable[[Evidence, Ideal], Finding]
# How much a happening says of somebody's interest, and in how many days it is worth half.
INTEREST = {
    "meeting": 40, "replied": 30, "form": 30, "spoke": 20, "onward": 15, "email_clicked": 10,
    "email_opened": 3,
}  # fmt: skip
HALF_DAYS = 30
RECENT, LONG = timedelta(days=90), timedelta(days=730)
HEIGHTS = {0: (100, "decides"), 1: (85, "directs"), 2: (60, "manages"), 3: (25, "decides little")}
# Why a factor is unknown that asks nothing of the scorecard.
LACKING = {
    "potential": "turnover not known", "engagement": "nothing was between us yet",
    "history": "nothing was between us yet", "job_title": "nobody's job title is known",
    "company_size": "neither employees nor turnover known", "email_validity": "no e-mail checked",
}  # fmt: skip
REACHED = {"deliverable": 100, "risky": 50, "unknown": 40, "undeliverable": 0}


def potential(evidence: Evidence, ideal: Ideal) -> Finding:
    """What it could bring: the lead's value against the ideal one (full at it), else the turnover
    on a scale of powers of ten (£100k 20, £1m 45, £10m 70, £100m 95); raised by signs of growth.
    """
    values = evidence.values
    value, turnover = _count(values.get("value")), _count(values.get("turnover"))
    if value is not None and ideal.value:
        found, said = min(100.0, 100 * value / ideal.value), f"worth £{value:,.0f}"
    elif turnover:
        found = 20 + 25 * log10(max(turnover, 1) / 100_000)
        said = f"turnover £{turnover:,.0f}"
    else:
        return None
    if values.get("vacancies"):
        found, said = found + 10, f"{said}; hires"
    return _within(found), said


def engagement(evidence: Evidence, ideal: Ideal) -> Finding:
    """What they did lately: replies, meetings, clicks of 90 days, each worth half after 30 days.

    Unknown until we have asked them anything: who was never written to can't answer.
    """
    since = evidence.today - RECENT
    recent = [each for each in evidence.happenings if since < each.on <= evidence.today]
    if not recent:
        return (0, "nothing in 90 days") if evidence.happenings else None
    worth = sum(
        INTEREST.get(each.kind, 0) * 0.5 ** ((evidence.today - each.on).days / HALF_DAYS)
        for each in recent
    )
    return _within(worth), _counted(each.kind for each in recent)


def company_fit(evidence: Evidence, ideal: Ideal) -> Finding:
    """How much of the ideal customer it is: the mean over what can be compared of industry, size
    (nearest bound, halved per factor of two away) and technologies.
    """
    parts: list[tuple[float, str]] = []
    industry = evidence.values.get("industry")
    if ideal.industries and industry:
        is_ours = industry in ideal.industries
        parts.append((100.0 * is_ours, f"{'' if is_ours else 'not '}an industry looked for"))
    if (size := _size_fit(evidence, ideal)) is not None:
        parts.append(size)
    technologies = evidence.values.get("technologies")
    if ideal.technologies and technologies and isinstance(technologies, list | tuple):
        held = " ".join(str(each) for each in technologies).casefold()
        shared = [each for each in ideal.technologies if each.casefold() in held]
        said = f"uses {', '.join(shared[:3])}" if shared else "other technologies"
        parts.append((100.0 * bool(shared), said))
    if not parts:
        return None
    found = sum(each for each, _ in parts) / len(parts)
    return _within(found), "; ".join(said for _, said in parts)


def _size_fit(evidence: Evidence, ideal: Ideal) -> tuple[float, str] | None:
    employees = _count(evidence.values.get("employees"))
    least, most = ideal.least_employees, ideal.most_employees
    if employees is None or (least is None and most is None):
        return None
    said = f"{employees:,.0f} employees"
    if least is not None and employees < least:
        return 100 * max(employees, 1) / least, f"{said}, fewer than {least:,}"
    if most is not None and employees > most:
        return 100 * max(most, 1) / employees, f"{said}, more than {most:,}"
    return 100.0, said


def contactability(evidence: Evidence, ideal: Ideal) -> Finding:
    """How they can be reached: a named person 20, an e-mail up to 40 by its state, a phone up to
    40; nothing for a number that may not be called.
    """
    values = evidence.values
    found, said = 0.0, []
    if values.get("contact_name"):
        found, said = 20, ["a named person"]
    if values.get("email"):
        state = str(values.get("email_state") or "unknown")
        found += 0.4 * REACHED.get(state, 40)
        said.append("e-mail" if state == "unknown" else f"{state} e-mail")
    if values.get("phone"):
        is_barred = values.get("phone_state") == "barred"
        found += 0 if is_barred else 20 if values.get("phone_state") == "unlikely" else 40
        said.append("phone not to be called" if is_barred else "phone")
    return _within(found), ", ".join(said) or "no way to reach anybody"


def industry_match(evidence: Evidence, ideal: Ideal) -> Finding:
    """Whether it is of an industry that we look for; unknown where we name none."""
    industry = evidence.values.get("industry")
    if not industry or not ideal.industries:
        return None
    return (100 if industry in ideal.industries else 0), str(industry).replace("_", " ")


def job_title(evidence: Evidence, ideal: Ideal) -> Finding:
    """How far up the contact decides (100 owns, 85 directs, 60 manages, 25 other); 100 for a job
    that we look for.
    """
    title = evidence.values.get("job_title")
    if not title or not isinstance(title, str):
        return None
    if jobs.is_past(title):
        return 0, f"{title[:60]}: has left"
    if ideal.jobs and jobs.fits(title, ideal.jobs):
        return 100, f"{title[:60]}: looked for"
    found, said = HEIGHTS[int(jobs.read(title).height)]
    return found, f"{title[:60]}: {said}"


def location(evidence: Evidence, ideal: Ideal) -> Finding:
    """How near it is: full within the miles that we look in, falling to nothing at three times
    as far. All are in our time zone.
    """
    lat, lon = evidence.values.get("latitude"), evidence.values.get("longitude")
    if not ideal.places or not isinstance(lat, float | int) or not isinstance(lon, float | int):
        return None
    miles, name = min((miles_between((lat, lon), at), name) for name, at in ideal.places)
    over = max(0.0, miles / max(ideal.miles, 1) - 1)
    return _within(100 - 50 * over), f"{miles:,.0f} miles from {name}"


def company_size(evidence: Evidence, ideal: Ideal) -> Finding:
    """How large it is: by employees on a scale of powers of ten (1: 10, 10: 40, 100: 70, 1,000:
    100), or by its turnover where nobody counts them (£100k: 25, £1m: 50, £10m: 75).
    """
    employees = _count(evidence.values.get("employees"))
    if employees is not None:
        return _within(10 + 30 * log10(max(employees, 1))), f"{employees:,.0f} employees"
    turnover = _count(evidence.values.get("turnover"))
    if turnover is None:
        return None
    return _within(25 * log10(max(turnover, 1) / 10_000)), f"turnover £{turnover:,.0f}"


def history(evidence: Evidence, ideal: Ideal) -> Finding:
    """What was between us before: a former customer 80; two years of answers, 15 each; less 20 for
    each time that it was lost. Unknown where nothing was.
    """
    since = evidence.today - LONG
    answers = sum(each.kind in BY_THEM and each.on > since for each in evidence.happenings)
    was_customer = evidence.values.get("was_customer") is True
    lost = int(_count(evidence.values.get("times_lost")) or 0)
    if not (answers or was_customer or lost or evidence.happenings):
        return None
    said = ["was a customer"] * was_customer
    said += [f"{answers} answer{'s' * (answers != 1)}"] * bool(answers)
    said += [f"lost {'once' if lost == 1 else f'{lost} times'}"] * bool(lost)
    found = 80 * was_customer + 15 * answers - 20 * lost
    return _within(found), ", ".join(said) or "no answer yet"


def email_validity(evidence: Evidence, ideal: Ideal) -> Finding:
    """Whether mail arrives: by what a check said; unknown where nobody has looked."""
    state = evidence.values.get("email_state")
    if not evidence.values.get("email") or state in (*EMPTY, "unknown"):
        return None
    return REACHED.get(str(state), 40), str(state)


def lacking(factor: str, ideal: Ideal) -> str:
    """Say why a factor is unknown: what the card leaves open, or the fact that nobody has."""
    sizes = {ideal.least_employees, ideal.most_employees} - {None}
    match factor:
        case "company_fit" if not (ideal.industries or ideal.technologies or sizes):
            return "the scorecard says no ideal customer"
        case "industry_match" if not ideal.industries:
            return "the scorecard names no industry"
        case "location" if not ideal.places:
            return "the scorecard names no place"
    return LACKING.get(factor, "not known")


def _within(found: float) -> int:
    return round(max(0.0, min(100.0, found)))


def _count(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and value >= 0 else None  # type: ignore[operator,arg-type]


def _counted(kinds: Iterable[str]) -> str:
    counts: dict[str, int] = {}
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
    named = ((many, HAPPENINGS.get(kind, (kind, kind))) for kind, many in counts.items())
    return ", ".join(f"{many} {words[many != 1]}" for many, words in named)


ALL: dict[str, Factor] = {
    "potential": potential,
    "engagement": engagement,
    "company_fit": company_fit,
    "contactability": contactability,
    "industry_match": industry_match,
    "job_title": job_title,
    "location": location,
    "company_size": company_size,
    "history": history,
    "email_validity": email_validity,
}
