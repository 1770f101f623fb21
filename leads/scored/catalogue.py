"""All that a rule of this company may ask about: columns, facts, and the company's own fields."""

from collections.abc import Iterable
from typing import Any

from crm.tenants.models import Tenant
from enrichment import fields as known
from enrichment.fields import Form as Written
from leads.records.custom import CustomField
from scoring.catalogue import OWN, Catalogue, Field, Form

Kind = CustomField.Kind
FORMS = {
    Written.NUMBER: Form.NUMBER,
    Written.MONEY: Form.MONEY,
    Written.DAY: Form.DAY,
    Written.YES: Form.YES,
    Written.WORDS: Form.WORDS,
}
OWN_FORMS = {
    Kind.NUMBER: Form.NUMBER,
    Kind.MONEY: Form.MONEY,
    Kind.DATE: Form.DAY,
    Kind.YES_NO: Form.YES,
}
LEAD, FACTS, OWN_PART = "Lead", "Facts", "Your fields"
# As many as forms show.
MOST_OWN = 50


def of(tenant: Tenant) -> Catalogue:
    """Give the catalogue of a company."""
    return holding(fields(tenant))


def holding(fields: Iterable[Field]) -> Catalogue:
    """Give the catalogue of whoever has these fields of their own."""
    return standard() | {each.slug: each for each in fields}


def fields(tenant: Tenant) -> tuple[Field, ...]:
    """Give the company's own fields that are in use as a catalogue holds them."""
    return tuple(
        Field(custom.short, custom.label, _form(custom.kind), part=OWN_PART)
        for custom in own(tenant)
    )


def own(tenant: Tenant) -> list[CustomField]:
    """Give the company's own fields that are in use."""
    rows = CustomField.of(tenant).filter(archived_at=None)
    return list(rows.order_by("position", "id")[:MOST_OWN])


def standard() -> dict[str, Field]:
    """Give what all companies have."""
    facts = {
        each.slug: Field(each.slug, each.label, FORMS.get(each.form, Form.TEXT), part=FACTS)
        for each in known.ORGANISATION.values()
    }
    ours = {slug: Field(slug, f.label, f.form, f.choices, LEAD) for slug, f in OWN.items()}
    return facts | ours


def _form(kind: Any) -> Form:
    return OWN_FORMS.get(Kind(kind), Form.TEXT)
