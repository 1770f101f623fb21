"""At intake: what is surely one is merged, what may be is proposed, and both say why."""

import pytest

from crm.ledger.models import AuditEntry
from leads.intake import intake
from leads.intake.grounds import Ground
from leads.intake.resemblance import CLOSE_TO, MAYBE
from leads.merging import doubts, proposals, suspicion
from leads.models import IdentityKey, Organisation, Proposal, TimelineEntry
from tests.factories.registers import RegisterEntryFactory
from tests.leads.conftest import Admit
from tests.people import Cast

pytestmark = pytest.mark.django_db
PHONE = "01326 318000"


def doubt(admit: Admit) -> intake.Outcome:
    """Admit somebody of another name who answers the same phone at the same place."""
    admit(name="Harbour Dental", phone=PHONE)
    return admit(name="Quayside Smiles", phone=PHONE)


def test_who_may_be_known_is_a_lead_and_a_proposal_that_says_why(cast: Cast, admit: Admit) -> None:
    outcome = doubt(admit)
    assert (outcome.verdict, outcome.ground) == (intake.CREATED, Ground.MAYBE)
    assert outcome.reason == "New, may be known"
    assert outcome.detail.startswith(f"{MAYBE}Harbour Dental: ")
    assert "both answer 01326 318000" in outcome.detail
    assert "Against it: the names differ" in outcome.detail
    proposal = Proposal.of(cast.tenant).get()
    assert {proposal.one.name, proposal.other.name} == {"Harbour Dental", "Quayside Smiles"}
    assert "phone" in proposal.shared
    assert (proposal.by, proposal.state) == (None, Proposal.State.OPEN)
    assert 0 < proposal.confidence < 95
    entry = AuditEntry.objects.get(target_type="leads.proposal")
    assert (entry.verb, entry.actor) == ("created", "background work")


def test_it_is_proposed_once_however_often_it_is_seen(cast: Cast, admit: Admit) -> None:
    doubt(admit)
    for name in ("Quayside Smiles", "Harbour Dental", "The Quayside Smiles Ltd"):
        assert admit(name=name, phone=PHONE).verdict == intake.DUPLICATE
    assert Proposal.of(cast.tenant).count() == 1


