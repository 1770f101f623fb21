"""OpenAI's vectors where a company has a key: once each, booked, and old ones serve meanwhile."""

from datetime import UTC, datetime
from typing import Any

import pytest

from crm.credits.models import CreditEntry
from crm.keys import changing
from crm.tenants.acting import acting_for
from leads.models import Organisation, Recount
from leads.vectors import closeness, stores
from leads.vectors.models import Embedding, Ideal
from tests.closeness.conftest import Made, embed
from tests.people import Cast, as_person
from tests.simulators import Running

pytestmark = pytest.mark.usefixtures("committed_db", "embedding_alone")
SMALL = "openai/text-embedding-3-small:1536"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
KEY = "sk-proj-9f2c71aa04be48d1mine"


@pytest.fixture
def openai(vendors: Running, settings: Any) -> Any:
    """The simulated vendor, with a key of the installation's."""
    settings.OPENAI_API_KEY = KEY
    return vendors.openai


def asked(openai: Any) -> list[str]:
    """The texts that were sent."""
    calls = openai.calls("/v1/embeddings")
    return [text for each in calls for text in each["json"]["input"]]


def test_with_a_key_texts_are_embedded_by_openai_once_and_booked(
    cast: Cast, made: Made, openai: Any
) -> None:
    lead = made("dentist", "Quay")
    made("dentist", "Harbour", "customer")
    row = embed(cast)
    assert (row.serves, row.made, row.trouble) == (SMALL, 2, "")
    with acting_for(cast.tenant):
        Organisation.of(cast.tenant).update(phone="+441162345678")
        Embedding.of(cast.tenant).update(walked_at=None, last=None, due_at=LONG_AGO)
        entries = list(CreditEntry.of(cast.tenant).filter(service="openai"))
        found = closeness.closeness_of(cast.tenant, [lead.organisation_id])
    assert [(each.credits, each.cost_micros > 0) for each in entries] == [(0, True)]
    assert (found[lead.organisation_id] or 0) > 0
    embed(cast)
    assert len(asked(openai)) == 2
    assert not [text for text in asked(openai) if "Jenna" in text]


def test_a_service_that_is_down_in_mid_run_is_asked_later_and_old_vectors_serve(
    cast: Cast, made: Made, vendors: Running, settings: Any
) -> None:
    lead = made("dentist", "Quay")
    made("dentist", "Harbour", "customer")
    assert embed(cast).serves == "lexical-1:256"
    settings.OPENAI_API_KEY = KEY
    settings.VENDOR_CLOCK = 500.0
    vendors.openai.faults.add("500", path="/v1/embeddings", times=None)
    with acting_for(cast.tenant):
        before = closeness.closeness_of(cast.tenant, [lead.organisation_id])
    wake(cast)
    row = embed(cast)
    assert (row.serves, row.model, row.state) == ("lexical-1:256", SMALL, "waiting")
    assert "OpenAI" in row.trouble
    with acting_for(cast.tenant):
        assert closeness.closeness_of(cast.tenant, [lead.organisation_id]) == before
    page = as_person(cast.ada).get("/leads/closeness/").content.decode()
    assert "until then what is there goes on to serve" in page
    assert "Harbour Dental" in alike(cast, lead)

    vendors.openai.faults.clear()
    wake(cast)
    row = embed(cast)
    assert (row.serves, row.trouble) == (SMALL, "")
    store = stores.current()
    assert store is not None
    assert store.count(cast.tenant, "lexical-1:256") == 0
    assert "Harbour Dental" in alike(cast, lead)


def test_another_model_of_another_size_takes_over_once_all_are_embedded(
    cast: Cast, made: Made, openai: Any, settings: Any
) -> None:
    lead = made("dentist", "Quay")
    made("dentist", "Harbour", "customer")
    with acting_for(cast.tenant):
        Ideal.of(cast.tenant).create(tenant=cast.tenant, words="Dental practices")
    embed(cast)
    settings.OPENAI_EMBEDDING_MODEL = ("text-embedding-3-large", 3072)
    wake(cast)
    row = embed(cast)
    assert row.serves == "openai/text-embedding-3-large:3072"
    assert len(Ideal.of(cast.tenant).get().vector) == 3072
    assert "Harbour Dental" in alike(cast, lead)
    # Off: our own again.
    settings.OPENAI_EMBEDDING_MODEL = ("", 0)
    wake(cast)
    assert embed(cast).serves == "lexical-1:256"


def test_an_answer_of_another_size_is_not_taken(
    cast: Cast, made: Made, openai: Any, settings: Any
) -> None:
    made("dentist", "Quay")
    settings.OPENAI_EMBEDDING_MODEL = ("text-embedding-3-small", 768)
    row = embed(cast)
    assert row.serves == ""
    assert "not of the size" in row.trouble


def test_beyond_the_months_budget_nothing_is_sent(cast: Cast, made: Made, openai: Any) -> None:
    made("dentist", "Quay")
    changing.limit(cast.tenant, "openai", 0, by=cast.ada)
    row = embed(cast)
    assert "monthly budget" in row.trouble
    assert asked(openai) == []


def wake(cast: Cast) -> None:
    """As when all leads were scored, and the hour is over."""
    with acting_for(cast.tenant):
        Recount.of(cast.tenant).update(state="done")
        Embedding.of(cast.tenant).update(due_at=LONG_AGO)


def alike(cast: Cast, lead: Any) -> str:
    answer = as_person(cast.ada).get(f"/leads/{lead.pk}/alike/")
    return str(answer.content.decode())
