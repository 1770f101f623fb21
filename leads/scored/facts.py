"""The facts in use of many organisations and of their leads' contacts, with who told them."""

import json
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from crm.tenants.models import Tenant
from enrichment.fields import ORGANISATION, Form
from leads.models import Fact
from leads.records.known import Status
from leads.scored.rows import Row, among, array
from scoring.evidence import Told

# What points, factors and their sources look at, whatever the rules ask.
ALWAYS = frozenset(
    {"turnover", "vacancies", "technologies", "employees", "phone", "email", "industry"}
)
OF_PEOPLE = frozenset({"email", "phone", "job_title", "name"})
COLUMNS = ("organisation_id", "contact_id", "field", "source", "as_of", "seen_on", "said")


class Facts:
    """`values` and who `told` them, by the organisation; `of_people` both, by the contact.

    Of Google Maps nothing is among them: its content is shown and never filed.
    """

    def __init__(
        self, tenant: Tenant, leads: Sequence[Row], wanted: Collection[str] | None
    ) -> None:
        self.values: dict[UUID, dict[str, Any]] = {}
        self.told: dict[UUID, dict[str, Told]] = {}
        self.of_people: dict[UUID, dict[str, tuple[Any, Told]]] = {}
        record = {each.organisation: each for each in leads}
        people = [each.contact for each in leads if each.contact is not None]
        found = Fact.of(tenant).filter(
            Q(contact=None) | Q(among("contact", array(people))),
            among("organisation", array(record)),
            status=Status.APPLIED,
        )
        if wanted is not None:
            found = found.filter(field__in={*ALWAYS, *OF_PEOPLE, *wanted})
        # The surest comes first; those alike in the order in which they came.
        ordered = found.annotate(said=Cast("value", TextField())).order_by("-sureness", "pk")
        read = list(ordered.values_list(*COLUMNS))
        # All at once: to read each by itself takes three times as long.
        values = json.loads(f"[{','.join(row[-1] for row in read)}]")
        for row, value in zip(read, values, strict=True):
            organisation, contact, field, source, as_of, seen_on, _ = row
            by = Told(source, (as_of or seen_on).isoformat())
            if contact is None:
                self._put(record[organisation], field, value, by)
            elif field in OF_PEOPLE:
                self.of_people.setdefault(contact, {}).setdefault(field, (value, by))

    def _put(self, row: Row, field: str, value: Any, by: Told) -> None:
        known = ORGANISATION.get(field)
        if known is None:
            return
        values = self.values.setdefault(row.organisation, {})
        told = self.told.setdefault(row.organisation, {})
        if field not in values:
            values[field], told[field] = value, by
        elif known.form == Form.WORDS and isinstance(value, list):
            held = values[field]
            values[field] = [*held, *value] if isinstance(held, list) else value
        elif value == _in_record(row, field):
            # Of several that are in use it is the one in the record that counts.
            values[field], told[field] = value, by


def _in_record(row: Row, field: str) -> Any:
    return row.org_phone if field == "phone" else getattr(row, field, None)
