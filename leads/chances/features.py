"""What chances look at: the same of a lead that has ended, as of then, and of an open one today.

No points are among it: they follow from the same evidence by what somebody believes of it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from crm import jobs
from crm.registers import trades
from enrichment.fields import ORGANISATION
from scoring.chance.example import Feature, Value

FEATURES = (
    Feature("source", "Where it came from", "Came by {}"),
    Feature("trade", "Trade"),
    Feature("industry", "Industry"),
    Feature("employees", "Employees", "{} employees"),
    Feature("has_email", "E-mail address known"),
    Feature("has_phone", "Phone number known"),
    Feature("has_person", "A named person known"),
    Feature("job", "What the contact does", "The contact {}"),
    Feature("nearness", "Nearness to where you look (of 100)"),
    Feature("closeness", "Likeness to won leads", "{} of 100 in likeness to won leads"),
    Feature("fit", "Fit", "A fit of {} of 100"),
    Feature("engagement", "Engagement", "An engagement of {} of 100"),
    Feature("company_type", "Company type"),
    Feature("incorporated_on", "Incorporated", "Incorporated on {}"),
    Feature("accounts_type", "Kind of accounts"),
    Feature("turnover", "Turnover", "Turnover of £{}"),
    Feature("is_late_with_accounts", "Accounts overdue"),
    Feature("charges_outstanding", "Charges outstanding"),
    Feature("vacancies", "Looks for people"),
    Feature("technologies", "Technologies", "Uses {}"),
    Feature("site_is_https", "Website is secure"),
    Feature("site_is_mobile", "Website fits a phone"),
    Feature("site_seconds", "Seconds until the website answers"),
    Feature("site_changed", "Year of the website’s last change"),
)
# Of the facts that sources tell these are looked at.
FACTS = frozenset(each.name for each in FEATURES) & ORGANISATION.keys() - {"employees", "industry"}
JOBS = ("decides", "directs", "manages", "decides little")
Known = dict[str, Value]


def of(
    *,
    source: str,
    trade: str,
    closeness: int | None,
    fit: int | None,
    engagement: int | None,
    receipt: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> Known:
    """Give the features by their names; what the score of that time did not see is not known."""
    return {
        "source": source.replace("_", " ") or None,
        "trade": trades.label(trade) if trade else None,
        "closeness": closeness,
        "fit": fit,
        "engagement": engagement,
        **_seen(receipt),
        **{name: _plain(name, facts[name]) for name in FACTS if name in facts},
    }


def _seen(receipt: Mapping[str, Any]) -> Known:
    """Read what the score saw of the company and of who can be reached there."""
    if not receipt.get("marks"):
        # Of an older form, which did not write it down.
        return {}
    lines = {row[0]: row[2] for row in receipt["lines"]}
    marks = {row[0]: row for row in receipt["marks"]}
    title = lines.get("given:job_title")
    reach = marks.get("contactability")
    return {
        "industry": str(lines["industry"]).replace("_", " ") if "industry" in lines else None,
        "employees": lines.get("size"),
        "has_email": "given:email" in lines,
        "has_phone": "given:phone" in lines,
        "has_person": bool(reach and "named person" in reach[3]),
        "job": JOBS[int(jobs.read(title).height)] if isinstance(title, str) else None,
        "nearness": marks["location"][1] if "location" in marks else None,
    }


def _plain(name: str, value: Any) -> Value:
    read: Callable[[Any], Value] | None = READ.get(name)
    if read:
        return read(value)
    return value if isinstance(value, str | int | float | bool) else None


def _day(value: Any) -> Value:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _words(value: Any) -> Value:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else None


READ: dict[str, Callable[[Any], Value]] = {
    "incorporated_on": _day,
    "technologies": _words,
    # How many and which there are changes by the week; that there are some tells.
    "vacancies": bool,
}
