"""Takes somebody out of all that enrichment keeps of an organisation, digests aside."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from crm.changing import change
from enrichment.lookups import forgetting
from enrichment.persons import Whom
from leads.analysing import forgetting as analyses
from leads.contacts import images, persons, traces
from leads.contacts.traces import Person, Trace
from leads.models import Analysis, Contact, EmailCheck, EnrichmentItem, Fact, Merge, Organisation


def erase(contact: Contact) -> None:
    """Keep nothing of whoever is about to be removed but by what they are known as unwanted.

    Whom a person wrote down may be found by enrichment. In the transaction of the caller, which
    holds the organisation's leads, the organisation and the contact.
    """
    if contact.organisation is None:
        return
    whom = known(contact)
    if Fact.of(contact.tenant).filter(contact=contact).exists():
        persons.unwant(contact.organisation, whom)
    take_out(contact.organisation, whom, contact)


def known(contact: Contact) -> Whom:
    """Say under which names and addresses somebody is known, also as whom they were merged with."""
    facts = Fact.of(contact.tenant).filter(contact=contact, field__in=("name", "email"))
    told = list(facts.values_list("field", "value"))
    now = Whom(
        [contact.name, *(str(value) for field, value in told if field == "name")],
        [contact.email, *(str(value) for field, value in told if field == "email")],
    )
    return _also_as(now, images.selves(contact))


def _also_as(whom: Whom, merges: Iterable[Merge]) -> Whom:
    were = [each.gone_was for each in merges if each.undone_at is None]
    return Whom(
        [*whom.names, *(str(each.get("name", "")) for each in were)],
        [*whom.emails, *(str(each.get("email", "")) for each in were)],
    )


def take_out(organisation: Organisation, whom: Whom, contact: Contact | None = None) -> None:
    """Take somebody out of answers, proofs, verdicts and runs that are about an organisation.

    Also out of what an undo would bring back. What stands in its record stays: an address may be
    theirs and the organisation's as well.
    """
    tenant, here = organisation.tenant, images.places(organisation)
    merges = images.selves(contact) if contact is not None else []
    # Whoever was made one with them can't be parted from them any more.
    Merge.of(tenant).filter(pk__in=[each.pk for each in merges]).delete()
    whom = _also_as(whom, merges)
    if not whom:
        return
    selves = {merge.gone for merge in merges if merge.undone_at is None}
    selves |= {contact.pk} if contact is not None else set()
    words = analyses.words_of(whom, {organisation.name, *here.said("name")})
    person = Person(whom, selves, words)
    # Of the organisation itself: a person's own go with the person.
    told = Fact.of(tenant).filter(organisation=organisation, contact=None).order_by("pk")
    _out_of(traces.FACTS, told.select_for_update(), person)
    _out_of(traces.RUNS, EnrichmentItem.of(tenant).filter(organisation=organisation), person)
    asked = Analysis.of(tenant).filter(lead__organisation=organisation).order_by("pk")
    _out_of(traces.ANALYSES, asked.select_for_update(of=("self",)), person)
    images.take_out(here, person)
    _out_of_answers(organisation, here, whom)
    others = Contact.of(tenant).filter(email__in=whom.emails).exclude(organisation=organisation)
    needed = set(others.values_list("email", flat=True))
    EmailCheck.of(tenant).filter(address__in=whom.emails - needed).delete()


def _out_of(trace: Trace, rows: Iterable[Any], person: Person) -> None:
    said, changed = attrgetter(*trace.columns), []
    for row in rows:
        was = said(row)
        if not trace.take_out(row, person):
            row.delete()
        elif said(row) != was:
            changed.append(row)
    change(changed, trace.columns)


def _out_of_answers(organisation: Organisation, here: images.Places, whom: Whom) -> None:
    """Also those that were asked for others before they became this one."""
    domains = {organisation.domain, *here.said("domain")}
    numbers = {organisation.company_number, *here.said("company_number")}
    handles = {*domains, *numbers, *whom.emails}
    tenant = organisation.tenant
    forgetting.forget(tenant, whom, ident=organisation.pk, handles=handles)
    for each in sorted(here.idents - {organisation.pk}):
        forgetting.forget(tenant, whom, ident=each, handles=())
