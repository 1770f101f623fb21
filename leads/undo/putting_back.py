"""Puts leads back as they stood before an act, unless somebody has changed them since."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.ledger import audit
from crm.pipeline.models import Stage
from crm.tenants import members
from crm.tenants.models import Membership, User
from leads.changes import batches
from leads.changes.undone import Left, Undone, UndoRefused
from leads.lead import customers
from leads.lead.locking import hold
from leads.models import Batch, Change, Lead, StageMove, Tag, Tagging, TimelineEntry
from leads.moving.refusals import is_second
from leads.sight import sight
from leads.timeline import timeline
from leads.work import tasks

DELETED = Left("deleted meanwhile", "A lead was deleted at the same moment.")
UNSEEN = Left("not yours to see any more", "A lead that you no longer see was left as it is.")
# What a person has changed stands there as an entry of one of these kinds.
KINDS = (TimelineEntry.Kind.MOVE, TimelineEntry.Kind.FIELD)


def put_back(batch: Batch, by: Membership, changes: Sequence[Change]) -> Undone:
    """Put back what can be, in the transaction that holds the batch; raises UndoRefused."""
    back = _Back(batch, by, changes)
    found = Undone(batch)
    going: list[Change] = []
    for change in changes:
        if left := back.why_left(change):
            found.left.append(left)
        else:
            going.append(change)
            found.back.append(back.leads[change.lead_id])
    if not going:
        return found
    try:
        with transaction.atomic():
            back.put(going)
    except IntegrityError as error:
        if not is_second(error):
            raise
        raise UndoRefused(
            "A colleague reopened one of these leads at the same moment. Try again."
        ) from None
    undone = Change.of(by.tenant).filter(pk__in=[each.pk for each in going])
    undone.update(undone_at=timezone.now())
    return found


class _Back:
    """The leads of some changes, held, with what stands in the way of putting them back."""

    def __init__(self, batch: Batch, by: Membership, changes: Sequence[Change]) -> None:
        self.batch, self.by, self.tenant = batch, by, by.tenant
        self.verb = batches.VERBS[batch.verb]
        ids = [each.lead_id for each in changes]
        rows = Lead.of(self.tenant).filter(pk__in=ids)
        hold(rows)
        found = rows.select_related("organisation", "stage", "owner", "tenant")
        self.leads = {lead.pk: lead for lead in found}
        self.seen = set(sight.leads(by).filter(pk__in=ids).values_list("pk", flat=True))
        self.stages = {str(each.pk): each for each in Stage.of(self.tenant)}
        pictures = [picture for each in changes for picture in (each.before, each.after)]
        owners = {picture["owner"] for picture in pictures if picture.get("owner")}
        people = members.who_is_still_here(self.tenant, User.objects.filter(pk__in=owners))
        self.owners = {str(person.pk): person for person in people}
        self.open = self._open(changes)
        self.tagged = self._tagged(pictures) if self.verb.is_of_tags else set()
        self.since = self._since(ids)

    def _tagged(self, pictures: list[dict[str, Any]]) -> set[tuple[UUID, str]]:
        tags = {picture["tag"] for picture in pictures if picture.get("tag")}
        # Held, so that nobody deletes them meanwhile.
        rows = Tag.of(self.tenant).filter(pk__in=tags).select_for_update(no_key=True)
        self.tags = {str(tag.pk): tag for tag in rows.order_by("pk")}
        on = Tagging.of(self.tenant).filter(tag__in=tags, lead__in=list(self.leads))
        return {(lead, str(tag)) for lead, tag in on.values_list("lead_id", "tag_id")}

    def _open(self, changes: Sequence[Change]) -> set[tuple[UUID, UUID]]:
        """Organisations, with their pipelines, that something else is pursued of."""
        closed = [lead.organisation_id for lead in self.leads.values() if lead.closed_at]
        if "closed_at" not in self.verb.columns or not closed:
            return set()
        rows = Lead.of(self.tenant).filter(organisation__in=closed, closed_at=None)
        return set(rows.values_list("organisation_id", "pipeline_id"))

    def _since(self, ids: list[UUID]) -> dict[UUID, TimelineEntry]:
        """Give the last that a person did to each since."""
        rows = TimelineEntry.of(self.tenant).filter(
            lead__in=ids, at__gt=self.batch.at, by__isnull=False, kind__in=KINDS
        )
        latest = rows.order_by("lead_id", "-id").distinct("lead_id").select_related("by")
        return {entry.lead_id: entry for entry in latest}

    def why_left(self, change: Change) -> Left | None:
        """Say why the lead is left as it is; nothing if it can be put back."""
        lead = self.leads.get(change.lead_id)
        if lead is None:
            return DELETED
        is_seen = lead.pk in self.seen
        if not is_seen and "owner" not in change.after:
            # Whoever gave it away does not see it for that, and may take it back.
            return UNSEEN
        left = self._stands_in_the_way(lead, change)
        # Nor do they hear who did what to it since.
        return UNSEEN if left and not is_seen else left

    def _stands_in_the_way(self, lead: Lead, change: Change) -> Left | None:
        now, after = self._now(lead, change), change.after
        if any(now[name] != after[name] for name in now if name in after):
            return self._who_changed(lead)
        if lead.closed_at and self._is_pursued(lead, change):
            return Left(
                "pursued by another lead now", f"{lead.title} is pursued by another lead now."
            )
        why = self._what_is_gone(change)
        return Left(why, f"{lead.title}: {why}.") if why else None

    def _what_is_gone(self, change: Change) -> str:
        before = change.before
        if before.get("tag") and before["tag"] not in self.tags:
            return "the tag has been deleted"
        if before.get("stage") is not None and before["stage"] not in self.stages:
            return "the stage where it was has been deleted"
        if before.get("owner") is not None and before["owner"] not in self.owners:
            return "whoever had it has left the company"
        return ""

    def _is_pursued(self, lead: Lead, change: Change) -> bool:
        """Say whether the lead would be open again beside another one."""
        reopens = "closed_at" in change.before and change.before["closed_at"] is None
        return reopens and (lead.organisation_id, lead.pipeline_id) in self.open

    def _now(self, lead: Lead, change: Change) -> dict[str, Any]:
        """Give what must still be as the act left it."""
        if self.verb.is_of_tags:
            tag = change.before["tag"] or change.after["tag"]
            return {"tag": tag if (lead.pk, tag) in self.tagged else None}
        shown = batches.picture(lead, self.batch.verb)
        return {name: shown[name] for name in self.verb.checked}

    def _who_changed(self, lead: Lead) -> Left:
        entry = self.since.get(lead.pk)
        if entry is None or entry.by is None:
            return Left("changed since", f"{lead.title} has been changed since.")
        who = "You" if entry.by == self.by.user else str(entry.by)
        what = entry.text if len(entry.text) < 100 else f"{entry.text[:99]}…"
        by = "you" if entry.by == self.by.user else str(entry.by)
        return Left(f"changed by {by} since", f"{who} changed {lead.title} since: “{what}”")

    def put(self, changes: list[Change]) -> None:
        """Put the leads back, and tell of each."""
        pictures: dict[UUID, dict[str, Any]] = {}
        told: dict[Lead, str] = {}
        said: dict[UUID, tuple[dict[str, Any], dict[str, Any]]] = {}
        steps = []
        now = timezone.now()
        for change in changes:
            lead = self.leads[change.lead_id]
            shown = batches.picture(lead, self.batch.verb)
            pictures[lead.pk] = shown | change.before
            pictures[lead.pk]["version"] = lead.version + self.verb.moves
            said[lead.pk] = self._labelled(change.after), self._labelled(change.before)
            told[lead] = f"Undone: {self.batch.said}."
            if self.verb.moves and "stage" in change.before:
                there = self.stages[change.before["stage"]]
                told[lead] = f"Move undone: back from {lead.stage.name} to {there.name}."
                steps.append(self._step(lead, there, now))
                lead.stage = there
        leads = list(told)
        if self.verb.is_of_tags:
            self._put_tags(changes)
        else:
            batches.put(self.tenant, pictures, [*self.verb.columns, "version"])
        if self.verb.moves:
            made = StageMove.of(self.tenant).filter(lead__in=leads, batch=self.batch.pk)
            made.update(is_undone=True)
            StageMove.of(self.tenant).bulk_create(steps, batch_size=1000)
            customers.settle(leads, tenant=self.tenant)
        if planned := [each.after["task"] for each in changes if "task" in each.after]:
            self._forget_tasks(planned)
        if self.batch.verb != "place":
            timeline.write_all(told, TimelineEntry.Kind.MOVE, tenant=self.tenant, by=self.by.user)
            audit.write_all(
                leads,
                "undone",
                by=self.by.user,
                before=lambda lead: said[lead.pk][0],
                after=lambda lead: said[lead.pk][1],
            )

    def _put_tags(self, changes: list[Change]) -> None:
        rows = Tagging.of(self.tenant)
        for tag in {each.after["tag"] for each in changes if each.after["tag"]}:
            put_on = [each.lead_id for each in changes if each.after["tag"] == tag]
            rows.filter(tag=tag, lead__in=put_on).delete()
        rows.bulk_create(
            Tagging(
                tenant=self.tenant,
                lead=self.leads[each.lead_id],
                tag=self.tags[each.before["tag"]],
                by=self.by.user,
            )
            for each in changes
            if each.before["tag"]
        )

    def _forget_tasks(self, made: list[str]) -> None:
        """Throw away what was planned along with the move, unless it is done."""
        rows = tasks.open_of(self.tenant).filter(pk__in=made)
        theirs = list(rows.values_list("lead_id", flat=True))
        rows.delete()
        for ident in theirs:
            tasks.settle(self.leads[ident])

    def _step(self, lead: Lead, there: Stage, now: Any) -> StageMove:
        return StageMove(
            tenant=self.tenant,
            lead=lead,
            from_stage=lead.stage,
            to_stage=there,
            by=self.by.user,
            at=now,
            seconds_before=int((now - lead.stage_since).total_seconds()),
            batch=self.batch.pk,
            reason="Undone",
            is_undone=True,
        )

    def _labelled(self, values: dict[str, Any]) -> dict[str, Any]:
        """Give what a reader of the trail understands."""
        shown: dict[str, Any] = {}
        if "stage" in values:
            shown["stage"] = self.stages[values["stage"]].name
        if "owner" in values:
            found = self.owners.get(values["owner"])
            shown["owner"] = str(found) if found else None
        if "tag" in values:
            shown["tag"] = str(self.tags[values["tag"]]) if values["tag"] in self.tags else None
        for name in ("value_pence", "lost_reason"):
            if name in values:
                shown[name] = values[name]
        return shown
