"""The chances of open leads, by the model that their company has in use."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from uuid import UUID

from crm.tenants.models import Tenant
from leads.chances import features
from leads.models import ChanceModel, Organisation
from leads.scored.rows import Row
from scoring.chance import stored
from scoring.chance.example import Example
from scoring.chance.model import Model
from scoring.engine import Scored
from scoring.evidence import Evidence

MILLE = 1_000


class Chances:
    """Says the chances of many leads at once; `facts` are those that it must be given."""

    facts = features.FACTS

    def __init__(self, tenant: Tenant, model: Model) -> None:
        self.tenant, self.model = tenant, model

    def __call__(
        self, leads: Sequence[Row], known: Sequence[Evidence], scored: Sequence[Scored]
    ) -> dict[UUID, int | None]:
        """Give them in per mille by the leads' ids."""
        told = self.model.chances(self.examples(leads, known, scored))
        return {row.lead: round(MILLE * each) for row, each in zip(leads, told, strict=True)}

    def examples(
        self, leads: Sequence[Row], known: Sequence[Evidence], scored: Sequence[Scored]
    ) -> list[Example]:
        """Give what is known of open leads today; how they end nobody knows."""
        about = Organisation.of(self.tenant).filter(pk__in={each.organisation for each in leads})
        trades = dict(about.values_list("pk", "trade"))
        return [
            _example(row, trades.get(row.organisation, ""), told, by)
            for row, told, by in zip(leads, known, scored, strict=True)
        ]


def _example(lead: Row, trade: str, known: Evidence, scored: Scored) -> Example:
    values = features.of(
        source=lead.source,
        trade=trade,
        closeness=known.closeness,
        fit=scored.grade.fit,
        engagement=scored.grade.engagement,
        receipt=scored.receipt,
        facts=known.values,
    )
    return Example(values, False, datetime.combine(known.today, time(12), UTC))


def of(tenant: Tenant) -> Chances | None:
    """Give what says the chances of a company's leads; None until there is a model."""
    model = in_use(tenant)
    return Chances(tenant, model) if model else None


def in_use(tenant: Tenant) -> Model | None:
    """Give the model that chances come from."""
    row = ChanceModel.of(tenant).filter(is_current=True).values_list("pk", flat=True).first()
    return _read(tenant, row) if row else None


@lru_cache(maxsize=200)
def _read(tenant: Tenant, ident: UUID) -> Model | None:
    """What was trained is never changed again, so it is read once for as long as we run."""
    row = ChanceModel.of(tenant).get(pk=ident)
    try:
        return stored.from_json(row.model)
    except ValueError:
        # Of a form that is read no more: the next training puts another in its place.
        return None
