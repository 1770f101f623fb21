"""Makes one of two organisations or contacts, in one transaction, so that it can be undone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from crm.ledger import audit
from crm.tenants.models import User
from leads.analysing import leaving
from leads.merging import held, kinds, proposals, relations, rows
from leads.merging.held import Either
from leads.merging.refused import AnsweredMeanwhile, ChangedMeanwhile, MergeRefused
from leads.merging.relations import Rule
from leads.models import Lead, Merge, MergedRow, Organisation, StageMove, TimelineEntry
from leads.scored import flow
from leads.timeline import timeline
from leads.work import tasks

# A merge beneath another stands among its rows under this name.
BENEATH = "leads.merge"
# After leads and their entries have gone elsewhere, which no trigger sees.
REFRESH = "SELECT leads_search_refresh(%s::uuid[])"


@transaction.atomic
def merge(
    kept: Either,
    gone: Either,
    *,
    chosen: Mapping[str, str],
    by: User,
    seen: str = "",
    if_asked: bool = False,
) -> Merge:
    """Make the one of the other: `chosen` says by `kinds.Choice` whose value is taken.

    `seen` is the fingerprint of what the person looked at; with `if_asked` only a pair is merged
    about which a proposal asks still. Raises MergeRefused.
    """
    if kept.pk == gone.pk:
        raise MergeRefused("That is one and the same. Choose another one to merge it with.")
    if type(kept) is not type(gone) or kept.tenant_id != gone.tenant_id:
        raise MergeRefused("Only two of a kind can be merged.")
    kept, gone = held.both(kept, gone)
    if seen and seen != held.fingerprint(kept, gone):
        raise ChangedMeanwhile(
            "Somebody changed one of the two while you looked. Here is how they stand now: "
            "choose once more."
        )
    if if_asked and not _is_asked(kept, gone):
        raise AnsweredMeanwhile("Somebody has answered meanwhile whether the two are one.")
    asked = leaving.note(kept.tenant, _going(kept, gone))
    done = _join(kept, gone, chosen, by)
    if isinstance(kept, Organisation):
        for lead in leads_of(kept):
            tasks.settle(lead)
    _tell(kept, gone, by)
    refresh(kept)
    leaving.book(asked)
    return done


def _going(kept: Any, gone: Any) -> list[UUID]:
    """Give the leads that become others."""
    if not isinstance(kept, Organisation):
        return []
    return [theirs.pk for _, theirs in pairs(kept, gone)]


def _is_asked(kept: Any, gone: Any) -> bool:
    return isinstance(kept, Organisation) and proposals.is_asked(kept, gone)


def _join(kept: Any, gone: Any, chosen: Mapping[str, str], by: User) -> Merge:
    model: type[Model] = type(kept)
    table = relations.of(model)
    was = (rows.image(kept), rows.image(gone))
    made = kinds.made(kept, gone, chosen, was)
    merge = Merge.of(kept.tenant).create(
        tenant=kept.tenant,
        model=model._meta.label_lower,
        kept=kept.pk,
        gone=gone.pk,
        name=str(gone)[:300],
        kept_was=was[0],
        gone_was=was[1],
        chosen={"fields": dict(chosen), "made": made},
        by=by,
    )
    # Before the rows: what hangs on the two is told of along with them.
    audit.write(kept, "merged", by=by, after={"with": str(gone)} | _said(made))
    audit.write(gone, "merged into another", by=by, after={"into": str(kept)})
    if isinstance(kept, Organisation):
        _join_leads(merge, kept, gone, chosen, by)
    for each in table:
        if each.rule is Rule.REMAKE:
            rows.forget(each, merge)
            continue
        if each.clash or each.rule is Rule.PUT_BY:
            rows.put_by(each, merge, all_of_them=each.rule is Rule.PUT_BY)
        if each.rule is Rule.MOVE:
            rows.move(each, merge)
    if isinstance(kept, Lead) and "stage_id" in made:
        _move(kept, gone, by)
    type(gone).of(kept.tenant).filter(pk=gone.pk)._raw_delete(using=connection.alias)
    rows.put(kept, made)
    return merge


def _said(made: dict[str, Any]) -> dict[str, Any]:
    """Leave out of the trail what follows from other fields."""
    return {
        name: value for name, value in made.items() if name not in ("name_key", "sort_key", "rank")
    }


def _join_leads(
    above: Merge, kept: Organisation, gone: Organisation, chosen: Mapping[str, str], by: User
) -> None:
    """Make one of two open leads in the same pipeline, each pair as a merge beneath this one."""
    for ours, theirs in pairs(kept, gone):
        beneath = _join(ours, theirs, chosen_of_lead(chosen), by)
        MergedRow.of(above.tenant).create(
            tenant=above.tenant, merge=above, model=BENEATH, row=str(beneath.pk), column=""
        )


def chosen_of_lead(chosen: Mapping[str, str]) -> dict[str, str]:
    """Pick what was chosen of the leads: it stands as “lead-owner” beside the organisation's."""
    prefix = "lead-"
    return {
        name.removeprefix(prefix): side for name, side in chosen.items() if name.startswith(prefix)
    }


def pairs(kept: Organisation, gone: Organisation) -> list[tuple[Lead, Lead]]:
    """Give the open leads of the two that stand in one pipeline."""
    rows = Lead.of(kept.tenant).filter(organisation__in=(kept, gone), closed_at=None)
    found: dict[Any, dict[Any, Lead]] = {}
    for lead in rows.select_related("organisation", "owner", "stage", "contact").order_by("id"):
        found.setdefault(lead.pipeline_id, {})[lead.organisation_id] = lead
    return [(both[kept.pk], both[gone.pk]) for both in found.values() if len(both) > 1]


def _move(kept: Lead, gone: Lead, by: User) -> None:
    """The kept lead stands where the other stood: a move, for the funnel and for its undo."""
    seconds = (timezone.now() - kept.stage_since).total_seconds()
    StageMove.of(kept.tenant).create(
        tenant=kept.tenant,
        lead=kept,
        from_stage=kept.stage,
        to_stage=gone.stage,
        by=by,
        seconds_before=int(seconds),
    )
    Lead.of(kept.tenant).filter(pk=kept.pk).update(version=kept.version + 1)


def _tell(kept: Either, gone: Either, by: User) -> None:
    text = f"Merged with {gone}." if isinstance(kept, Organisation) else f"{gone} is {kept} now."
    leads = leads_of(kept)
    told = dict.fromkeys(leads, text)
    timeline.write_all(told, TimelineEntry.Kind.FIELD, tenant=kept.tenant, by=by)
    for lead in leads:
        if lead.closed_at is None:
            flow.queue(lead)


def leads_of(row: Either) -> list[Lead]:
    """Give the leads whose pages show the organisation or the contact."""
    leads = Lead.of(row.tenant).select_related("organisation", "tenant")
    if isinstance(row, Organisation):
        return list(leads.filter(organisation=row))
    return list(leads.filter(contact=row))


def refresh(*kept: Either) -> None:
    """Have the leads be found by what they say now."""
    found = [lead.pk for row in kept for lead in leads_of(row)]
    if found:
        with connection.cursor() as cursor:
            cursor.execute(REFRESH, [found])
