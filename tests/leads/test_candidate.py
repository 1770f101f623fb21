"""What comes in is cleaned: strange names are kept, what is impossible is left out."""

import pytest

from leads.intake import intake
from leads.models import Organisation
from tests.leads.conftest import Admit
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["", "   ", "\x00", "\n\t"])
def test_a_candidate_without_a_name_is_rejected(cast: Cast, admit: Admit, name: str) -> None:
    outcome = admit(name=name)
    assert (outcome.verdict, outcome.detail) == (intake.REJECTED, "It has no name.")
    assert not Organisation.of(cast.tenant).exists()


@pytest.mark.parametrize(
    "name",
    [
        "O’Neill & Sons “The Dentists”",
        "Smile 😁 Dental",
        "😁",
        "x" * 300,
        "<script>alert(1)</script>",
        "Robert'); DROP TABLE leads_lead;--",
        "Клиника",
    ],
)
def test_a_strange_name_is_kept_as_it_is(cast: Cast, admit: Admit, name: str) -> None:
    assert admit(name=name).verdict == intake.CREATED
    assert Organisation.of(cast.tenant).get().name == name
    assert admit(name=name).verdict == intake.DUPLICATE


def test_what_is_too_long_is_cut_rather_than_lost(cast: Cast, admit: Admit) -> None:
    outcome = admit(
        name="Harbour Dental " * 40,
        address="12 Quay Street, " * 60,
        town="Falmouth " * 30,
        website="https://harbour-dental.co.uk/" + "x" * 300,
        phone="0" * 60,
    )
    assert outcome.verdict == intake.CREATED
    assert len(Organisation.of(cast.tenant).get().name) <= 300


@pytest.mark.parametrize("postcode", ["ZZ", "not known", "LE1"])
def test_an_impossible_postcode_is_left_out(cast: Cast, admit: Admit, postcode: str) -> None:
    assert admit(postcode=postcode).verdict == intake.CREATED
    assert Organisation.of(cast.tenant).get().postcode == ""


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("0116 273 6333", "+441162736333"),
        ("(0116) 273-6333", "+441162736333"),
        ("+44 (0)116 273 6333", "+441162736333"),
        ("0044 116 273 6333", "+441162736333"),
        ("ex-directory", ""),
        ("0", ""),
    ],
)
def test_phone_numbers_are_kept_in_one_form(
    cast: Cast, admit: Admit, printed: str, kept: str
) -> None:
    admit(phone=printed)
    assert Organisation.of(cast.tenant).get().phone == kept


def test_the_person_whom_a_source_names_becomes_the_contact(admit: Admit) -> None:
    outcome = admit(contact_name="Ida Penrose", job_title="Owner", email="Ida@Penrose.example")
    assert outcome.lead is not None
    contact = outcome.lead.contact
    assert contact is not None
    assert (contact.name, contact.email) == ("Ida Penrose", "ida@penrose.example")
    assert outcome.lead.score >= 40
    assert admit(name="Quay Dental", email="not an address").lead.contact is None  # type: ignore[union-attr]


def test_a_company_number_that_is_too_long_is_none_rather_than_another_company(
    admit: Admit,
) -> None:
    outcome = admit(company_number="012345678")
    assert outcome.organisation is not None
    assert outcome.organisation.company_number == ""
