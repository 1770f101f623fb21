"""The pages that say who sees what, and what each asks the database; runs inside `manage.py`."""

from typing import Any
from urllib.parse import urlencode

from campaigns.models import Campaign
from crm.sharing import given
from crm.tenants.models import Membership, Tenant
from leads.models import Lead
from tests.benchmarks import crowd
from tests.benchmarks.access_rows import LARGE_OWNER
from tests.benchmarks.crowd_rows import MATE, OWNER, REP


def addresses() -> dict[str, list[str]]:
    """Give the addresses of each kind of page, and of what is thought through on them."""
    tenant = Tenant.objects.get(slug="large")
    members = {
        email: Membership.of(tenant).select_related("tenant", "team").get(user__email=email)
        for email in (OWNER, REP, MATE, LARGE_OWNER)
    }
    mate, taker = members[MATE], members[REP]
    lead = Lead.of(tenant).filter(owner=mate.user_id)[:1].get()
    campaign = Campaign.of(tenant).exclude(created_by=None)[:1].get()
    who = f"/admin/leads/lead/{lead.pk}/who-sees/"
    share = given.read(given.held_by(members[REP], Lead)[0])[0]
    team = str(members[LARGE_OWNER].team_id)
    asked = _changes(mate, taker, team)
    return {
        "who": [who, f"/admin/campaigns/campaign/{campaign.pk}/who-sees/"],
        "who_deep": [f"{who}?page=150"],
        "who_search": [f"{who}?q=gwen+77"],
        "who_if": [f"{who}?{urlencode(each)}" for each in asked],
        "sees": [_sees(member) for member in members.values()],
        "sees_if": [
            f"{_sees(member)}?{urlencode(each)}"
            for member in (members[REP], mate, members[LARGE_OWNER])
            for each in _changes(member, members[OWNER], team)
        ]
        + [f"{_sees(members[REP])}?if=share&share={share.table}:{share.number}"],
        "leave": [f"/people/{members[LARGE_OWNER].pk}/remove/"],
    }


def queries(paths: list[str]) -> dict[str, int]:
    """Count what each page asks the database."""
    return crowd.count(OWNER, paths)


def _sees(member: Membership) -> str:
    return f"/admin/tenants/membership/{member.pk}/sees/"


def _changes(member: Membership, taker: Membership, team: str) -> list[dict[str, Any]]:
    about = {"member": str(member.pk)}
    heir = str(taker.user_id)
    return [
        {"if": "role", "to": "manager"} | about,
        {"if": "team", "to": team} | about,
        {"if": "leave", "leads": heir, "campaigns": heir} | about,
        {"if": "rep_reach", "to": "team"},
        {"if": "shows_unowned", "to": "yes"},
        {"if": "dissolve", "to": team},
    ]
