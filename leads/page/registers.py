"""What official registers say of a lead's organisation: its entries, and those linked to them."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Value
from django.db.models.functions import JSONObject

from crm.look import formats
from crm.registers import told, trades
from crm.registers.links import COMPANIES
from crm.registers.models import Change, Link, Register, RegisterEntry
from crm.registers.numbers import COMPANY_PAGE
from leads.models import Lead, Listing
from leads.page import gathering

MOST_CHANGES = 10
MOST_LINKED = 30
ENTRY = (
    "id", "number", "name", "trade", "more_trades", "address", "town", "postcode", "phone",
    "email", "website", "company_number", "facts", "status", "opened_date", "closed_date",
)  # fmt: skip
LIST = ("slug", "label", "as_of", "attribution")
CHANGE = ("kind", "on", "before")
# What registers say beside, by our names, in the order in which it is shown.
FACTS = {
    "status": "Status",
    "legal_form": "Legal form",
    "accounts": "Accounts",
    "accounts_made_up": "Accounts made up to",
    "accounts_due": "Next accounts due",
    "charges_outstanding": "Charges outstanding",
    "former_names": "Formerly",
    "rating": "Hygiene rating",
    "rated": "Rated",
    "licensed_by": "Licensed by",
    "mot_classes": "MOT classes",
}
LONGEST = 200


def asked(lead: Lead) -> dict[str, ArraySubquery]:
    """Give the parts of the page's query; `read` reads them."""
    listings = Listing.of(lead.tenant).filter(organisation=lead.organisation_id)
    theirs = listings.values("entry")
    links = Link.objects.order_by("id")
    return {
        "listed": _rows(listings.order_by("id"), "entry", Value("")),
        # Either of the two may be the one that is known here.
        "linked": _rows(links.filter(one__in=theirs)[:MOST_LINKED], "other", F("because")),
        "linked_back": _rows(links.filter(other__in=theirs)[:MOST_LINKED], "one", F("because")),
    }


def _rows(queryset: Any, path: str, because: Any) -> ArraySubquery:
    changes = Change.objects.filter(entry=OuterRef(f"{path}_id")).order_by("-on", "-id")
    told_of = changes[:MOST_CHANGES].values(o=JSONObject(**{name: name for name in CHANGE}))
    return gathering.rows(
        queryset,
        because=because,
        changes=ArraySubquery(told_of),
        **{f"entry_{name}": F(f"{path}__{name}") for name in ENTRY},
        **{f"list_{name}": F(f"{path}__register__{name}") for name in LIST},
    )


def read(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Give each entry once, those of the organisation itself first."""
    rows = [*found["listed"], *found["linked"], *found["linked_back"]]
    once: dict[int, dict[str, Any]] = {}
    for row in rows:
        once.setdefault(row["entry_id"], row)
    return [_entry(row) for row in once.values()]


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    entry = gathering.make(RegisterEntry, {name: row[f"entry_{name}"] for name in ENTRY})
    register = gathering.make(Register, {name: row[f"list_{name}"] for name in LIST})
    facts = dict(entry.facts or {})
    return {
        "entry": entry,
        "register": register,
        "because": Link.Because(row["because"]).label if row["because"] else "",
        "trades": _trades(entry),
        "warning": facts.pop("status", "") if entry.status == "active" else "",
        "facts": [fact for name in _in_order(facts) if (fact := _fact(name, facts[name]))[1]],
        "page": _page(entry, register),
        "changes": [_told(each) for each in row["changes"] or ()],
    }


def _told(change: dict[str, Any]) -> str:
    return told.sentence(change["kind"], date.fromisoformat(change["on"]), change["before"])


def _trades(entry: RegisterEntry) -> str:
    slugs = filter(None, (entry.trade, *(entry.more_trades or ())))
    return "; ".join(trades.label(slug) for slug in slugs)


def _page(entry: RegisterEntry, register: Register) -> str:
    """Where everybody may read what Companies House knows of it."""
    number = entry.number if register.slug == COMPANIES else entry.company_number
    return f"{COMPANY_PAGE}{number}" if number else ""


def _in_order(facts: dict[str, Any]) -> list[str]:
    known = [name for name in FACTS if name in facts]
    return known + sorted(facts.keys() - set(known))


def _fact(name: str, value: Any) -> tuple[str, str]:
    label = FACTS.get(name) or name.replace("_", " ").capitalize()
    return label, _text(value)[:LONGEST]


def _text(value: Any) -> str:
    """Write a value as registers give them: texts, numbers, days, lists and small tables."""
    if isinstance(value, dict):
        if "name" in value:
            until = f" (until {_text(value['until'])})" if value.get("until") else ""
            return f"{value['name']}{until}"
        return "; ".join(f"{key.capitalize()} {_text(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    try:
        return formats.absolute(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
