"""Tags: short words that a company puts on leads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from crm import ids
from crm.ledger import audit
from crm.tenants.models import Tenant, User
from leads.lead.locking import lock
from leads.models import Lead, TimelineEntry
from leads.records.custom import Tag, Tagging
from leads.timeline import timeline

SHOWN = 3
MOST_ON_A_LEAD = 30
MOST = 500
LONGEST = Tag._meta.get_field("name").max_length or 0
OFFERED = 200
# So many lose or change a tag in one go; the database looks at each once more at the end.
MOST_AT_ONCE = 10_000


class TagRefused(ValueError):
    """The tag can't be put on; the sentence says why and what to do."""


@dataclass(frozen=True)
class Shown:
    """The tags of a lead: the first few, and how many more there are."""

    first: list[Tag] = field(default_factory=list)
    more: int = 0
    rest: str = ""


def of(tenant: Tenant) -> QuerySet[Tag]:
    """Give the company's tags by name."""
    return Tag.of(tenant).order_by("name", "id")


def on(leads: Iterable[Lead], *, tenant: Tenant) -> dict[UUID, list[Tag]]:
    """Give the tags of these leads by the lead's id, in one query."""
    rows = Tagging.of(tenant).filter(lead__in=[lead.pk for lead in leads])
    found: dict[UUID, list[Tag]] = {}
    for row in rows.select_related("tag").order_by("tag__name", "tag_id"):
        found.setdefault(row.lead_id, []).append(row.tag)
    return found


def show(leads: Iterable[Lead], *, tenant: Tenant) -> None:
    """Hang on each lead what a card or a row shows of its tags."""
    leads = list(leads)
    theirs = on(leads, tenant=tenant) if leads else {}
    for lead in leads:
        all_of_it = theirs.get(lead.pk, [])
        rest = all_of_it[SHOWN:]
        lead.tags_shown = Shown(all_of_it[:SHOWN], len(rest), ", ".join(tag.name for tag in rest))


def panel(lead: Lead, *, may_make: bool) -> dict[str, Any]:
    """Give what a lead's page shows of tags: its own, and those to choose from."""
    known = list(of(lead.tenant)[:OFFERED])
    return {
        "tags": on([lead], tenant=lead.tenant).get(lead.pk, []),
        "tags_known": known,
        "may_tag": may_make or bool(known),
    }


@transaction.atomic
def put(lead: Lead, name: str, *, by: User, may_make: bool) -> Tag:
    """Put a tag on the lead; one that does not exist is made by whoever may make tags.

    What is on it already, perhaps since a second ago, stays on it.
    """
    lead = lock(lead)
    tag = _named(lead.tenant, " ".join(name.split()), by, may_make)
    rows = Tagging.of(lead.tenant).filter(lead=lead)
    if rows.filter(tag=tag).exists():
        return tag
    if rows.count() >= MOST_ON_A_LEAD:
        raise TagRefused(f"{lead.title} has {MOST_ON_A_LEAD} tags. Take one off first.")
    rows.create(tenant=lead.tenant, lead=lead, tag=tag, by=by)
    timeline.write(lead, TimelineEntry.Kind.FIELD, f"Tagged “{tag}”.", by=by)
    audit.write(lead, "tagged", by=by, after={"tag": tag.name})
    return tag


def _named(tenant: Tenant, name: str, by: User, may_make: bool) -> Tag:
    if not name:
        raise TagRefused("Write the tag first.")
    if len(name) > LONGEST or not name.isprintable():
        raise TagRefused(f"A tag is a short name: no more than {LONGEST} characters in one line.")
    # Held, so that nobody deletes it before it is on the lead.
    tags = Tag.of(tenant).filter(name__iexact=name).select_for_update(no_key=True)
    if tag := tags.first():
        return tag
    if not may_make:
        raise TagRefused(
            f"There is no tag “{name}”. Choose one of those that are offered, or ask an owner or "
            "manager to add it."
        )
    if Tag.of(tenant).count() >= MOST:
        raise TagRefused(f"There are {MOST} tags already. Merge or delete some first.")
    try:
        with transaction.atomic():
            tag = Tag.of(tenant).create(tenant=tenant, name=name)
    except IntegrityError:
        # A colleague made it at the same moment.
        return Tag.of(tenant).get(name__iexact=name)
    audit.write(tag, "created", by=by, after={"name": name})
    return tag


@transaction.atomic
def take_off(lead: Lead, tag: Tag, *, by: User) -> bool:
    """Take the tag off; give False where it was off already."""
    lead = lock(lead)
    gone, _ = Tagging.of(lead.tenant).filter(lead=lead, tag=tag).delete()
    if not gone:
        return False
    timeline.write(lead, TimelineEntry.Kind.FIELD, f"No longer tagged “{tag}”.", by=by)
    audit.write(lead, "untagged", by=by, before={"tag": tag.name})
    return True


def hold(tenant: Tenant, idents: Iterable[str]) -> None:
    """Let nobody change or delete these tags until the transaction ends."""
    known = [ident for each in idents if (ident := ids.read(each))]
    list(Tag.of(tenant).filter(pk__in=known).select_for_update().order_by("pk"))


def check_merge(tag: Tag) -> None:
    """Refuse what would take too long; raises TagRefused."""
    if Tagging.of(tag.tenant).filter(tag=tag)[MOST_AT_ONCE : MOST_AT_ONCE + 1].exists():
        raise TagRefused(
            f"“{tag}” is on more than {MOST_AT_ONCE:,} leads, which is too many to merge at once. "
            "Merge the other tag into this one and rename it, or take this one off some leads."
        )


@transaction.atomic
def merge(tag: Tag, *, into: Tag, by: User) -> int:
    """Give every lead of this tag the other one, and delete this one; say how many leads had it."""
    tenant = tag.tenant
    check_merge(tag)
    both = Tag.of(tenant).filter(pk__in=[tag.pk, into.pk])
    if len(both.select_for_update().order_by("pk")) < 2:
        raise TagRefused("One of the two tags was deleted meanwhile, or they are the same.")
    rows = Tagging.of(tenant).filter(tag=tag)
    leads = rows.count()
    has_both = Tagging.of(tenant).filter(tag=into).values("lead")
    rows.exclude(lead__in=has_both).update(tag=into)
    audit.write(tag, "merged", by=by, before={"name": tag.name}, after={"name": into.name})
    # Of the other one, too: this tells of all its leads at once.
    audit.write(into, "took in", by=by, after={"tag": tag.name, "leads": leads})
    tag.delete()
    return leads
