"""A lead that was merged or deleted while somebody looked at it: they are told, and led on."""

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import assign_perm

from crm.gone import Gone
from crm.pipeline.models import Kind
from crm.tenants.models import Membership
from leads.acts.delete import Delete
from leads.bulk import bulk
from leads.contacts import contacts
from leads.facts import editing
from leads.facts.facts import FACTS
from leads.lead import dealing
from leads.merging import merge as merging
from leads.models import IdentityKey, Lead, RemovedRow, TimelineEntry
from leads.moving import board
from leads.page import notes
from leads.work import tasks
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory, TaskFactory
from tests.leads.conftest import Admit
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def place(cast: Cast, name: str, **fields: Any) -> Lead:
    home = OrganisationFactory(tenant=cast.tenant, name=name, **fields)
    lead: Lead = LeadFactory(organisation=home, owner=cast.ben)
    return lead


def join(cast: Cast, kept: Lead, gone: Lead) -> None:
    merging.merge(kept.organisation, gone.organisation, chosen={}, by=cast.ada)


@pytest.mark.parametrize("fate", ["merged", "deleted"])
def test_every_verb_says_what_became_of_the_lead(cast: Cast, fate: str) -> None:
    kept, lead = place(cast, "Alder"), place(cast, "Elder")
    task, contact = TaskFactory(lead=lead), ContactFactory(organisation=lead.organisation)
    verbs: list[Any] = [
        lambda: notes.write(lead, "Hello", by=cast.ben),
        lambda: board.move(lead, to=cast.stage(Kind.LOST), by=cast.ben),
        lambda: dealing.assign(lead, owner=None, value_pence=None, by=cast.ben),
        lambda: tasks.done(task, by=cast.ben),
        lambda: contacts.add(lead, {"name": "Jo"}, by=cast.ben),
    ]
    if fate == "merged":
        join(cast, kept, lead)
        fact = FACTS["town"]
        verbs.append(lambda: editing.edit(lead, fact, "Bath", seen="", by=cast.ben))
    else:
        Lead.of(cast.tenant).filter(pk=lead.pk).delete()
        verbs.append(lambda: contacts.remove(lead, contact, by=cast.ben))
    for verb in verbs:
        with pytest.raises(Gone, match=fate), transaction.atomic():
            verb()


def test_the_address_of_a_merged_lead_leads_on(cast: Cast) -> None:
    first, second, third = (place(cast, name) for name in ("Alder", "Birch", "Cedar"))
    join(cast, second, first)
    join(cast, third, second)
    ben = as_person(cast.ben)
    answer = ben.get(f"/leads/{first.pk}/", follow=True)
    assert answer.redirect_chain == [(f"/leads/{third.pk}/", 302)]
    assert "was merged into Cedar" in answer.content.decode()
    late = ben.post(f"/leads/{first.pk}/notes/", {"text": "Hello"})
    assert late.status_code == 410
    assert "Nothing was saved." in late.content.decode()
    assert not TimelineEntry.of(cast.tenant).filter(text="Hello").exists()


def test_whoever_does_not_see_the_other_lead_is_told_nothing(cast: Cast) -> None:
    kept, lead = place(cast, "Alder"), place(cast, "Elder")
    join(cast, kept, lead)
    Lead.of(cast.tenant).update(owner=cast.ada)
    cast.tenant.rep_reach = "own"
    cast.tenant.save()
    assert as_person(cast.ben).get(f"/leads/{lead.pk}/").status_code == 404
    assert as_person(cast.charlie).get(f"/leads/{lead.pk}/").status_code == 404


def test_who_deleted_a_lead_is_told_to_whoever_saw_it(cast: Cast) -> None:
    cast.tenant.rep_reach = "own"
    cast.tenant.shows_unowned = False
    cast.tenant.save()
    lead, other, shared = (place(cast, name) for name in ("Alder", "Birch", "Cedar"))
    Lead.of(cast.tenant).exclude(pk=lead.pk).update(owner=cast.ada)
    assign_perm("leads.view_lead", cast.ben, shared)
    owner = Membership.of(cast.tenant).get(user=cast.ada)
    bulk.do(Delete({}), [lead.pk, other.pk, shared.pk], owner)
    said = re.compile("(Alder|Cedar) was deleted by Ada at \\d\\d:\\d\\d. Nothing was saved.")
    ben = as_person(cast.ben)
    note = {"text": "Hello"}
    for each in (lead, shared):
        told = ben.post(f"/leads/{each.pk}/notes/", note, headers={"HX-Request": "true"})
        assert told.status_code == 410
        assert said.fullmatch(told.content.decode())
    plan = ben.post(f"/leads/{lead.pk}/tasks/", {"text": "Call", "day": "2030-01-01"})
    assert plan.status_code == 410
    assert said.search(plan.content.decode())
    looked = ben.get(f"/leads/{lead.pk}/")
    assert looked.status_code == 410
    assert "saved" not in looked.content.decode()
    for person, url in ((cast.ben, f"/leads/{other.pk}/"), (cast.charlie, f"/leads/{lead.pk}/")):
        assert as_person(person).get(url).status_code == 404
    RemovedRow.of(cast.tenant).all().delete()
    assert ben.get(f"/leads/{lead.pk}/").status_code == 404
    assert as_person(cast.ada).get(f"/leads/{lead.pk}/").status_code == 410


def test_a_note_holds_the_lead_before_its_text_for_the_search(cast: Cast) -> None:
    lead = place(cast, "Alder")
    with CaptureQueriesContext(connection) as asked:
        notes.write(lead, "Hello", by=cast.ben)
    said = [each["sql"] for each in asked]
    held = next(n for n, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql)
    assert held < next(n for n, sql in enumerate(said) if "INSERT INTO" in sql)


def test_another_phone_leaves_those_that_a_merge_has_brought(admit: Admit, cast: Cast) -> None:
    gone = admit(name="Alder Dental", phone="01326 000001").organisation
    kept = admit(name="Elder Dental", phone="01326 000002", postcode="TR11 3AA").organisation
    assert gone
    assert kept
    merging.merge(kept, gone, chosen={}, by=cast.ben)
    lead = Lead.of(cast.tenant).filter(organisation=kept).first()
    assert lead
    fact = FACTS["phone"]
    editing.edit(lead, fact, "+441326000003", seen=fact.typed(kept.phone), by=cast.ben)
    rows = IdentityKey.of(cast.tenant).filter(organisation=kept, kind="phone")
    assert set(rows.values_list("value", flat=True)) == {"+441326000001", "+441326000003"}
