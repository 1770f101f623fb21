"""What is known of an organisation and its people: changed in the page, by two at once."""

import pytest

from crm.ledger.models import AuditEntry
from crm.tenants.models import Role
from leads.contacts import contacts
from leads.facts import editing
from leads.facts.facts import FACTS
from leads.models import (
    Contact,
    FlowStep,
    IdentityKey,
    Lead,
    Organisation,
    Proposal,
    TimelineEntry,
)
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.leads.conftest import Admit
from tests.meanwhile import meanwhile
from tests.people import Cast, as_person


@pytest.fixture
def lead(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Harbour Dental"))


@pytest.mark.django_db
def test_a_fact_is_changed_with_all_that_hangs_on_it(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    url = f"/leads/{lead.pk}/edit/name/"
    assert "Harbour Dental" in ben.get(url).content.decode()
    answer = ben.post(url, {"value": " Ábove  Quay ", "seen": "Harbour Dental"}, follow=True)
    assert "Name saved." in answer.content.decode()
    lead.refresh_from_db()
    organisation = lead.organisation
    assert (organisation.name, organisation.sort_key) == ("Ábove Quay", "above quay")
    assert (organisation.name_key, lead.sort_key) == ("above quay", "above quay")
    assert IdentityKey.of(cast.tenant).filter(value__startswith="above quay|").exists()
    assert TimelineEntry.of(cast.tenant).get().text == "Name: Ábove Quay (it was Harbour Dental)"
    assert FlowStep.of(cast.tenant).filter(lead=lead).exists()
    assert AuditEntry.objects.filter(tenant_id=cast.tenant.pk, verb="edited").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fact", "typed", "kept"),
    [
        ("phone", "0116 255 1234", "+441162551234"),
        ("postcode", "le11aa", "LE1 1AA"),
        ("website", "example.co.uk", "https://example.co.uk"),
        ("employees", "1,240", 1240),
        ("trade", "pharmacy", "pharmacy"),
        ("town", "", ""),
    ],
)
def test_each_fact_is_kept_in_one_form(
    cast: Cast, lead: Lead, fact: str, typed: str, kept: object
) -> None:
    seen = FACTS[fact].typed(getattr(lead.organisation, fact))
    answer = as_person(cast.ben).post(
        f"/leads/{lead.pk}/edit/{fact}/",
        {"value": typed, "seen": seen},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "lead-changed"
    assert getattr(Organisation.of(cast.tenant).get(), fact) == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fact", "typed", "said"),
    [
        ("name", "  ", "can&#x27;t be empty"),
        ("name", "x" * 301, "Keep it to 300 characters"),
        ("phone", "12", "is no phone number"),
        ("postcode", "Leicester", "is no British postcode"),
        ("website", "javascript:alert(1)//x", "Write an address of the web"),
        ("employees", "many", "Write how many people work there"),
        ("trade", "piracy", "Choose one of the trades"),
        ("value", "12,50", "Write pounds like 1,240"),
    ],
)
def test_what_makes_no_sense_is_asked_again_and_kept_in_the_form(
    cast: Cast, lead: Lead, fact: str, typed: str, said: str
) -> None:
    sent = {"value": typed, "seen": ""}
    answer = as_person(cast.ben).post(f"/leads/{lead.pk}/edit/{fact}/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert as_person(cast.ben).get(f"/leads/{lead.pk}/edit/nonsense/").status_code == 404


@pytest.mark.django_db
def test_a_form_marks_as_optional_what_may_be_empty(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    for name, is_optional in (("name", False), ("town", True)):
        page = ben.get(f"/leads/{lead.pk}/edit/{name}/").content.decode()
        assert ("(optional)" in page.split(f'id="fact-{name}"')[1]) == is_optional
    empty = ben.post(f"/leads/{lead.pk}/edit/name/", {"value": " "})
    assert empty.status_code == 422
    assert "can&#x27;t be empty: write how" in empty.content.decode()


@pytest.mark.django_db
def test_who_is_too_late_sees_mine_theirs_and_before_and_chooses(cast: Cast, lead: Lead) -> None:
    ada, ben = as_person(cast.ada), as_person(cast.ben)
    url = f"/leads/{lead.pk}/edit/town/"
    ada.post(url, {"value": "Truro", "seen": "Falmouth"})
    answer = ben.post(url, {"value": "Penryn", "seen": "Falmouth"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for said in ("Ada", "changed this", "Penryn", "Truro", "Falmouth", 'value="Truro"'):
        assert said in page, said
    assert Organisation.of(cast.tenant).get().town == "Truro"
    assert ben.post(url, {"value": "Penryn", "seen": "Truro"}).status_code == 302
    assert Organisation.of(cast.tenant).get().town == "Penryn"
    # The same as a colleague wanted is no clash.
    assert ada.post(url, {"value": "Penryn", "seen": "Falmouth"}).status_code == 302


@pytest.mark.django_db
def test_owner_and_value_clash_in_the_same_way(cast: Cast, lead: Lead) -> None:
    ada, ben = as_person(cast.ada), as_person(cast.ben)
    url = f"/leads/{lead.pk}/edit"
    assert ada.post(f"{url}/value/", {"value": "500", "seen": ""}).status_code == 302
    answer = ben.post(f"{url}/value/", {"value": "900", "seen": ""})
    assert answer.status_code == 409
    assert "£500" in answer.content.decode()
    mia = cast.join("Mia", Role.REP)
    assert ada.post(f"{url}/owner/", {"owner": str(mia.pk), "seen": ""}).status_code == 302
    answer = ben.post(f"{url}/owner/", {"owner": str(cast.ben.pk), "seen": ""})
    assert answer.status_code == 409
    assert "Mia" in answer.content.decode()
    lead.refresh_from_db()
    assert (lead.owner, lead.value_pence) == (mia, 50000)


@pytest.mark.usefixtures("committed_db")
def test_of_two_at_once_the_second_is_told(cast: Cast, lead: Lead) -> None:
    (came,) = meanwhile(
        lambda: editing.edit(lead, FACTS["town"], "Truro", seen="Falmouth", by=cast.ada),
        lambda: editing.edit(lead, FACTS["town"], "Penryn", seen="Falmouth", by=cast.ben),
    )
    assert isinstance(came, editing.ChangedMeanwhile)
    assert [(each.mine, each.theirs, each.before) for each in came.clashes] == [
        ("Penryn", "Truro", "Falmouth")
    ]
    assert came.by.who == "Ada"


@pytest.mark.django_db
def test_a_former_number_leads_no_source_here_and_a_former_name_still_does(
    cast: Cast, admit: Admit
) -> None:
    lead = admit(phone="01326 318000").lead
    assert lead is not None
    for name, wanted in (("phone", "+441162551234"), ("name", "Quay Smiles")):
        fact = FACTS[name]
        seen = fact.typed(getattr(Organisation.of(cast.tenant).get(), name))
        editing.edit(lead, fact, wanted, seen=seen, by=cast.ben)
    phones = IdentityKey.of(cast.tenant).filter(kind="phone").values_list("value", flat=True)
    assert list(phones) == ["+441162551234"]
    assert admit(name="Harbour Dental").reason.startswith("Already a lead")
    assert admit(name="Quay Smiles").reason.startswith("Already a lead")


@pytest.mark.django_db
def test_contacts_are_added_changed_removed_and_put_back(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    url = f"/leads/{lead.pk}/contacts/"
    sent = {"name": "Jo 😁", "role": "decides", "email": "JO@x.example", "phone": "0116 255 1234"}
    assert ben.post(url, sent | {"job_title": ""}).status_code == 302
    jo = Contact.of(cast.tenant).get()
    assert (jo.email, jo.phone, jo.role) == ("jo@x.example", "+441162551234", "decides")
    lead.refresh_from_db()
    assert lead.contact == jo
    page = ben.get(f"/leads/{lead.pk}/").content.decode()
    for said in ('href="mailto:jo@x.example"', 'href="tel:+441162551234"', "Decides"):
        assert said in page, said
    page = ben.post(f"{url}{jo.pk}/remove/", follow=True).content.decode()
    assert "was removed." in page
    assert 'name="email" value="jo@x.example"' in page
    assert not Contact.of(cast.tenant).exists()
    ben.post(url, contacts.facts(jo))
    assert contacts.facts(Contact.of(cast.tenant).get()) == contacts.facts(jo)
    assert "was removed." not in ben.get(f"/leads/{lead.pk}/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Write a name, an e-mail address or a phone number."),
        ({"email": "jo@"}, "Write an address like jo@example.co.uk."),
        ({"phone": "12"}, "is no phone number"),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"name": "Jo", "role": "king"}, "Select a valid choice"),
    ],
)
def test_who_is_nobody_is_asked_again(
    cast: Cast, lead: Lead, sent: dict[str, str], said: str
) -> None:
    answer = as_person(cast.ben).post(f"/leads/{lead.pk}/contacts/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.django_db
def test_two_who_change_a_contact_lose_nothing(cast: Cast, lead: Lead) -> None:
    jo = ContactFactory(organisation=lead.organisation, name="Jo", job_title="Nurse")
    url = f"/leads/{lead.pk}/contacts/{jo.pk}/"
    seen = {f"was_{name}": value for name, value in contacts.facts(jo).items()}
    ada, ben = as_person(cast.ada), as_person(cast.ben)
    ada.post(url, contacts.facts(jo) | seen | {"job_title": "Matron"})
    # Another field: both are kept.
    assert ben.post(url, contacts.facts(jo) | seen | {"name": "Joan"}).status_code == 302
    jo.refresh_from_db()
    assert (jo.name, jo.job_title) == ("Joan", "Matron")
    answer = ben.post(url, contacts.facts(jo) | seen | {"name": "Joan", "job_title": "Head"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'name="was_job_title" value="Matron"' in page
    for said in ("Head", "Matron", "Nurse"):
        assert said in page, said


@pytest.mark.django_db
def test_a_contact_of_another_lead_is_none_of_this_one(cast: Cast, lead: Lead) -> None:
    other = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Other"))
    jo = ContactFactory(organisation=other.organisation)
    url = f"/leads/{lead.pk}/contacts/{jo.pk}/"
    ben = as_person(cast.ben)
    assert ben.post(f"{url}remove/").status_code == 404
    assert ben.get(url).status_code == 404
    assert as_person(cast.vera).post(url, {"name": "x"}).status_code == 403


@pytest.mark.django_db
def test_who_turns_out_to_resemble_another_is_proposed_once(cast: Cast, admit: Admit) -> None:
    admit(name="Quayside Smiles", phone="01326 318000")
    lead = admit(name="Harbour Dental", phone="01326 211999").lead
    assert lead is not None
    assert not Proposal.of(cast.tenant).exists()
    ben = as_person(cast.ben)
    ben.post(f"/leads/{lead.pk}/edit/phone/", {"value": "01326 318000", "seen": "01326 211999"})
    ben.post(f"/leads/{lead.pk}/edit/town/", {"value": "Penryn", "seen": "Falmouth"})
    proposal = Proposal.of(cast.tenant).get()
    assert {proposal.one.name, proposal.other.name} == {"Harbour Dental", "Quayside Smiles"}
    assert "phone" in proposal.shared
