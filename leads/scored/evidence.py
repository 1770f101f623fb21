"""What is known of many leads, gathered in a handful of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.utils import timezone

from crm.pipeline.models import Kind
from crm.tenants.models import Tenant
from leads.models import EmailCheck, Lead
from leads.records.custom import FieldValue
from leads.scored import catalogue, happenings, phones
from leads.scored.facts import Facts
from leads.scored.rows import Row, among, array
from leads.scored.sources import Sources
from scoring.card import Card
from scoring.conditions import EMPTY
from scoring.evidence import Evidence, Told

PENCE = 100
UNCHECKED: tuple[str, datetime | None] = ("unknown", None)
NEVER: tuple[int, datetime | None] = (0, None)
# Of addresses, whether mail would arrive, and when that was checked.
States = Mapping[str, tuple[str, datetime | None]]
# What a person is known by, and the value's name in the evidence.
OF_CONTACT = {
    "email": "email", "phone": "phone", "job_title": "job_title", "name": "contact_name",
}  # fmt: skip


def asked(card: Card) -> frozenset[str]:
    """Name the fields that a card's rules ask about; the others need not be read for it."""
    return frozenset().union(*(rule.when.fields for rule in card.rules if rule.when))


def gather(
    tenant: Tenant,
    leads: Sequence[Row],
    *,
    wanted: Collection[str] | None = None,
    closeness: Mapping[UUID, int | None] | None = None,
    today: date | None = None,
) -> list[Evidence]:
    """Give what is known of each; of facts and own fields only those `wanted`, None for all.

    `closeness` by the leads' ids goes before what stands with them.
    """
    today = today or timezone.localdate(timezone=timezone.get_default_timezone())
    facts = Facts(tenant, leads, wanted)
    states = _email_states(tenant, leads, facts)
    barred = phones.barred(tenant, {each.phone or each.org_phone for each in leads} - {""})
    own, filled = _own(tenant, leads, wanted)
    lost = _lost(tenant, leads)
    touched = [
        each.lead for each in leads if each.active_at or each.contacted_at or each.version > 1
    ]
    done = happenings.of(tenant, touched, today)
    sources = Sources(tenant, leads, touched)
    near = closeness or {}
    found = []
    for row in leads:
        values, told = _known(row, facts)
        _reached(row, values, states, barred)
        times_lost, lost_at = lost.get(row.organisation, NEVER)
        values["times_lost"] = times_lost
        values |= own.get(row.lead, {})
        known = {name: value for name, value in values.items() if value or value not in EMPTY}
        happened = done.get(row.lead, ())
        likeness = near.get(row.lead, row.closeness)
        _, checked_at = states.get(str(known.get("email", "")).lower(), UNCHECKED)
        own_fields = filled.get(row.lead, {}) if filled else {}
        otherwise = sources.of(row, known, happened, checked_at, lost_at, own_fields)
        found.append(Evidence(known, today, told, happened, likeness, otherwise))
    return found


def _known(row: Row, facts: Facts) -> tuple[dict[str, Any], dict[str, Told]]:
    """Give the values of the record and of the facts beside it, with who told them."""
    values: dict[str, Any] = dict(facts.values.get(row.organisation, ()))
    told: dict[str, Told] = dict(facts.told.get(row.organisation, ()))
    record = {
        "company_name": row.name, "name": row.name, "company_number": row.company_number,
        "website": row.website, "address": row.address, "postcode": row.postcode,
        "phone": row.org_phone, "employees": row.employees, "industry": row.industry,
    }  # fmt: skip
    for name, value in record.items():
        if value not in EMPTY:
            # What a person wrote over a source's word is not that source's any more.
            if name in told and values.get(name) != value:
                del told[name]
            values[name] = value
    _person(row, facts, values, told)
    values["source"] = row.source
    values["latitude"], values["longitude"] = row.latitude, row.longitude
    if row.value_pence is not None:
        values["value"] = row.value_pence // PENCE
    values["was_customer"] = row.customer_since is not None
    return values, told


def _reached(row: Row, values: dict[str, Any], states: States, barred: Collection[str]) -> None:
    """Put in how the address and the number stand."""
    email, phone = values.get("email"), values.get("phone")
    if email:
        values["email_state"], _ = states.get(str(email).lower(), UNCHECKED)
    if phone:
        its = row.postcode if phone == row.org_phone else ""
        values["phone_state"] = "barred" if phone in barred else phones.fit(str(phone), its)


def _person(row: Row, facts: Facts, values: dict[str, Any], told: dict[str, Told]) -> None:
    """Put in what is known of the contact, which goes before the organisation's own."""
    if row.contact is None:
        return
    words = {
        "email": row.email, "phone": row.phone, "job_title": row.job_title,
        "name": row.contact_name,
    }  # fmt: skip
    sources = facts.of_people.get(row.contact, {})
    for name, value in words.items():
        if value:
            values[OF_CONTACT[name]] = value
            told.pop(OF_CONTACT[name], None)
            held = sources.get(name)
            if held is not None and held[0] == value:
                told[OF_CONTACT[name]] = held[1]


def _email_states(tenant: Tenant, leads: Iterable[Row], facts: Facts) -> States:
    """Say of each address how it stands; what nobody has checked is not among them."""
    addresses = {each.email.lower() for each in leads if each.email}
    addresses |= {
        str(values["email"]).lower() for values in facts.values.values() if values.get("email")
    }
    if not addresses:
        return {}
    checks = EmailCheck.of(tenant).filter(among("address", list(addresses), "text"))
    return {
        address: ("undeliverable" if is_wrong else state, at)
        for address, state, is_wrong, at in checks.values_list(
            "address", "state", "is_wrong", "checked_at"
        )
    }


def _own(
    tenant: Tenant, leads: Sequence[Row], wanted: Collection[str] | None
) -> tuple[dict[UUID, dict[str, Any]], dict[UUID, dict[str, tuple[str, UUID]]]]:
    """Give what leads have in the company's own fields, in the forms of the catalogue.

    And by the same names what each is called, and the id of its value.
    """
    fields = {
        each.pk: (each.short, each.label)
        for each in catalogue.own(tenant)
        if wanted is None or each.short in wanted
    }
    found: dict[UUID, dict[str, Any]] = {}
    filled: dict[UUID, dict[str, tuple[str, UUID]]] = {}
    if not fields:
        return found, filled
    of_them = among("lead", array(each.lead for each in leads))
    held = FieldValue.of(tenant).filter(of_them, field__in=fields)
    for ident, lead, field, *given in held.values_list(
        "pk", "lead_id", "field_id", "text", "number", "day", "yes"
    ):
        value = next((_plain(each) for each in given if each not in EMPTY), None)
        short, label = fields[field]
        found.setdefault(lead, {})[short] = value
        filled.setdefault(lead, {})[short] = (label, ident)
    return found, filled


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _lost(tenant: Tenant, leads: Iterable[Row]) -> dict[UUID, tuple[int, datetime | None]]:
    """Count how often each organisation was lost before, and say when it last was."""
    counted = (
        Lead.of(tenant)
        .filter(
            among("organisation", array({each.organisation for each in leads})),
            closed_at__isnull=False,
            stage__kind=Kind.LOST,
        )
        .values_list("organisation_id")
        .annotate(many=Count("pk"), last=Max("closed_at"))
        .order_by()
    )
    return {organisation: (many, last) for organisation, many, last in counted}
