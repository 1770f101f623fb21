"""The versions of a company's scorecard: who made each, what changed, how often it has scored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from crm.bounds.counts import counted
from crm.ledger.models import AuditEntry
from crm.tenants.models import Tenant
from leads.models import Scorecard
from leads.scorecards import cards, differences
from leads.scored import catalogue

SHOWN = 20
MOST_COUNTED = 10_000
MOST_CHANGES = 12
# Each is counted no further than a person reads.
COUNTED = """
SELECT card.id, (
    SELECT count(*) FROM (
        SELECT FROM leads_score WHERE card_id = card.id AND tenant_id = %(tenant)s LIMIT %(most)s
    ) AS few
) FROM unnest(%(cards)s::uuid[]) AS card (id)
"""


@dataclass(frozen=True)
class Version:
    """`changes` are those against what it was made from; `more` are left out."""

    card: Scorecard
    changes: list[str]
    more: int
    scored: str


def page(tenant: Tenant, before: int | None = None) -> tuple[list[Version], int | None]:
    """Give versions, the newest first, and the number below which the next page begins."""
    rows = Scorecard.of(tenant).select_related("made_by", "published_by").order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = list(rows[: SHOWN + 1])
    shown = found[:SHOWN]
    known, made_from = catalogue.of(tenant), _made_from(tenant, shown)
    scored = _scored(tenant, [card.pk for card in shown])
    versions = []
    for card in shown:
        changes = differences.told(made_from[card.base], card.written, known)
        few = changes[:MOST_CHANGES]
        versions.append(Version(card, few, len(changes) - len(few), scored[card.pk]))
    return versions, shown[-1].number if len(found) > SHOWN else None


def _made_from(tenant: Tenant, shown: Sequence[Scorecard]) -> dict[int | None, Any]:
    bases = {card.base for card in shown if card.base}
    rows = Scorecard.of(tenant).filter(number__in=bases).values_list("number", "written")
    standard = cards.standard()
    found: dict[int | None, Any] = dict.fromkeys(bases, standard) | {None: standard}
    return found | dict(rows)


def _scored(tenant: Tenant, idents: Sequence[UUID]) -> dict[UUID, str]:
    """Say how often each version has scored a lead."""
    values: dict[str, Any] = {"cards": list(idents), "tenant": tenant.pk, "most": MOST_COUNTED + 1}
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, values)
        return {ident: counted(many, MOST_COUNTED) if many else "" for ident, many in cursor}


def last_saved(card: Scorecard) -> AuditEntry | None:
    """Give who saved, or published, a version last, and when."""
    entries = AuditEntry.objects.filter(
        tenant_id=card.tenant_id, target_type=card._meta.label_lower, target_id=str(card.pk)
    )
    return entries.order_by("-at", "-id").first()
