"""What can be done to many leads at once, a piece of them in a few statements.

Each act leaves alone what the person may not touch or what is so already, and counts it by reason.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from crm import ids
from crm.ledger import audit
from crm.pipeline.models import Asked, Stage
from crm.tenants import members
from crm.tenants.models import Membership, Tenant, User
from crm.tenants.permissions import GRANTS, Permission, may
from leads import asking, batches, board, moving, removing, sight, timeline
from leads.asking import Answers
from leads.batches import Changed
from leads.custom import Tag, Tagging
from leads.locking import hold
from leads.models import Batch, Lead, TimelineEntry
from leads.tags import MOST_ON_A_LEAD

ALREADY = "already so"
NOT_YOURS = "not yours to give away"
GONE = "gone, or not yours to see any more"
LEFT = "the new owner has left the company"
STAGE_GONE = "the stage was deleted"
TAG_GONE = "the tag was deleted"
FULL_OF_TAGS = f"has {MOST_ON_A_LEAD} tags"


class ActRefused(ValueError):
    """It can't be done at all; the sentence says why and what to do."""


@dataclass
class Outcome:
    """How many leads were changed, and why others were left alone."""

    done: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: "Outcome") -> "Outcome":
        self.done += other.done
        self.skipped += other.skipped
        return self


def named(many: int) -> str:
    """Count leads in words."""
    return "1 lead" if many == 1 else f"{many:,} leads"


def _ident(given: str) -> UUID:
    """Read an id; what is none is nobody's."""
    return ids.read(given) or UUID(int=0)


@dataclass(frozen=True)
class Act:
    """`needs` is the permission for it, and `given` what it was asked with, as a JSON column."""

    given: dict[str, str]
    verb = ""
    needs = Permission.WORK_LEADS

    def check(self, tenant: Tenant) -> None:
        """Refuse what can't be done to any lead; raises ActRefused."""

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        """Give the act around the leads: “Gave”, “to Ben”, and “Give” before it is done."""
        raise NotImplementedError

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        """Do it to those of the leads that it can be done to, in one transaction."""
        raise NotImplementedError

    def did(self, many: int, tenant: Tenant) -> str:
        """Say what was done."""
        done, to, _ = self.words(tenant)
        return f"{done} {named(many)}{to}"

    def does(self, many: str, tenant: Tenant) -> str:
        """Say what will be done."""
        _, to, does = self.words(tenant)
        return f"{does} {many}{to}"


def _seen(idents: list[UUID], by: Membership) -> tuple[list[Lead], Counter[str]]:
    """Hold the leads, and give those that are there and seen."""
    hold(Lead.of(by.tenant).filter(pk__in=idents))
    rows = sight.leads(by).filter(pk__in=idents).order_by("pk")
    found = list(rows.select_related("organisation", "stage", "owner", "tenant"))
    return found, +Counter({GONE: len(set(idents)) - len(found)})


class Assign(Act):
    verb = "assign"

    def _owner(self, tenant: Tenant) -> User | None:
        if not self.given.get("owner"):
            return None
        found = workers(tenant).filter(pk=_ident(self.given["owner"])).first()
        if found is None:
            raise ActRefused("Choose a colleague who may work on leads.")
        return found

    def check(self, tenant: Tenant) -> None:
        if "owner" not in self.given:
            raise ActRefused("Choose to whom to give them.")
        self._owner(tenant)

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        person = User.objects.filter(pk=_ident(self.given["owner"])).first()
        return "Gave", f" to {person or 'nobody'}", "Give"

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        try:
            owner = self._owner(by.tenant)
        except ActRefused:
            return Outcome(0, Counter({LEFT: len(idents)}))
        # Before the leads: whoever leaves hands their leads over, in this order.
        if owner is not None and not members.stays(by.tenant, owner):
            return Outcome(0, Counter({LEFT: len(idents)}))
        found, skipped = _seen(idents, by)
        theirs = sight.covered(by, found)
        changes, before = [], {}
        for lead in found:
            if lead.owner == owner or lead.pk not in theirs:
                skipped[ALREADY if lead.owner == owner else NOT_YOURS] += 1
                continue
            was = batches.picture(lead, self.verb)
            before[lead.pk] = str(lead.owner) if lead.owner else None
            lead.owner = owner
            changes.append(Changed(lead, was, batches.picture(lead, self.verb)))
        leads = [change.lead for change in changes]
        Lead.of(by.tenant).filter(pk__in=before).update(owner=owner)
        batches.add(batch, changes)
        said = f"Given to {owner}." if owner else "No longer has an owner."
        _tell(leads, TimelineEntry.Kind.MOVE, said, by)
        audit.write_all(
            leads,
            "assigned",
            by=by.user,
            before=lambda lead: {"owner": before[lead.pk]},
            after={"owner": str(owner) if owner else None},
        )
        return Outcome(len(leads), skipped)


