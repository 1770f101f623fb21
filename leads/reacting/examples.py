"""Rules to begin with: each is an address at which its form is filled in."""

from typing import Any, NamedTuple

from crm.tenants import members
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission
from leads.filters import querystring
from leads.reacting import forms

# So many are ticked to begin with; more are a choice that somebody should make.
MOST_TICKED = 10
# Of what is won or lost nothing is done any more.
OPEN = "closed:empty"


class Example(NamedTuple):
    """`query` fills the form in."""

    name: str
    says: str
    icon: str
    query: str


def of(reader: Membership) -> list[Example]:
    """Give those that are offered where there is no rule yet."""
    sellers = members.able(reader.tenant, Permission.WORK_LEADS)[:MOST_TICKED]
    people = [str(person.pk) for person in sellers]
    return [
        _example(
            "Hot and nobody’s",
            "When a lead is hot and nobody owns it, give it to your colleagues in turn.",
            "users-round",
            {"tier": "hot", "owner": "none", "where": OPEN},
            "assign",
            {"people": people},
        ),
        _example(
            "Hot and untouched",
            "When a lead is hot and was not called or written of for 3 days, make a task for "
            "its owner.",
            "circle-check",
            {"tier": "hot", "where": ["owner:isnt:none", "contacted:notfor:3", OPEN]},
            "task",
            {"text": "Call: hot, and untouched for 3 days", "days": 1},
        ),
        _example(
            "Chance over 60 %",
            "When the chance of winning a lead comes to 60 % or more, tell owners and managers.",
            "bell",
            {"where": ["chance:atleast:60", OPEN]},
            "tell",
            {"owner": False, "managers": True, "people": []},
        ),
    ]


def _example(
    name: str, says: str, icon: str, wanted: dict[str, Any], does: str, given: dict[str, Any]
) -> Example:
    filled = [*querystring.pairs(wanted), *forms.pairs(name, does, given), ("rule_new", "on")]
    return Example(name, says, icon, querystring.write(filled))
