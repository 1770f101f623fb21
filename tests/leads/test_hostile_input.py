"""What nobody sends by a page of ours is answered by a sentence or a first page, never by a 500."""

import base64
import json
from typing import Any
from uuid import uuid4

import pytest

from crm.pipeline.models import Pipeline, Stage
from leads.listing import sorting
from leads.models import Contact, CustomField, Lead, Organisation
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
LARGE = "00000000119999999999"
KEYS: list[Any] = ["a\0b", "\ud800", "1E999999", "abc", 10**30, 1e300, True, None, [], "9999-12-31"]


@pytest.fixture
def lead(cast: Cast) -> Lead:
    home = OrganisationFactory(tenant=cast.tenant)
    found: Lead = LeadFactory(organisation=home, owner=cast.ben)
    return found


@pytest.mark.parametrize("key", KEYS)
def test_a_forged_cursor_means_the_beginning(cast: Cast, lead: Lead, key: Any) -> None:
    field = CustomField.of(cast.tenant).create(tenant=cast.tenant, label="Seats", kind="number")
    ben = as_person(cast.ben)
    cursor = base64.urlsafe_b64encode(json.dumps([key, str(uuid4())]).encode()).decode()
    own = (f"-{field.short}", "town", "stage", "tier", "contacted")
    for name in (*sorting.SORTS, *own):
        for side in ("after", "before"):
            answer = ben.get("/leads/", {"sort": name, side: cursor})
            assert answer.status_code == 200, (name, side)
    for order in ("own", "score", "value", "age"):
        at = f"/board/columns/{lead.stage_id}/"
        assert ben.get(at, {"sort": order, "after": cursor}).status_code == 200, order


def test_more_of_a_column_may_be_of_another_pipeline_than_the_address_says(
    cast: Cast, lead: Lead
) -> None:
    other = Pipeline.of(cast.tenant).create(tenant=cast.tenant, name="Renewals", position=9)
    Stage.of(cast.tenant).create(tenant=cast.tenant, pipeline=other, name="Due", position=1)
    at = f"/board/columns/{lead.stage_id}/"
    answer = as_person(cast.ben).get(at, {"pipeline": other.pk})
    assert answer.status_code == 200
    assert lead.title in answer.content.decode()


def test_numbers_are_read_to_their_last_digit(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    assert ben.get("/leads/", {"where": f"added:last:{LARGE}"}).status_code == 200
    sent = {"value": LARGE, "seen": str(lead.organisation.employees or "")}
    assert ben.post(f"/leads/{lead.pk}/edit/employees/", sent).status_code == 422


def test_an_address_that_is_too_long_is_refused(cast: Cast, lead: Lead) -> None:
    sent = {"name": "Jo", "email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 40}.uk"}
    answer = as_person(cast.ben).post(f"/leads/{lead.pk}/contacts/", sent)
    assert answer.status_code == 422
    assert not Contact.of(cast.tenant).exists()


def test_a_forged_role_is_shown_as_it_was_sent(cast: Cast, lead: Lead) -> None:
    contact = ContactFactory(organisation=lead.organisation, name="Jo", role="user")
    sent = {"name": "Jo", "role": "", "was_role": "emperor"}
    at = f"/leads/{lead.pk}/contacts/{contact.pk}/"
    assert as_person(cast.ben).post(at, sent).status_code == 409


def test_nothing_that_is_posted_holds_a_nul(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    view = {"view_name": "Mine", "tier": "hot", "sort": "a\0b", "cols": "a\0b"}
    act = {"lead": str(lead.pk), "do": "move", "stage": str(lead.stage_id), "reason": "a\0b"}
    inside = {"all": "1", "do": "move", "query": "q=%00", "stage": str(lead.stage_id)}
    for path, sent in (("/leads/views/", view), ("/leads/bulk/", act), ("/leads/bulk/", inside)):
        assert ben.post(path, sent).status_code < 500, path
    assert Organisation.of(cast.tenant).count() == 1
