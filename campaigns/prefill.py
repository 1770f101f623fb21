"""What a form of criteria shows at first: those of a campaign or a template."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from campaigns.criteria import Criteria
from crm.look.formats import typed_pounds
from crm.registers import trades

ON = "on"
SWITCHES = ("takes_edge", "takes_customers", "only_known_size", "takes_unverified")
NUMBERS = (
    "postcode", "miles", "max_results", "min_employees", "max_employees", "min_score",
    "credits_most",
)  # fmt: skip


def values(kept: dict[str, Any]) -> dict[str, Any]:
    """Write criteria, as `Criteria.as_json` keeps them, as a person types them into the form."""
    own = kept.get("extra")
    typed = {name: kept.get(name) for name in NUMBERS}
    typed |= {name: ON for name in SWITCHES if kept.get(name) is True}
    if isinstance(pence := kept.get("budget_pence"), int):
        typed["budget"] = typed_pounds(pence)
    for name in ("keywords", "job_titles"):
        typed[name] = ", ".join(map(str, _list(kept, name)))
    typed["sectors"] = ", ".join(_sector(str(each)) for each in _list(kept, "sectors"))
    typed |= own if isinstance(own, dict) else {}
    written: dict[str, Any] = {name: str(value) for name, value in typed.items() if value}
    if chosen := _list(kept, "sources"):
        written["sources"] = [str(each) for each in chosen]
    return written


def _list(kept: dict[str, Any], name: str) -> list[Any]:
    value = kept.get(name)
    return list(value) if isinstance(value, list | tuple) else []


def _sector(slug: str) -> str:
    return slug if slug.isdigit() else trades.label(slug)


def address(criteria: Criteria) -> str:
    """Give the address of the wizard's place page, filled in with these criteria."""
    page = reverse("campaigns:place", args=[criteria.kind.slug])
    return f"{page}?{urlencode(values(criteria.as_json()), doseq=True)}"
