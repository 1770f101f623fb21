"""What a form of criteria shows at first: those of a campaign or a template."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from campaigns.criteria import Criteria
from crm.look.formats import typed_pounds

ON = "on"
SWITCHES = ("takes_edge", "takes_customers", "only_known_size")


def values(kept: dict[str, Any]) -> dict[str, str]:
    """Write criteria, as `Criteria.as_json` keeps them, as a person types them into the form."""
    own = kept.get("extra")
    typed = {name: kept.get(name) for name in ("postcode", "miles", "max_results", "min_employees")}
    typed |= {name: ON for name in SWITCHES if kept.get(name) is True}
    if isinstance(pence := kept.get("budget_pence"), int):
        typed["budget"] = typed_pounds(pence)
    typed |= own if isinstance(own, dict) else {}
    return {name: str(value) for name, value in typed.items() if value}


def address(criteria: Criteria) -> str:
    """Give the address of the wizard's place page, filled in with these criteria."""
    page = reverse("campaigns:place", args=[criteria.kind.slug])
    return f"{page}?{urlencode(values(criteria.as_json()))}"
