"""People whom nobody may tell of: those who object at a vendor, and those who are unwanted here."""

from collections.abc import Sequence

from crm.ledger import audit
from crm.tenants.models import User
from enrichment.contract import Provider
from enrichment.lookups import forgetting
from enrichment.lookups.models import Lookup
from enrichment.persons import Whom
from leads.contacts import erasing, persons, traces
from leads.enriching import shunning
from leads.enriching.dossier import Dossier
from leads.enriching.visiting import Visit
from leads.models import Contact, TimelineEntry
from leads.scored import flow
from leads.timeline import timeline

REMOVED = "A contact was removed: they object to being told of."


def removed(
    was: Dossier, now: Dossier, heard: Sequence[tuple[Lookup, Provider, str]]
) -> list[tuple[Lookup, Whom]]:
    """Give what was told of people whom somebody has removed since the dossier was read."""
    return [
        (lookup, shunning.whom(was, person))
        for lookup, _, person in heard
        if person in was.people and was.people[person] is not None and person not in now.people
    ]


def heed(visit: Visit, by: User | None) -> None:
    """Keep nothing of them, and have no other provider bring them back.

    In the transaction that holds the organisation and its leads.
    """
    dossier = visit.dossier
    organisation = dossier.organisation
    for person, objection in dossier.objections.items():
        persons.unwant(organisation, objection.whom)
        if person in dossier.people:
            # Somebody wrote them down: that is theirs to take away.
            continue
        erasing.take_out(organisation, objection.whom, objection.contact)
        if objection.contact is not None:
            _remove(objection.contact, dossier, by)
        _leave_out(visit, objection.whom)
    for lookup, whom in dossier.shunned:
        forgetting.forget_in(organisation.tenant, whom, [lookup.pk])
        _leave_out(visit, whom)


def _remove(contact: Contact, dossier: Dossier, by: User | None) -> None:
    named = [lead for lead in dossier.leads if lead.contact_id == contact.pk]
    audit.write(contact, "removed", by=by)
    contact.delete()
    for lead in named:
        lead.contact = None
        timeline.write(lead, TimelineEntry.Kind.FIELD, REMOVED, by=None)
    flow.queue_all(named)


def _leave_out(visit: Visit, whom: Whom) -> None:
    visit.asked.said = traces.out_of_run(visit.asked.said, whom)
    for email in whom.emails:
        visit.verdicts.pop(email, None)
