"""Bringing deleted leads back as they were, as far as what they hung on is still there."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from crm.ledger import audit
from crm.pipeline.models import CLOSED_KINDS, Stage
from crm.tenants.models import Membership, Tenant, User
from crm.work.lease import FREE
from crm.work.models import State
from leads.changes.undone import Left, Undone
from leads.lead import customers
from leads.merging import held, rows
from leads.models import (
    Batch,
    FlowStep,
    Lead,
    LeadWithPerson,
    Organisation,
    RemovedRow,
    Task,
    TimelineEntry,
)
from leads.removal import homes, images
from leads.timeline import timeline

# What hangs on something that was deleted at this moment is noticed here, not at the commit.
CHECK = "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"
PURSUED = "pursued by another lead now"
MERGED = "its organisation was merged since"
NOWHERE = "its organisation was deleted since"
NO_STAGE = "its pipeline has no open stage any more"
UNOWNED = "left without an owner, who is no longer of the company"
BACK = "Deleted, and brought back."


def restore(batch: Batch, idents: Sequence[UUID], by: User) -> Undone:
    """Bring back those of the leads that can come back, in the transaction that holds the batch."""
    found = Undone(batch)
    kept = RemovedRow.of(batch.tenant).filter(batch=batch, model=images.LEAD, lead__in=idents)
    images_now = homes.put_right([row.image or {} for row in kept.order_by("lead")], batch)
    there = _There(batch.tenant, images_now)
    going = []
    for image in there.images:
        if left := there.why_not(image):
            found.left.append(left)
        else:
            going.append(image)
    changed = {image["id"]: there.fit(image) for image in going}
    given = {"images": json.dumps([image | changed[image["id"]][0] for image in going])}
    came = rows.insert(Lead, images.GIVEN, given)
    # A colleague opened another one at this moment.
    found.left += [there.pursued(image) for image in going if image["id"] not in came]
    leads = Lead.of(batch.tenant).filter(pk__in=came).order_by("pk")
    found.back = list(leads.select_related("organisation", "stage", "owner", "tenant"))
    found.notes = Counter(note for ident in sorted(came) for note in changed[ident][1])
    if found.back:
        _bring_rows(found, by)
    return found


def _bring_rows(found: Undone, by: User) -> None:
    """Have all that hung on the leads hang on them again, and tell of them."""
    batch, tenant = found.batch, found.batch.tenant
    idents = [lead.pk for lead in found.back]
    # Before the rows, so that this tells of them.
    audit.write_all(found.back, "restored", by=by, after=_as_it_is)
    for each in images.along():
        away = images.give_back(each, idents, batch)
        if away and each.noun is not None:
            said = f"of the {each.noun[1]} not brought back, since what they name was deleted"
            found.notes[said] += away
    here = Membership.of(tenant).values("user")
    LeadWithPerson.objects.filter(content_object__in=idents).exclude(user__in=here).delete()
    tasks = Task.of(tenant).filter(lead__in=idents, owner__isnull=False, done_at=None)
    tasks.exclude(owner__in=here).update(owner=None)
    # Whoever scored it then has let go of it.
    steps = FlowStep.of(tenant).filter(lead__in=idents, state=State.LEASED)
    steps.update(state=State.READY, **FREE)
    customers.settle(found.back, tenant=tenant)
    images.forget(idents, batch)
    told = dict.fromkeys(found.back, BACK)
    timeline.write_all(told, TimelineEntry.Kind.FIELD, tenant=tenant, by=by)
    with connection.cursor() as cursor:
        for statement in CHECK:
            cursor.execute(statement)


def _as_it_is(lead: Lead) -> dict[str, Any]:
    owner = str(lead.owner) if lead.owner else None
    return {"stage": lead.stage.name, "owner": owner, "score": lead.score}


class _There:
    """What is still there of all that these images name."""

    def __init__(self, tenant: Tenant, found: list[dict[str, Any]]) -> None:
        self.tenant, self.images = tenant, found
        places = sorted({image["organisation_id"] for image in found})
        organisations = Organisation.of(tenant).filter(pk__in=places)
        self.organisations = {str(each.pk): each for each in organisations}
        merges = held.standing(tenant).filter(gone__in=places).select_related("by")
        self.merges = {str(each.gone): each for each in merges}
        self.stages: dict[str, list[Stage]] = {}
        for stage in Stage.of(tenant).order_by("position", "id"):
            self.stages.setdefault(str(stage.pipeline_id), []).append(stage)
        owners = {image["owner_id"] for image in found if image["owner_id"]}
        members = Membership.of(tenant).filter(user__in=owners, user__is_active=True)
        self.people = {str(each) for each in members.values_list("user_id", flat=True)}
        others = Lead.of(tenant).filter(organisation__in=places, closed_at=None)
        self.open = {
            (str(home), str(pipeline))
            for home, pipeline in others.values_list("organisation_id", "pipeline_id")
        }

    def _stage(self, image: dict[str, Any]) -> Stage | None:
        """Give the stage where it stood, else the first in which leads are pursued."""
        stages = self.stages.get(image["pipeline_id"], [])
        same = (each for each in stages if str(each.pk) == image["stage_id"])
        first = (each for each in stages if each.kind not in CLOSED_KINDS)
        return next(same, None) or next(first, None)

    def why_not(self, image: dict[str, Any]) -> Left | None:
        """Say why it can't come back, if so."""
        home = image["organisation_id"]
        if merge := self.merges.get(home):
            who = str(merge.by) if merge.by else "Somebody"
            into = merge.kept_was.get("name") or "another"
            return Left(MERGED, f"{who} merged {merge.name} into {into} since: look at that one.")
        if home not in self.organisations:
            return Left(NOWHERE, "The organisation of one of them was deleted since.")
        stage = self._stage(image)
        if stage is None:
            return Left(NO_STAGE, f"{self.organisations[home]}: {NO_STAGE}.")
        is_open = image["closed_at"] is None or str(stage.pk) != image["stage_id"]
        if is_open and (home, image["pipeline_id"]) in self.open:
            return self.pursued(image)
        return None

    def pursued(self, image: dict[str, Any]) -> Left:
        """Say that the organisation has another lead by now."""
        home = self.organisations[image["organisation_id"]]
        return Left(PURSUED, f"{home} is {PURSUED}.")

    def fit(self, image: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """Give the columns that can't be as they were, with a note on each."""
        instead: dict[str, Any] = {}
        notes = []
        stage = self._stage(image)
        if stage is not None and str(stage.pk) != image["stage_id"]:
            instead = {"stage_id": str(stage.pk), "closed_at": None, "lost_reason": ""}
            instead["stage_since"] = timezone.now().isoformat()
            notes.append(f"put into {stage.name}, since the stage was deleted")
        if image["owner_id"] and image["owner_id"] not in self.people:
            instead["owner_id"] = None
            notes.append(UNOWNED)
        return instead, notes
