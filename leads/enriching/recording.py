"""Puts what was found out into organisations' records, tells their leads, and has them scored."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from crm import jobs
from crm.changing import change
from crm.insertion import insert
from crm.ledger import audit
from crm.tenants.models import User
from enrichment.providers.all import label
from leads.contacts import contacts
from leads.enriching import filing
from leads.enriching.filing import Desk, Filed
from leads.facts import columns, editing
from leads.facts.facts import FACTS
from leads.identity import candidate
from leads.intake import again
from leads.models import Contact, IdentityKey, Lead, Organisation, TimelineEntry
from leads.scored import flow
from leads.timeline import timeline

LABELS = {name: fact.label for name, fact in FACTS.items()} | {"company_number": "Company number"}
COLUMNS = [*columns.OF_ORGANISATION, "domain"]


def record(desk: Desk) -> None:
    """Write all that the desk has decided; whoever has new keys is compared once more."""
    desk.write()
    changed = [filed for filed in desk.filed if filed.after]
    for filed in changed:
        organisation = filed.dossier.organisation
        if "website" in filed.after:
            organisation.domain = candidate.domain(organisation.website)
    rows = [filed.dossier.organisation for filed in changed]
    change(rows, COLUMNS)
    _identify(changed)
    _audit(desk, changed)
    moved = _first_contacts(desk)
    told = dict(_told(desk))
    timeline.write_all(told, TimelineEntry.Kind.FIELD, tenant=desk.tenant, by=None)
    flow.queue_all(
        lead
        for filed in desk.filed
        for lead in filed.dossier.leads
        if filed.after or filed.people or lead.pk in moved or _has_new_person(desk, lead)
    )
    keyed = (filed for filed in changed if editing.IDENTIFYING & set(filed.after))
    again.compare_all((filed.dossier.organisation for filed in keyed), tenant=desk.tenant)


def _has_new_person(desk: Desk, lead: Lead) -> bool:
    return lead.contact_id in desk.changed_people


def _identify(changed: Sequence[Filed]) -> None:
    """Have all of them be met by what they are now."""
    keyed = [filed for filed in changed if editing.IDENTIFYING & set(filed.after)]
    for filed in keyed:
        editing.forget(filed.dossier.organisation, filed.after, _former(filed))
    new = [key for filed in keyed for key in editing.identity_keys(filed.dossier.organisation)]
    insert(new, unless_there=[IdentityKey])


def _former(filed: Filed) -> Any:
    """Give the keys that the organisation had before."""
    if not any(filed.before.get(name) for name in editing.REPLACED):
        return []
    was = Organisation(**{name: filed.before[name] for name in filed.before})
    now = filed.dossier.organisation
    was.name, was.name_key = now.name, now.name_key
    was.domain = candidate.domain(was.website) if was.website else ""
    return editing.keys_of(was)


def _audit(desk: Desk, changed: Sequence[Filed]) -> None:
    by: User | None = desk.by
    of = {filed.dossier.organisation.pk: filed for filed in changed}
    audit.write_all(
        [filed.dossier.organisation for filed in changed],
        "enriched",
        by=by,
        before=lambda row: of[row.pk].before,
        after=lambda row: of[row.pk].after,
    )
    audit.write_all(desk.new_people, "added", by=by, after=contacts.facts)
    audit.write_all(list(desk.changed_people.values()), "enriched", by=by, after=contacts.facts)


def _first_contacts(desk: Desk) -> set[UUID]:
    """Have leads that go by nobody go by whoever decides."""
    moved: list[Lead] = []
    for filed in desk.filed:
        people = sorted(filed.people, key=_how_good)
        for lead in filed.dossier.leads:
            if lead.contact_id is None and people:
                lead.contact = people[0]
                moved.append(lead)
    if moved:
        change(moved, ["contact"])
        audit.write_all(
            moved, "edited", by=desk.by, after=lambda lead: {"contact": str(lead.contact)}
        )
    return {lead.pk for lead in moved}


def _how_good(person: Contact) -> tuple[int, bool, str]:
    return jobs.read(person.job_title).height, not person.email, person.name


def _told(desk: Desk) -> Iterable[tuple[Lead, str]]:
    for filed in desk.filed:
        sources = [label(slug) for slug in filed.sources]
        text = filing.said(filed, LABELS, sources)
        if text:
            for lead in filed.dossier.leads:
                yield lead, text
