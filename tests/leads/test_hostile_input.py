"""What nobody sends by a page of ours is answered by a sentence or a first page, never by a 500."""

import base64
import json
from typing import Any
from uuid import uuid4

import pytest

from crm.pipeline.models import Kind, Pipeline, Stage
from leads.listing import sorting
from leads.models import Bulk, Contact, CustomField, Lead, Organisation, SavedView
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
LARGE = "00000000119999999999"
KEYS: list[Any] = ["a\0b", "\ud800", "1E999999", "abc", 10**30, 1e300, True, None, [], "9999-12-31"]

EARLY_OR_LATE = (
    "after:1950-01-01",
    "before:1950-01-01",
    "during:0001-01-01,1969-12-31",
    "after:9999-12-31",
    "before:9999-12-31",
    "during:9999-12-31,9999-12-31",
)


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
        # A sort and the same one the other way round read a cursor alike.
        sides = ("before" if name.startswith("-") else "after",)
        for side in sides if name in sorting.SORTS else ("after", "before"):
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
    lost = str(cast.stage(Kind.LOST).pk)
    act = {"lead": str(lead.pk), "do": "move", "to_stage": lost, "reason": "a\0b"}
    for path, sent in (("/leads/views/", view), ("/leads/bulk/", act)):
        assert ben.post(path, sent).status_code == 400, path
    assert Organisation.of(cast.tenant).count() == 1
    assert not SavedView.of(cast.tenant).exists()
    assert Lead.of(cast.tenant).get().stage_id == lead.stage_id
    # In the words that are searched for it means nothing, and no row of work is made of it.
    inside = {"all": "1", "asked_about": "1", "query": "q=a%00b"}
    assert ben.post("/leads/bulk/", act | inside | {"reason": "No need"}).status_code == 302
    assert "\\u0000" not in json.dumps(Bulk.of(cast.tenant).get().wanted)
    # Without it the same is done: nothing else was the matter.
    assert ben.post("/leads/bulk/", act | {"reason": "No need"}).status_code == 302
    moved = Lead.of(cast.tenant).get()
    assert (moved.stage.kind, moved.lost_reason) == (Kind.LOST, "No need")


def test_a_day_of_which_there_can_be_no_lead_is_a_day(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    for name in ("added", "contacted", "active", "due", "closed"):
        for how in EARLY_OR_LATE:
            where = {"where": f"{name}:{how}"}
            assert ben.get("/leads/", where).status_code == 200, where
    for how, many in zip(EARLY_OR_LATE, (1, 0), strict=False):
        assert len(ben.get("/leads/", {"where": f"added:{how}"}).context["leads"]) == many
