"""Takes a merge back, weeks later too: what came since goes to the side where it belongs."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from crm.ledger import audit
from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Membership, User
from leads.contacts import persons
from leads.lead import customers
from leads.merging import arrived, held, relations, rows
from leads.merging.arrived import Arrived
from leads.merging.held import Either
from leads.merging.kinds import CHOICES
from leads.merging.merge import leads_of, refresh
from leads.merging.refused import UndoRefused
from leads.merging.relations import Rule
from leads.models import (
    Contact,
    IdentityKey,
    Lead,
    Merge,
    MergedRow,
    Organisation,
    StageMove,
    TimelineEntry,
    Unwanted,
)
from leads.scored import flow
from leads.timeline import timeline
from leads.work import tasks

LABELS = {model._meta.label_lower: model for model in CHOICES}


def undo(merge: Merge, *, by: User, chosen: Mapping[str, str] | None = None) -> Either:
    """Bring back what is gone and give it; `chosen` says by `Arrived.name` on which side."""
    try:
        with transaction.atomic():
            return _undo(merge, chosen or {}, by)
    except IntegrityError:
        raise UndoRefused(
            "What came since can't go to that side: there is the same already, such as an open "
            "lead in the same pipeline. Leave it where it is and try again."
        ) from None


def _undo(merge: Merge, chosen: Mapping[str, str], by: User) -> Either:
    model: Any = LABELS[merge.model]
    there = held.hold(model, {merge.kept}, tenant=merge.tenant)
    merge = Merge.of(merge.tenant).select_for_update(of=("self",)).get(pk=merge.pk)
    check(merge)
    kept = there[merge.kept]
    going = arrived.settle(arrived.read(merge), chosen)
    below = arrived.beneath(merge)
    gone = _part(merge, by)
    for each in below:
        _part(each, by)
    _send(going, merge, below)
    if isinstance(kept, Organisation):
        _keep_away(kept, gone, merge)
        _settle(kept, gone, merge)
    _tell(kept, gone, merge, by)
    refresh(kept, gone)
    return gone


def check(merge: Merge) -> None:
    """Refuse what can't be taken back; raises UndoRefused."""
    if merge.undone_at is not None:
        who = merge.undone_by or "Somebody"
        raise UndoRefused(f"{who} undid this merge already.")
    later = held.standing(merge.tenant).filter(pk__gt=merge.pk)
    into = held.standing(merge.tenant).filter(gone=merge.kept).first()
    if into is not None:
        raise UndoRefused(f"{into.name} was merged into another one since. Undo that first.", into)
    model: Any = LABELS[merge.model]
    if not model.of(merge.tenant).filter(pk=merge.kept).exists():
        raise UndoRefused(
            f"What {merge.name} was merged into has been deleted since, so there is nothing to "
            "take it out of. Add it anew."
        )
    moved = [*rows.of(merge, Lead), *rows.of(merge, Contact)]
    touching = later.filter(Q(gone__in=moved) | Q(kept__in=moved, model=Lead._meta.label_lower))
    if (other := touching.order_by("-id").first()) is not None:
        raise UndoRefused(f"{other.name} was merged after that. Undo that first.", _above(other))
    _check_home(merge)


def _above(merge: Merge) -> Merge:
    """Give the merge along with which this one was made."""
    row = MergedRow.of(merge.tenant).filter(row=str(merge.pk), model="leads.merge")
    found = row.select_related("merge").first()
    return found.merge if found else merge


def _check_home(merge: Merge) -> None:
    """A contact goes back to its organisation, which has to be there."""
    home = merge.gone_was.get("organisation_id")
    if merge.model != Contact._meta.label_lower or home is None:
        return
    into = held.standing(merge.tenant).filter(gone=home).first()
    if into is not None:
        raise UndoRefused(
            f"{into.name}, where {merge.name} worked, was merged since. Undo that first.", into
        )


def _part(merge: Merge, by: User) -> Any:
    """Bring back the one that is gone with its rows, and the kept one's own fields.

    A kept lead that was deleted since took along what had moved to it: the gone one comes back
    without that.
    """
    model: Any = LABELS[merge.model]
    rows.revive(model, merge, _instead(merge))
    gone = model.of(merge.tenant).filter(pk=merge.gone).first()
    if gone is None:
        raise UndoRefused(
            f"{merge.name} can't come back: the pipeline or the organisation where it stood was "
            "deleted since."
        )
    kept = model.of(merge.tenant).filter(pk=merge.kept).first()
    if kept is not None:
        audit.write(kept, "unmerged", by=by, before={"with": merge.name})
    audit.write(gone, "unmerged", by=by, after={"from": str(kept or "what was deleted since")})
    for each in relations.of(model):
        if each.rule is Rule.REMAKE:
            continue
        rows.move_back(each, merge)
        rows.restore(each, merge)
    if kept is not None:
        _give_back(kept, merge, by)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    audit.write(merge, "undone", by=by)
    return model.of(merge.tenant).get(pk=merge.gone)


