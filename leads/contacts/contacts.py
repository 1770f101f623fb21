"""The people in an organisation: added, changed, taken off; and whom a lead goes by."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from crm.ledger import audit
from crm.tenants.models import User
from leads.contacts import erasing, persons
from leads.facts import clashes, columns, replaced
from leads.facts.clashes import ChangedMeanwhile, Clash
from leads.lead.locking import hold, lock, take_turns
from leads.models import Contact, Lead, TimelineEntry
from leads.records.organisations import Role
from leads.scored import flow
from leads.timeline import timeline

LABELS = {
    "name": "Name",
    "job_title": "Job title",
    "role": "Role",
    "email": "E-mail",
    "phone": "Phone",
}
MOST = 200
# In the session: whom somebody has just removed, to be put back by one click.
REMOVED = "removed_contact"


class ContactRefused(ValueError):
    """It can't be done; the sentence says why."""


class ContactGone(ContactRefused):
    """A colleague removed the person meanwhile."""


@transaction.atomic
def add(lead: Lead, given: Mapping[str, str], *, by: User) -> Contact:
    """Put somebody into the lead's organisation; the first one is whom the lead goes by."""
    lead = lock(lead)
    rows = Contact.of(lead.tenant).filter(organisation=lead.organisation_id)
    if rows.count() >= MOST:
        raise ContactRefused(f"{lead.title} has {MOST} contacts. Remove some first.")
    contact = rows.create(tenant=lead.tenant, organisation=lead.organisation, **given)
    persons.want(lead.organisation, contact.name, contact.email)
    if lead.contact_id is None:
        _go_by(lead, contact)
    timeline.write(lead, TimelineEntry.Kind.FIELD, f"Contact added: {contact}.", by=by)
    audit.write(contact, "added", by=by, after={name: given.get(name, "") for name in LABELS})
    return contact


@transaction.atomic
def edit(
    lead: Lead, contact: Contact, given: Mapping[str, str], *, seen: Mapping[str, str], by: User
) -> bool:
    """Write what differs from what was seen; raises ChangedMeanwhile where a colleague did, too."""
    lead = lock(lead)
    contact = _hold(lead, contact)
    now = facts(contact)
    wanted = {name: value for name, value in given.items() if value != seen[name]}
    changed = {name: value for name, value in wanted.items() if value != now[name]}
    late = [name for name in changed if now[name] != seen[name]]
    if late:
        found = [
            Clash(
                name,
                LABELS[name],
                shown(name, given[name]),
                shown(name, now[name]),
                shown(name, seen[name]),
                now[name],
            )
            for name in late
        ]
        raise ChangedMeanwhile(found, clashes.last_change(contact, late))
    if not changed:
        return False
    for name, value in changed.items():
        setattr(contact, name, value)
    contact.save(update_fields=list(changed))
    for name in changed.keys() & set(columns.OF_CONTACT):
        replaced.by_hand(contact, name, now[name], changed[name], by=by)
    said = ", ".join(LABELS[name].lower() for name in changed)
    timeline.write(lead, TimelineEntry.Kind.FIELD, f"Contact {contact}: {said} changed.", by=by)
    audit.write(
        contact, "edited", by=by, before={name: now[name] for name in changed}, after=changed
    )
    for other in Lead.of(lead.tenant).filter(contact=contact):
        flow.queue(other)
    return True


@transaction.atomic
def remove(lead: Lead, contact: Contact, *, by: User) -> dict[str, Any]:
    """Take the person off; give what `add` takes to put them back.

    Whom enrichment has found it does not find again, and keeps nowhere; no undo brings them back.
    """
    # All that may go by this person, in one order.
    hold(Lead.of(lead.tenant).filter(organisation=lead.organisation_id))
    lead = lock(lead)
    # Nobody brings back one of its leads that was deleted, with this person in it, meanwhile.
    take_turns([lead.organisation_id], tenant=lead.tenant)
    contact = _hold(lead, contact)
    before = facts(contact)
    named = list(Lead.of(lead.tenant).filter(contact=contact))
    timeline.write(lead, TimelineEntry.Kind.FIELD, f"Contact removed: {contact}.", by=by)
    audit.write(contact, "removed", by=by, before=before)
    erasing.erase(contact)
    contact.delete()
    for other in named:
        flow.queue(other)
    return before


@transaction.atomic
def prefer(lead: Lead, contact: Contact, *, by: User) -> None:
    """Have the lead go by this person."""
    lead = lock(lead)
    contact = _hold(lead, contact)
    if lead.contact_id == contact.pk:
        return
    before = str(lead.contact) if lead.contact else None
    _go_by(lead, contact)
    timeline.write(lead, TimelineEntry.Kind.FIELD, f"First contact: {contact}.", by=by)
    audit.write(lead, "edited", by=by, before={"contact": before}, after={"contact": str(contact)})


def facts(contact: Contact) -> dict[str, str]:
    """Give what a form of the person carries."""
    return {name: str(getattr(contact, name)) for name in LABELS}


def shown(name: str, value: str) -> str:
    """Write a field of a person for a reader."""
    known = dict(Role.choices)
    return str(known.get(value, value)) if name == "role" else value


def _go_by(lead: Lead, contact: Contact) -> None:
    lead.contact = contact
    lead.save(update_fields=["contact"])
    flow.queue(lead)


def _hold(lead: Lead, contact: Contact) -> Contact:
    rows = Contact.of(lead.tenant).filter(pk=contact.pk, organisation=lead.organisation_id)
    held = rows.select_for_update(no_key=True).first()
    if held is None:
        raise ContactGone(f"{contact} was removed meanwhile by a colleague.")
    return held