def test_what_a_person_proposes_at_that_moment_is_theirs_alone(
    cast: Cast, admit: Admit, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (
        admit(name=name, phone=PHONE).organisation for name in ("Harbour Dental", "Quayside Smiles")
    )
    assert one
    assert other
    told = AuditEntry.objects.filter(target_type="leads.proposal")
    assert told.count() == 1
    monkeypatch.setattr(doubts, "_known", lambda *_: set())
    doubt = (one, other, suspicion.of(one, other))
    assert doubts.raise_all([doubt], tenant=cast.tenant) == []
    assert told.count() == Proposal.of(cast.tenant).count() == 1


def test_not_a_duplicate_is_remembered(cast: Cast, admit: Admit) -> None:
    doubt(admit)
    proposals.settle(Proposal.of(cast.tenant).get(), state="different", by=cast.ben)
    # It brings a key that is new to it, and is compared once more.
    admit(name="Quayside Smiles", phone=PHONE, email="desk@quayside.example")
    assert Proposal.of(cast.tenant).get().state == Proposal.State.DIFFERENT


def test_what_is_surely_one_is_merged_and_says_why(cast: Cast, admit: Admit) -> None:
    lead = admit(name="Harbour Dental Practice", phone=PHONE).lead
    outcome = admit(name="Harbuor Dental Practise", phone=PHONE)
    assert (outcome.verdict, outcome.lead) == (intake.DUPLICATE, lead)
    assert outcome.reason == "Already a lead in Discovery"
    assert outcome.detail.startswith("Much speaks for it: ")
    assert "both stand at TR11 3HH" in outcome.detail
    assert Organisation.of(cast.tenant).count() == 1
    assert not Proposal.of(cast.tenant).exists()
    told = TimelineEntry.of(cast.tenant).filter(lead=lead, text__contains="Harbuor").get()
    assert told.text.startswith("Met as Harbuor Dental Practise, too. Much speaks for it: ")
    # By now its keys know that spelling.
    again = admit(name="Harbuor Dental Practise", postcode="tr113hh")
    assert again.detail == "It has the same name and postcode."


def test_who_is_close_but_another_says_why(cast: Cast, admit: Admit) -> None:
    surgery, pharmacy = "https://falmouth-surgery.co.uk", "https://quay-pharmacy.co.uk"
    admit(name="Falmouth Surgery", phone=PHONE, trade="gp_practice", website=surgery)
    outcome = admit(name="Quay Pharmacy", phone=PHONE, trade="pharmacy", website=pharmacy)
    assert (outcome.verdict, outcome.ground) == (intake.CREATED, Ground.NEW)
    assert outcome.detail.startswith(f"{CLOSE_TO}Falmouth Surgery, although ")
    assert "they are of different trades" in outcome.detail
    assert not Proposal.of(cast.tenant).exists()


def test_who_has_nothing_in_common_is_new_without_a_word(cast: Cast, admit: Admit) -> None:
    admit(name="Harbour Dental", phone=PHONE)
    outcome = admit(name="Copper Kettle", trade="school", address="3 Arwenack Street")
    assert (outcome.reason, outcome.detail) == ("New", "")
    assert not Proposal.of(cast.tenant).exists()


def test_two_entries_of_one_register_are_never_merged_for_a_likeness(
    cast: Cast, admit: Admit
) -> None:
    one = RegisterEntryFactory(name="Harbour Dental Practice")
    other = RegisterEntryFactory(name="Harbour Dental Practise", register=one.register)
    admit(name=one.name, entry=one, phone=PHONE)
    outcome = admit(name=other.name, entry=other, phone=PHONE)
    assert (outcome.verdict, outcome.ground) == (intake.CREATED, Ground.MAYBE)
    assert "a register lists each of them" in outcome.detail


def test_another_site_of_a_company_is_linked_and_nothing_is_asked(cast: Cast, admit: Admit) -> None:
    for postcode, phone in (("TR11 3HH", "01326 318000"), ("TR1 2HW", "01872 211999")):
        outcome = admit(name="Boots", postcode=postcode, phone=phone, website="https://boots.com")
    assert outcome.ground == Ground.NEW
    assert Organisation.of(cast.tenant).exclude(group=None).count() == 2
    assert not Proposal.of(cast.tenant).exists()


def test_a_company_that_changes_number_name_and_address_is_followed(
    cast: Cast, admit: Admit
) -> None:
    """Each sighting shares something with the last one, and none the first with the third."""
    first = admit(name="Harbour Dental", phone=PHONE, company_number="01234567")
    renamed = admit(name="Quayside Smiles", phone=PHONE, company_number="01234567")
    assert renamed.lead == first.lead
    moved = admit(
        name="Quayside Smiles",
        phone=PHONE,
        company_number="",
        postcode="TR1 2HW",
        address="4 Lemon Street",
        town="Truro",
    )
    assert moved.lead == first.lead
    assert moved.detail == "It has the same name and phone."
    # At its new place it may be met without its phone.
    assert admit(name="Quayside Smiles", postcode="TR1 2HW").lead == first.lead
    assert Organisation.of(cast.tenant).count() == 1


def test_organisations_without_a_postcode(cast: Cast, admit: Admit) -> None:
    first = admit(name="Harbour Dental", postcode="", phone=PHONE)
    assert admit(name="HARBOUR DENTAL LTD", postcode="", phone=PHONE).lead == first.lead
    other = admit(name="Harbour Dental", postcode="", phone="", address="", town="")
    assert other.verdict == intake.CREATED
    assert not IdentityKey.of(cast.tenant).filter(kind="site").exists()


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("Q", "q"),
        ("Ysgol Gynradd Tŷ’n-y-Wern", "YSGOL GYNRADD TY'N Y WERN"),
        ("Аптека Здоров’я", "АПТЕКА ЗДОРОВ'Я"),
        ("中央牙科", "中央牙科"),
        ("A & B", "a and b"),
    ],
)
def test_names_of_one_letter_and_of_other_alphabets(
    cast: Cast, admit: Admit, name: str, again: str
) -> None:
    first = admit(name=name)
    assert first.verdict == intake.CREATED
    assert admit(name=again).lead == first.lead
    # One letter more is somebody else.
    assert admit(name=f"{name} X", phone="", address="9 Other Road").verdict == intake.CREATED
    assert Organisation.of(cast.tenant).count() == 2