def _instead(merge: Merge) -> dict[str, Any]:
    """A lead whose stage or owner is gone comes back to the first stage, or to nobody."""
    if merge.model != Lead._meta.label_lower:
        return {}
    was = merge.gone_was
    instead: dict[str, Any] = {}
    stages = Stage.of(merge.tenant).filter(pipeline=was["pipeline_id"])
    if not stages.filter(pk=was["stage_id"]).exists():
        first = stages.order_by("position", "id").first()
        instead["stage_id"] = first.pk if first else None
    owner = was["owner_id"]
    if owner and not Membership.of(merge.tenant).filter(user=owner).exists():
        instead["owner_id"] = None
    return instead


def _give_back(kept: Any, merge: Merge, by: User) -> None:
    """Columns that still are what the merge made of them; what a person changed since stays."""
    now = rows.image(kept)
    made = merge.chosen.get("made", {})
    back = {name: merge.kept_was[name] for name, value in made.items() if now[name] == value}
    if now.get("stage_id") == back.get("stage_id") or now.get("closed_at"):
        for name in ("stage_id", "rank", "stage_since"):
            back.pop(name, None)
    if isinstance(kept, Lead) and "stage_id" in back:
        StageMove.of(kept.tenant).create(
            tenant=kept.tenant,
            lead=kept,
            from_stage_id=now["stage_id"],
            to_stage=Stage.of(kept.tenant).filter(pk=back["stage_id"]).first(),
            by=by,
            seconds_before=int((timezone.now() - kept.stage_since).total_seconds()),
        )
        Lead.of(kept.tenant).filter(pk=kept.pk).update(version=kept.version + 1)
    rows.put(kept, back)


def _send(going: list[Arrived], merge: Merge, below: list[Merge]) -> None:
    """Give the gone one what came since and is its own, with the keys that came along."""
    gone_of = {each.kept: each.gone for each in (merge, *below)}
    keys: set[tuple[str, str]] = set()
    for each in going:
        field = each.relation.field
        to = gone_of[getattr(each.row, each.relation.foreign_key.attname)]
        model: Any = each.relation.model
        model.of(merge.tenant).filter(pk=each.row.pk).update(**{field: to})
        keys |= each.keys
    if merge.model != Organisation._meta.label_lower:
        return
    rows_since = IdentityKey.of(merge.tenant).filter(organisation=merge.kept, pk__gt=merge.pk)
    theirs = [key.pk for key in rows_since if (key.kind, key.value) in keys]
    IdentityKey.of(merge.tenant).filter(pk__in=theirs).update(organisation=merge.gone)
    # A lead names nobody who works elsewhere again.
    sent = [each.row.pk for each in going if isinstance(each.row, Contact)]
    named = Lead.of(merge.tenant).filter(organisation=merge.kept, contact__in=sent)
    named.update(contact=None)


def _keep_away(kept: Any, gone: Any, merge: Merge) -> None:
    """Whoever was removed while they were one is found again at neither."""
    since = Unwanted.of(merge.tenant).filter(organisation=kept.pk, pk__gt=merge.pk)
    persons.keep_away(gone, since.values_list("digest", flat=True))


def _settle(kept: Any, gone: Any, merge: Merge) -> None:
    """Have both sides say what follows from the rows that each of them has now."""
    ours, theirs = leads_of(kept), leads_of(gone)
    for lead in (*ours, *theirs):
        tasks.settle(lead)
    of_both = StageMove.of(merge.tenant).filter(lead__in=[*ours, *theirs], pk__gt=merge.pk)
    bought = Q(from_stage__kind=Kind.CUSTOMER) | Q(to_stage__kind=Kind.CUSTOMER)
    if not of_both.filter(bought).exists():
        # They are customers as they were.
        return
    if not ours:
        was = merge.kept_was.get("customer_since")
        Organisation.of(merge.tenant).filter(pk=kept.pk).update(customer_since=was)
    customers.settle([*ours, *theirs], tenant=merge.tenant)


def _tell(kept: Either, gone: Either, merge: Merge, by: User) -> None:
    field = TimelineEntry.Kind.FIELD
    for row, other in ((kept, merge.name), (gone, str(kept))):
        leads = leads_of(row)
        told = dict.fromkeys(leads, f"No longer merged with {other}.")
        timeline.write_all(told, field, tenant=kept.tenant, by=by)
        for lead in leads:
            flow.queue(lead)
