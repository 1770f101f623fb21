"""The changes that both pages offer to think through."""

from collections.abc import Mapping
from typing import Any

from crm import ids
from crm.sharing.given import Share
from crm.tenants.models import Reach, Role
from crm.why import forecast
from crm.why.company import Company

MOST_SHARES = 100
REACHES = [(value, forecast.REACHES[Reach(value)]) for value in Reach.values]


def choices(
    company: Company, asked: Mapping[str, Any], shares: list[tuple[str, Share]]
) -> dict[str, Any]:
    """Give what the forms offer; whose role and team they are about stands in the address."""
    wanted = ids.read(str(asked.get("member", "")))
    about = next((each for each in company.members.values() if each.pk == wanted), None)
    return {
        "about": about,
        "asked": {name: str(asked.get(name, ""))[:200] for name in ("if", "to", "share")},
        "reaches": REACHES,
        "roles": Role.choices,
        "takers": forecast.takers(company),
        "team_names": forecast.teams(company),
        "has_teams": bool(company.teams),
        "offered_shares": [
            (
                f"{share.table}:{share.number}",
                f"{name} with {forecast.holder(company, share)}",
            )
            for name, share in shares[:MOST_SHARES]
        ],
    }