class Move(Act):
    verb = "move"

    def _stage(self, tenant: Tenant) -> Stage | None:
        return Stage.of(tenant).filter(pk=_ident(self.given.get("stage", ""))).first()

    def check(self, tenant: Tenant) -> None:
        stage = self._stage(tenant)
        if stage is None:
            raise ActRefused("Choose the stage to move them to.")
        if Asked.REASON in asking.asks(stage) and not self.given.get("reason"):
            raise ActRefused(f"{stage.name} asks why. Give the reason in a few words.")

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        stage = self._stage(tenant)
        return "Moved", f" to {stage.name if stage else 'a stage that is gone'}", "Move"

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        stage = self._stage(by.tenant)
        if stage is None:
            return Outcome(0, Counter({STAGE_GONE: len(idents)}))
        answers = Answers(reason=self.given.get("reason", "")[: asking.LONGEST_REASON])
        try:
            moved = board.move_many(idents, to=stage, by=by, answers=answers, batch=batch)
        except board.StageGone:
            return Outcome(0, Counter({STAGE_GONE: len(idents)}))
        alike = {moving.UNSEEN: GONE, moving.THERE: ALREADY}
        skipped: Counter[str] = Counter()
        for why, many in moved.skipped.items():
            skipped[alike.get(why, why)] += many
        return Outcome(len(moved.leads), skipped)


class PutTag(Act):
    verb = "tag"

    def _tag(self, tenant: Tenant) -> Tag | None:
        # Held, so that nobody deletes it before it is on the leads.
        rows = Tag.of(tenant).filter(pk=_ident(self.given.get("tag", "")))
        return rows.select_for_update(no_key=True).first()

    def check(self, tenant: Tenant) -> None:
        if self._tag(tenant) is None:
            raise ActRefused("Choose a tag. New ones are made on a lead's page.")

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        return "Tagged", f" “{self._tag(tenant) or 'a tag that is gone'}”", "Tag"

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        found, skipped = _seen(idents, by)
        tag = self._tag(by.tenant)
        if tag is None:
            return Outcome(0, Counter({TAG_GONE: len(idents)}))
        has: dict[UUID, set[UUID]] = {}
        rows = Tagging.of(by.tenant).filter(lead__in=[lead.pk for lead in found])
        for lead_id, tag_id in rows.values_list("lead_id", "tag_id"):
            has.setdefault(lead_id, set()).add(tag_id)
        leads = []
        for lead in found:
            its = has.get(lead.pk, set())
            if tag.pk in its or len(its) >= MOST_ON_A_LEAD:
                skipped[ALREADY if tag.pk in its else FULL_OF_TAGS] += 1
            else:
                leads.append(lead)
        Tagging.of(by.tenant).bulk_create(
            Tagging(tenant=by.tenant, lead=lead, tag=tag, by=by.user) for lead in leads
        )
        batches.add(batch, [Changed(lead, {"tag": None}, {"tag": str(tag.pk)}) for lead in leads])
        _tell(leads, TimelineEntry.Kind.FIELD, f"Tagged “{tag}”.", by)
        audit.write_all(leads, "tagged", by=by.user, after={"tag": tag.name})
        return Outcome(len(leads), skipped)


class TakeTagOff(PutTag):
    verb = "untag"

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        tag = self._tag(tenant) or "a tag that is gone"
        return f"Took “{tag}” off", "", f"Take “{tag}” off"

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        found, skipped = _seen(idents, by)
        tag = self._tag(by.tenant)
        if tag is None:
            return Outcome(0, Counter({TAG_GONE: len(idents)}))
        rows = Tagging.of(by.tenant).filter(tag=tag, lead__in=[lead.pk for lead in found])
        has = set(rows.values_list("lead_id", flat=True))
        leads = [lead for lead in found if lead.pk in has]
        skipped += Counter({ALREADY: len(found) - len(leads)})
        rows.delete()
        batches.add(batch, [Changed(lead, {"tag": str(tag.pk)}, {"tag": None}) for lead in leads])
        _tell(leads, TimelineEntry.Kind.FIELD, f"No longer tagged “{tag}”.", by)
        audit.write_all(leads, "untagged", by=by.user, before={"tag": tag.name})
        return Outcome(len(leads), skipped)


class Delete(Act):
    verb = "delete"
    needs = Permission.ADMINISTER

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        return "Deleted", "", "Delete"

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        found, skipped = _seen(idents, by)
        return Outcome(removing.remove(found, tenant=by.tenant, by=by.user), skipped)


ACTS: dict[str, type[Act]] = {act.verb: act for act in (Assign, Move, PutTag, TakeTagOff, Delete)}


def workers(tenant: Tenant) -> QuerySet[User]:
    """Give those who may look after leads, by name."""
    roles = [role for role, granted in GRANTS.items() if Permission.WORK_LEADS in granted]
    here = Membership.of(tenant).filter(role__in=roles).values("user")
    return User.objects.filter(pk__in=here, is_active=True).order_by("name", "pk")


def _tell(leads: Iterable[Lead], kind: str, said: str, by: Membership) -> None:
    told = dict.fromkeys(leads, said)
    if told:
        timeline.write_all(told, kind, tenant=by.tenant, by=by.user)
        rows = Lead.of(by.tenant).filter(pk__in=[lead.pk for lead in told])
        rows.update(active_at=timezone.now())


def allowed(act: Act, by: Membership) -> bool:
    """Say whether the person may do this to any lead."""
    return may(by, act.needs)
