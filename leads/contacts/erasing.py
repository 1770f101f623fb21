"""Takes somebody out of all that enrichment keeps of an organisation, digests aside."""

from typing import Any

from crm.changing import change
from enrichment.lookups import forgetting
from enrichment.persons import GONE, Whom
from leads.analysing import forgetting as analyses
from leads.contacts import persons
from leads.facts import columns, proofs
from leads.models import Contact, EmailCheck, EnrichmentItem, Fact, Organisation


def erase(contact: Contact) -> None:
    """Keep nothing of whoever is about to be removed but by what they are known as unwanted.

    Whom a person wrote down may be found by enrichment. In the transaction of the caller, which
    holds the organisation's leads and the contact.
    """
    if contact.organisation is None:
        return
    whom = known(contact)
    if Fact.of(contact.tenant).filter(contact=contact).exists():
        persons.unwant(contact.organisation, whom)
    take_out(contact.organisation, whom)


def known(contact: Contact) -> Whom:
    """Say under which names and addresses somebody is known."""
    facts = Fact.of(contact.tenant).filter(contact=contact, field__in=("name", "email"))
    told = list(facts.values_list("field", "value"))
    return Whom(
        [contact.name, *(str(value) for field, value in told if field == "name")],
        [contact.email, *(str(value) for field, value in told if field == "email")],
    )


def take_out(organisation: Organisation, whom: Whom) -> None:
    """Take somebody out of answers, proofs, verdicts and runs that are about an organisation.

    What stands in its record stays: an address may be theirs and the organisation's as well.
    """
    if not whom:
        return
    handles = {organisation.domain, organisation.company_number, *whom.emails}
    tenant = organisation.tenant
    _out_of_facts(organisation, whom)
    _out_of_runs(organisation, whom)
    analyses.forget(organisation, whom)
    forgetting.forget(tenant, whom, ident=organisation.pk, handles=handles)
    others = Contact.of(tenant).filter(email__in=whom.emails).exclude(organisation=organisation)
    needed = set(others.values_list("email", flat=True))
    EmailCheck.of(tenant).filter(address__in=whom.emails - needed).delete()


def _out_of_facts(organisation: Organisation, whom: Whom) -> None:
    """Of the organisation itself: a person's own go with the person."""
    rows = Fact.of(organisation.tenant).filter(organisation=organisation, contact=None)
    changed = []
    for fact in rows.order_by("pk").select_for_update():
        if columns.has(organisation, fact.field) and fact.status == "applied":
            value = fact.value
        else:
            value = whom.out_of(fact.value)
        if value is GONE:
            fact.delete()
            continue
        said = [row | {"quote": whom.cut(row["quote"])} for row in fact.proofs]
        if (value, said) == (fact.value, fact.proofs):
            continue
        field = proofs.field(fact.field, is_person=False)
        if field is not None and value != fact.value:
            fact.key = proofs.digest(field, value)
        fact.value, fact.proofs = value, said
        changed.append(fact)
    change(changed, ["value", "key", "proofs"])


def _out_of_runs(organisation: Organisation, whom: Whom) -> None:
    """Have runs say what was asked and what it took, and no more of whom."""
    changed = []
    for item in EnrichmentItem.of(organisation.tenant).filter(organisation=organisation):
        said = out_of_run(item.asked, whom)
        if said != item.asked:
            item.asked = said
            changed.append(item)
    change(changed, ["asked"])


def out_of_run(asked: dict[str, dict[str, Any]], whom: Whom) -> dict[str, dict[str, Any]]:
    """Give what came of asking in a run without them: outcome and credits stay."""
    return dict(_asked(key, said, whom) for key, said in asked.items())


def _asked(key: str, said: dict[str, Any], whom: Whom) -> tuple[str, dict[str, Any]]:
    person = str(said.get("person", "")).removeprefix("new:")
    if not (whom.is_in(key) or whom.is_meant(person)):
        return key, said | ({"why": whom.cut(said["why"])} if "why" in said else {})
    slug = key.split("|")[0]
    left = {name: value for name, value in said.items() if name != "why"}
    return f"{slug}|{proofs.short(key)}", left | ({"person": "gone"} if "person" in said else {})
