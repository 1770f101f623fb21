"""A lead's page: who it is, why it scores what it scores, and what people wrote."""

import pytest

from crm.ledger.models import AuditEntry
from leads.models import Lead, TimelineEntry
from leads.scored import scores
from scoring.receipt import Receipt
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.factories.registers import RegisterEntryFactory
from tests.leads.conftest import Admit
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def lead(cast: Cast) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, name="Harbour Dental")
    return LeadFactory(organisation=organisation)


def test_the_page_shows_register_entry_receipt_and_timeline(cast: Cast, admit: Admit) -> None:
    entry = RegisterEntryFactory(name="HARBOUR DENTAL", number="ZZ0123", phone="01326 318000")
    found = admit(name="Harbour Dental", entry=entry, phone=entry.phone).lead
    assert found is not None
    page = as_person(cast.ben).get(f"/leads/{found.pk}/").content.decode()
    for text in (
        "ZZ0123",
        "General dental practices",
        "Open Government Licence",
        "+441326318000",
        "healthcare (high value)",
        "not known",
        "Found by Healthcare within 15 miles of TR11 3HH.",
        "TR11 3HH",
    ):
        assert text in page, text


def receipt(cast: Cast, lead: Lead) -> Receipt:
    shown: Receipt = as_person(cast.ben).get(f"/leads/{lead.pk}/").context["receipt"]
    return shown


def test_the_receipt_adds_up_and_a_contact_raises_it(cast: Cast, lead: Lead) -> None:
    scores.refresh(Lead.of(cast.tenant).get())
    before = receipt(cast, lead)
    assert before.points == sum(group.points for group in before.groups) == 40
    lead.contact = ContactFactory(organisation=lead.organisation)
    lead.save()
    scores.refresh(Lead.of(cast.tenant).get())
    assert receipt(cast, lead).points == 60
    told = TimelineEntry.of(cast.tenant).get(kind="score")
    assert told.text == "Score changed from 40 to 60 (warm)."
    scores.refresh(Lead.of(cast.tenant).get())
    assert TimelineEntry.of(cast.tenant).filter(kind="score").count() == 1


def test_a_note_stands_on_the_timeline_with_its_writer(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    answer = ben.post(f"/leads/{lead.pk}/notes/", {"text": "  Call on Tuesday.\nBring plans. "})
    assert answer.status_code == 302
    note = TimelineEntry.of(cast.tenant).get()
    assert (note.text, note.by) == ("Call on Tuesday.\nBring plans.", cast.ben)
    page = ben.get(f"/leads/{lead.pk}/").content.decode()
    assert "Call on Tuesday.<br>Bring plans." in page
    assert "Note written." in page
    entry = AuditEntry.objects.get(tenant_id=cast.tenant.pk, verb="noted")
    assert (entry.verb, entry.actor, entry.address) == ("noted", "Ben", "127.0.0.1")


def test_a_note_by_htmx_answers_with_the_timeline_alone(cast: Cast, lead: Lead) -> None:
    answer = as_person(cast.ben).post(
        f"/leads/{lead.pk}/notes/", {"text": "Hello"}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert 'id="timeline"' in page
    assert "Hello" in page
    assert "<html" not in page


@pytest.mark.parametrize("text", ["", "   ", "\n", "x" * 5_001, "a\x00b"])
def test_a_note_that_is_no_note_is_not_kept(cast: Cast, lead: Lead, text: str) -> None:
    answer = as_person(cast.ben).post(f"/leads/{lead.pk}/notes/", {"text": text})
    assert answer.status_code == 422
    assert not TimelineEntry.of(cast.tenant).exists()
    if not text.strip():
        assert "Write something first; an empty note was not kept." in answer.content.decode()


def test_nothing_that_people_write_becomes_part_of_the_page(cast: Cast) -> None:
    name = f"O’Neill & “Sons” 😁 {SCRIPT}"
    organisation = OrganisationFactory(tenant=cast.tenant, name=name, address=SCRIPT, town=SCRIPT)
    contact = ContactFactory(organisation=organisation, name=SCRIPT, job_title=SCRIPT)
    lead = LeadFactory(organisation=organisation, contact=contact, tier="hot", owner=cast.ben)
    ben = as_person(cast.ben)
    ben.post(f"/leads/{lead.pk}/notes/", {"text": SCRIPT})
    for path in (f"/leads/{lead.pk}/", f"/leads/{lead.pk}/move/", "/leads/", "/board/", "/"):
        page = ben.get(path).content.decode()
        assert SCRIPT not in page, path
        assert "O’Neill &amp; “Sons” 😁 &lt;script&gt;" in page, path


@pytest.mark.parametrize(
    "website", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html"]
)
def test_a_website_that_is_no_web_address_is_no_link(
    cast: Cast, admit: Admit, website: str
) -> None:
    lead = admit(website=website).lead
    assert lead is not None
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
    assert website.strip() not in page


def test_a_website_is_a_link(cast: Cast, admit: Admit) -> None:
    lead = admit(website="https://harbour-dental.co.uk/").lead
    assert lead is not None
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
    assert 'href="https://harbour-dental.co.uk/" rel="noopener noreferrer"' in page


def test_a_name_of_300_characters_fits_everywhere(cast: Cast) -> None:
    lead = LeadFactory(
        organisation=OrganisationFactory(tenant=cast.tenant, name="Ä" * 300),
        tier="hot",
        owner=cast.ben,
    )
    ben = as_person(cast.ben)
    for path in (f"/leads/{lead.pk}/", "/leads/", "/board/", "/"):
        assert "Ä" * 300 in ben.get(path).content.decode(), path
    answer = ben.post(
        f"/leads/{lead.pk}/move/", {"stage": cast.stage("lead").pk, "version": 1}, follow=True
    )
    assert answer.status_code == 200
