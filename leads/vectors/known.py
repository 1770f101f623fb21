"""Whom a company has won and lost, and its ideal customer: what closeness is measured against."""

from datetime import datetime
from uuid import UUID

from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Tenant
from leads.models import Lead
from leads.vectors.models import Embedding, Ideal
from leads.vectors.port import Store
from scoring.closeness.likeness import Known, Side

# The latest of each: what was won and lost long ago says less, and all of it takes time.
MOST = 2_000
# Of so many companies a process keeps them: some megabytes of each.
MOST_KEPT = 3
_kept: dict[UUID, tuple[object, Known]] = {}


def read(tenant: Tenant, store: Store, model: str) -> Known:
    """Give the vectors by this model; an organisation that was won once is not lost.

    They are read once and kept for whoever scores piece after piece, until any of it is another.
    """
    won = _organisations(tenant, Kind.CUSTOMER)
    lost = tuple(each for each in _organisations(tenant, Kind.LOST) if each not in won)
    ideal = words(tenant)
    made = Embedding.of(tenant).values_list("made", flat=True).first()
    mark = (model, made, tuple(won), lost, ideal and (ideal.at, ideal.model))
    kept = _kept.get(tenant.pk)
    if kept is not None and kept[0] == mark:
        return kept[1]
    vectors = dict(store.read(tenant, model, won))
    if ideal is not None and ideal.model == model and ideal.vector:
        vectors[ideal.pk] = ideal.vector
    found = Known(Side(vectors), Side(store.read(tenant, model, lost)))
    while len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[tenant.pk] = mark, found
    return found


def words(tenant: Tenant) -> Ideal | None:
    """Give the ideal customer in words; None where nobody has written any."""
    return Ideal.of(tenant).exclude(words="").first()


def counts(tenant: Tenant) -> tuple[int, int]:
    """Say how many were won and lost, up to as many as count."""
    won = _organisations(tenant, Kind.CUSTOMER)
    return len(won), len([each for each in _organisations(tenant, Kind.LOST) if each not in won])


def _organisations(tenant: Tenant, kind: Kind) -> dict[UUID, None]:
    """Give those with a lead in a stage of the kind, the latest first."""
    found: list[tuple[datetime, UUID]] = []
    for stage in Stage.of(tenant).filter(kind=kind).values_list("pk", flat=True):
        rows = Lead.of(tenant).filter(stage=stage).order_by("-stage_since", "-pk")
        found += rows.values_list("stage_since", "organisation_id")[:MOST]
    found.sort(reverse=True)
    return dict.fromkeys([ident for _, ident in found][:MOST])
