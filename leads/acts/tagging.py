"""Putting a tag on many leads, and taking it off again."""

from collections import Counter
from uuid import UUID

from django.db.models import QuerySet

from crm.ledger import audit
from crm.tenants.models import Membership, Tenant
from leads.acts.act import ALREADY, Act, ActRefused, Outcome, ident, seen, tell
from leads.changes import batches
from leads.changes.batches import Changed
from leads.models import Batch, TimelineEntry
from leads.own.tags import MOST_ON_A_LEAD
from leads.records.custom import Tag, Tagging

TAG_GONE = "the tag was deleted"
FULL_OF_TAGS = f"has {MOST_ON_A_LEAD} tags"


class PutTag(Act):
    verb = "tag"

    def _tags(self, tenant: Tenant) -> QuerySet[Tag]:
        return Tag.of(tenant).filter(pk=ident(self.given.get("tag", "")))

    def _tag(self, tenant: Tenant) -> Tag | None:
        return self._tags(tenant).first()

    def _held_tag(self, tenant: Tenant) -> Tag | None:
        """Hold it, so that nobody deletes it before it is on the leads; after them, as all do."""
        return self._tags(tenant).select_for_update(no_key=True).first()

    def check(self, tenant: Tenant) -> None:
        if self._tag(tenant) is None:
            raise ActRefused("Choose a tag. New ones are made on a lead's page.")

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        return "Tagged", f" “{self._tag(tenant) or 'a tag that is gone'}”", "Tag"

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        found, skipped = seen(idents, by)
        tag = self._held_tag(by.tenant)
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
        tell(leads, TimelineEntry.Kind.FIELD, self.told(f"Tagged “{tag}”."), by)
        audit.write_all(leads, "tagged", by=by.user, after={"tag": tag.name})
        return Outcome(len(leads), skipped)


class TakeTagOff(PutTag):
    verb = "untag"

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        tag = self._tag(tenant) or "a tag that is gone"
        return f"Took “{tag}” off", "", f"Take “{tag}” off"

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        found, skipped = seen(idents, by)
        tag = self._held_tag(by.tenant)
        if tag is None:
            return Outcome(0, Counter({TAG_GONE: len(idents)}))
        rows = Tagging.of(by.tenant).filter(tag=tag, lead__in=[lead.pk for lead in found])
        has = set(rows.values_list("lead_id", flat=True))
        leads = [lead for lead in found if lead.pk in has]
        skipped += Counter({ALREADY: len(found) - len(leads)})
        rows.delete()
        batches.add(batch, [Changed(lead, {"tag": str(tag.pk)}, {"tag": None}) for lead in leads])
        tell(leads, TimelineEntry.Kind.FIELD, f"No longer tagged “{tag}”.", by)
        audit.write_all(leads, "untagged", by=by.user, before={"tag": tag.name})
        return Outcome(len(leads), skipped)
