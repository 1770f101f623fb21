"""The changes that both pages offer to think through."""

from collections.abc import Mapping
from typing import Any

from crm import ids
from crm.sharing.given import Share
from crm.tenants.handovers import Question
from crm.tenants.models import Membership, Reach, Role
from crm.why import forecast, offers
from crm.why.company import OWNED, Company

MOST_SHARES = 100
# What a question consists of in an address.
ASKED = ("if", "to", "member", "share", *OWNED)
LABELS = {
    Question.LEADS: "their leads went to",
    Question.CAMPAIGNS: "their campaigns went to",
}
REACHES = [(value, forecast.REACHES[Reach(value)]) for value in Reach.values]


def choices(
    company: Company,
    asked: Mapping[str, Any],
    shares: list[tuple[str, Share]],
    about: Membership | None = None,
) -> dict[str, Any]:
    """Give what the forms offer; who they are about stands in the address, unless it is said."""
    wanted = ids.read(str(asked.get("member", "")))
    if about is None and wanted:
        about = company.first(pk=wanted)
    return {
        "about": about,
        "asked": {name: str(asked.get(name, ""))[:200] for name in ASKED},
        "reaches": REACHES,
        "roles": Role.choices,
        "teams": offers.teams(company),
        **(_of_leaving(company, about, asked) if about else {"people": offers.people(company)}),
        "offered_shares": [
            (
                f"{share.table}:{share.number}",
                f"{name} with {forecast.holder(company, share)}",
            )
            for name, share in shares[:MOST_SHARES]
        ],
    }


def _of_leaving(company: Company, about: Membership, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Give who could take over what there is."""
    theirs = company.belongings(about)
    return {
        "taking": [
            (
                str(question),
                LABELS[question],
                offers.takers(company, about, question),
                str(asked.get(question, ""))[:200],
            )
            for question in OWNED
            if theirs.asks(question)
        ]
    }
