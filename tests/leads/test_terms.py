"""What whoever asks for admission may want besides: customers, and a minimum size."""

from typing import Any

import pytest

from crm.pipeline.models import Kind
from leads.identity.candidate import OriginRef
from leads.intake import intake
from leads.intake.grounds import Ground
from leads.models import Lead, Organisation, Origin, TimelineEntry
from leads.moving import board
from tests.factories.leads import CandidateFactory, OriginRefFactory
from tests.leads.conftest import Admit
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
AT_LEAST_TEN = intake.Terms(min_employees=10)
KNOWN_TO_BE_TEN = intake.Terms(min_employees=10, only_known_size=True)
CUSTOMERS_TOO = intake.Terms(takes_customers=True)


def admitted(
    cast: Cast, terms: intake.Terms, origin: OriginRef | None = None, **fields: Any
) -> intake.Outcome:
    """Admit one candidate on these terms."""
    (outcome,) = intake.admit_all(
        [CandidateFactory(**fields)],
        into=intake.entrance(cast.tenant),
        origin=origin or OriginRefFactory(),
        by=cast.ben,
        terms=terms,
    )
    return outcome


@pytest.mark.parametrize("employees", [10, 11, 5000])
@pytest.mark.parametrize("terms", [AT_LEAST_TEN, KNOWN_TO_BE_TEN])
def test_what_is_large_enough_is_a_lead_like_any_other(
    cast: Cast, terms: intake.Terms, employees: int
) -> None:
    outcome = admitted(cast, terms, employees=employees)
    assert (outcome.verdict, outcome.ground, outcome.reason) == ("created", Ground.NEW, "New")
    assert "size" not in TimelineEntry.of(cast.tenant).get().text


@pytest.mark.parametrize(
    ("employees", "said"),
    [
        (1, "1 person is known; at least 10 were asked for."),
        (9, "9 people are known; at least 10 were asked for."),
    ],
)
@pytest.mark.parametrize("terms", [AT_LEAST_TEN, KNOWN_TO_BE_TEN])
def test_what_is_too_small_is_rejected_and_leaves_nothing(
    cast: Cast, terms: intake.Terms, employees: int, said: str
) -> None:
    outcome = admitted(cast, terms, employees=employees)
    assert (outcome.verdict, outcome.ground) == ("rejected", Ground.SMALL)
    assert (outcome.reason, outcome.detail) == ("Too small", said)
    assert not Organisation.of(cast.tenant).exists()


def test_what_nobody_knows_the_size_of_passes_with_a_mark(cast: Cast) -> None:
    outcome = admitted(cast, AT_LEAST_TEN)
    assert (outcome.verdict, outcome.ground) == ("created", Ground.UNKNOWN_SIZE)
    assert outcome.reason == "New, size not known"
    said = "Its size is not known: 10 people or more were asked for."
    assert outcome.detail == said
    assert TimelineEntry.of(cast.tenant).get().text.endswith(said)
    page = as_person(cast.vera).get(f"/leads/{Lead.of(cast.tenant).get().pk}/").content.decode()
    assert said in page
    assert "<dt>Size</dt>" in page


def test_what_nobody_knows_the_size_of_is_left_out_on_request(cast: Cast) -> None:
    outcome = admitted(cast, KNOWN_TO_BE_TEN)
    assert (outcome.verdict, outcome.ground) == ("rejected", Ground.UNKNOWN_SIZE)
    assert outcome.reason == "Size not known"
    assert not Organisation.of(cast.tenant).exists()


def test_a_size_that_is_known_from_elsewhere_counts(cast: Cast) -> None:
    outcome = admitted(cast, intake.Terms(), employees=4)
    assert outcome.lead is not None
    outcome.lead.delete()
    again = admitted(cast, AT_LEAST_TEN)
    assert (again.verdict, again.ground) == ("rejected", Ground.SMALL)


@pytest.fixture
def customer(cast: Cast, admit: Admit) -> Lead:
    """Harbour Dental, with 8 people, is Ada's customer."""
    lead = admit(employees=8).lead
    assert lead is not None
    return board.move(lead, to=cast.stage(Kind.CUSTOMER), by=cast.ben)


def found_by(lead: Lead, origin: OriginRef) -> bool:
    return Origin.of(lead.tenant).filter(lead=lead, ref=origin.ref).exists()


def test_a_customer_counts_as_found_on_request(cast: Cast, customer: Lead) -> None:
    origin = OriginRefFactory()
    outcome = admitted(cast, CUSTOMERS_TOO, origin)
    assert (outcome.verdict, outcome.ground) == ("duplicate", Ground.CUSTOMER)
    assert outcome.reason == "Existing customer, included"
    assert outcome.detail.startswith("Customer since ")
    assert found_by(customer, origin)
    for page in ("/leads/", "/board/"):
        shown = as_person(cast.ben).get(page, {"campaign": origin.ref}).content.decode()
        assert "Harbour Dental" in shown, page
    assert Lead.of(cast.tenant).count() == 1


def test_a_customer_is_left_out_otherwise(cast: Cast, customer: Lead) -> None:
    origin = OriginRefFactory()
    outcome = admitted(cast, intake.Terms(), origin)
    assert (outcome.verdict, outcome.reason) == ("duplicate", "Existing customer")
    assert not found_by(customer, origin)


def test_a_customer_that_is_too_small_does_not_count_as_found(cast: Cast, customer: Lead) -> None:
    origin = OriginRefFactory()
    terms = intake.Terms(takes_customers=True, min_employees=10)
    assert admitted(cast, terms, origin).reason == "Existing customer"
    assert not found_by(customer, origin)
    enough = intake.Terms(takes_customers=True, min_employees=8)
    assert admitted(cast, enough, origin).reason == "Existing customer, included"
    assert found_by(customer, origin)


@pytest.mark.parametrize(("employees", "counts"), [(9, False), (10, True), (None, True)])
def test_a_known_lead_counts_as_found_if_it_may_be_large_enough(
    cast: Cast, admit: Admit, employees: int | None, counts: bool
) -> None:
    lead = admit(employees=employees).lead
    assert lead is not None
    origin = OriginRefFactory()
    assert admitted(cast, AT_LEAST_TEN, origin).ground == Ground.KNOWN
    assert found_by(lead, origin) is counts
