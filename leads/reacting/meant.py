"""Which leads a rule means and has not seen to, and when one may have its turn once more."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from crm.tenants.models import Membership
from leads.listing import listing
from leads.models import Batch, Change, Lead, Reacted, Reaction, ReactionDeed

# A lead that has not matched for so long may have its turn again; so none has two within it.
REST = timedelta(days=1)
# So many rows are tended, or left alone, in one go.
MANY = 5_000


def matching(rule: Reaction, by: Membership) -> QuerySet[Lead]:
    """Give the leads that its filters mean, as far as its maker sees them."""
    return listing.matching(by, rule.wanted, is_exact=True)


def fresh(rule: Reaction, leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Leave out those that it has seen to."""
    seen = Reacted.of(rule.tenant).filter(reaction=rule, lead=OuterRef("pk"))
    return leads.exclude(Exists(seen))


def mark(rule: Reaction, idents: Collection[UUID], batch: Batch | None = None) -> None:
    """Write down that it has seen to these."""
    Reacted.of(rule.tenant).bulk_create(
        Reacted(tenant=rule.tenant, reaction=rule, lead_id=ident, batch=batch) for ident in idents
    )


def leave_alone(rule: Reaction, leads: QuerySet[Lead]) -> bool:
    """Leave the next of them alone; say whether there may be more."""
    idents = list(fresh(rule, leads).order_by("pk").values_list("pk", flat=True)[:MANY])
    mark(rule, idents)
    return len(idents) == MANY


def undone(rule: Reaction, idents: Collection[UUID]) -> set[UUID]:
    """Give those of which somebody has just taken back what it did: they are left alone."""
    batches = ReactionDeed.of(rule.tenant).filter(reaction=rule).values("batch")
    since = timezone.now() - REST
    rows = Change.of(rule.tenant).filter(lead__in=idents, undone_at__gt=since, batch__in=batches)
    return set(rows.values_list("lead_id", flat=True))


def tend(rule: Reaction, leads: QuerySet[Lead]) -> None:
    """Keep since when those that it has seen to match no more, and forget them after a rest."""
    now = timezone.now()
    mine = Reacted.of(rule.tenant).filter(reaction=rule)
    is_so = Exists(leads.filter(pk=OuterRef("lead_id")))
    _set(rule, mine.filter(gone_at__lt=now).filter(is_so), None)
    _set(rule, mine.filter(gone_at=None).exclude(is_so), now)
    rested = mine.filter(gone_at__lt=now - REST).values_list("pk", flat=True)[:MANY]
    mine.filter(pk__in=list(rested)).delete()


def _set(rule: Reaction, rows: QuerySet[Reacted], gone_at: object) -> None:
    idents = list(rows.values_list("pk", flat=True)[:MANY])
    if idents:
        Reacted.of(rule.tenant).filter(pk__in=idents).update(gone_at=gone_at)
