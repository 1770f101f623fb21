"""What can be chosen when two are made one: the fields that belong together, and how they read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from crm.look.formats import phone, pounds
from leads.models import Contact, Lead, Organisation

KEPT, GONE = "kept", "gone"


@dataclass(frozen=True)
class Choice:
    """Fields that go together: whoever takes the address takes its postcode and coordinates."""

    name: str
    label: str
    fields: tuple[str, ...]
    shown: Callable[[Any], str]

    def columns(self, model: type[Model]) -> list[str]:
        """Give the columns of the fields."""
        found: list[Any] = [model._meta.get_field(name) for name in self.fields]
        return [str(field.column) for field in found]


def _as_text(name: str) -> Callable[[Any], str]:
    return lambda row: str(getattr(row, name) or "")


def _plain(name: str, label: str) -> Choice:
    return Choice(name, label, (name,), _as_text(name))


ORGANISATION = (
    Choice("name", "Name", ("name", "name_key", "sort_key", "has_generic_name"), _as_text("name")),
    Choice(
        "address",
        "Address",
        ("address", "town", "postcode", "latitude", "longitude", "precision"),
        _as_text("place_label"),
    ),
    Choice("phone", "Phone", ("phone",), lambda row: phone(row.phone)),
    Choice(
        "website",
        "Website",
        ("website", "domain"),
        lambda row: row.website or row.domain,
    ),
    _plain("company_number", "Company number"),
    Choice("trade", "Trade", ("trade", "industry"), _as_text("trade_label")),
    Choice("employees", "Size", ("employees",), lambda row: _people(row.employees)),
    _plain("group", "Group"),
    Choice("proof", "Proof", ("proof", "proof_date"), _as_text("proof_label")),
)
CONTACT = (
    _plain("name", "Name"),
    _plain("job_title", "Job title"),
    Choice("role", "Role", ("role",), lambda row: row.get_role_display()),
    _plain("email", "E-mail"),
    Choice("phone", "Phone", ("phone",), lambda row: phone(row.phone)),
)
# Of two open leads that become one.
LEAD = (
    _plain("owner", "Owner"),
    Choice(
        "value",
        "Value",
        ("value_pence",),
        lambda row: pounds(row.value_pence) if row.value_pence is not None else "",
    ),
    Choice("stage", "Stage", ("stage", "rank", "stage_since"), _as_text("stage")),
    _plain("contact", "Main contact"),
)
CHOICES: dict[type[Model], tuple[Choice, ...]] = {
    Organisation: ORGANISATION,
    Contact: CONTACT,
    Lead: LEAD,
}
# What nobody is asked about: the earliest, the latest, or whatever is known at all.
FOLLOWS: dict[type[Model], dict[str, Callable[[list[Any]], Any]]] = {
    Organisation: {"customer_since": min},
    Contact: {},
    Lead: {
        "found_by": lambda known: known[0],
        "active_at": max,
        "contacted_at": max,
    },
}


def _people(many: int | None) -> str:
    if not many:
        return ""
    return "1 person" if many == 1 else f"{many:,} people"


def usual(choice: Choice, kept: Model, gone: Model) -> str:
    """Say whose value is taken where nobody chose: the kept one's, unless it has none."""
    return GONE if choice.shown(gone) and not choice.shown(kept) else KEPT


def made(
    kept: Model,
    gone: Model,
    chosen: Mapping[str, str],
    was: tuple[dict[str, Any], dict[str, Any]],
) -> dict[str, Any]:
    """Give the columns of the kept one that become others; `was` are the images of the two."""
    model = type(kept)
    kept_was, gone_was = was
    columns: dict[str, Any] = {}
    for choice in CHOICES[model]:
        if chosen.get(choice.name, usual(choice, kept, gone)) == GONE:
            columns |= {each: gone_was[each] for each in choice.columns(model)}
    for column, settle in FOLLOWS[model].items():
        known = [each[column] for each in was if each.get(column) is not None]
        if known:
            columns[column] = settle(known)
    return {name: value for name, value in columns.items() if value != kept_was[name]}
