"""What an organisation is in words, as it is embedded: of itself alone, never of its people.

Nothing of Google's is among it: that is shown and never filed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from crm.registers import sic
from crm.tenants.models import Tenant
from leads.models import Fact, Organisation
from leads.records.known import Status

# As the triggers of sql/changed.sql name them; in this order they stand in the text.
FIELDS = ("sic_codes", "summary", "description", "customers", "services", "technologies")
NEVER = ("google_maps", "google_places")
LONGEST_PART, LONGEST = 2_000, 8_000
MOST_WORDS = 60
COLUMNS = ("pk", "name", "trade", "industry", "town", "postcode")


def of(tenant: Tenant, idents: Collection[UUID]) -> dict[UUID, str]:
    """Give the texts of those that are still there, in two queries."""
    rows = Organisation.of(tenant).filter(pk__in=idents).only(*COLUMNS)
    found = {row.pk: row for row in rows}
    facts: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    told = Fact.of(tenant).filter(
        organisation__in=found, contact=None, status=Status.APPLIED, field__in=FIELDS
    )
    ordered = told.exclude(source__in=NEVER).order_by("-sureness", "pk")
    for ident, field, value in ordered.values_list("organisation_id", "field", "value"):
        facts[ident][field].extend(_words(field, value))
    return {ident: _text(row, facts[ident]) for ident, row in found.items()}


def digest(text: str) -> str:
    """Tell one text from another."""
    return sha256(text.encode()).hexdigest()[:32]


def _text(row: Organisation, facts: dict[str, list[str]]) -> str:
    parts = [
        row.name,
        row.trade_label,
        row.industry.replace("_", " "),
        *(", ".join(facts[field][:MOST_WORDS]) for field in FIELDS if facts[field]),
        # Of the postcode the part that towns share.
        f"{row.town} {row.postcode.partition(' ')[0]}".strip(),
    ]
    return "\n".join(part[:LONGEST_PART] for part in parts if part)[:LONGEST]


def _words(field: str, value: Any) -> Iterable[str]:
    texts = [str(each) for each in (value if isinstance(value, list) else [value])][:MOST_WORDS]
    return [sic.label(each[:5]) or each for each in texts] if field == "sic_codes" else texts
