"""What every store of vectors does: PostgreSQL's, and Qdrant's by its client's own local mode."""

import math
from typing import Any
from uuid import UUID

import pytest

from crm.tenants.acting import acting_for
from leads.models import Organisation
from leads.vectors import closeness, stores
from leads.vectors.pgvector import PgVector
from leads.vectors.port import New, Store
from tests.closeness.conftest import Made, embed
from tests.factories.leads import OrganisationFactory
from tests.people import Cast, as_person

qdrant_client = pytest.importorskip("qdrant_client", reason="qdrant-client is not installed")
# The local mode warns that it makes no index.
pytestmark = [
    pytest.mark.usefixtures("committed_db"),
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect"),
]
MODEL, OTHER = "lexical-1:3", "openai/another:4"
EAST, NORTH = [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]
BETWEEN = [math.sqrt(0.5), math.sqrt(0.5), 0.0]


def local() -> Any:
    from leads.vectors.qdrant import Qdrant  # noqa: PLC0415

    return Qdrant("", qdrant_client.QdrantClient(":memory:"))


@pytest.fixture(params=["pgvector", "qdrant"])
def store(request: pytest.FixtureRequest) -> Store:
    return PgVector() if request.param == "pgvector" else local()


@pytest.fixture
def three(cast: Cast) -> list[UUID]:
    """Organisations of Ada's company."""
    made: list[Organisation] = [OrganisationFactory(tenant=cast.tenant) for _ in range(3)]
    return [each.pk for each in made]


def test_the_nearest_come_first_and_are_the_companys_own(
    store: Store, cast: Cast, three: list[UUID]
) -> None:
    theirs: Organisation = OrganisationFactory(tenant=cast.other)
    rows = [New(*each) for each in zip(three, "abc", (EAST, NORTH, BETWEEN), strict=True)]
    store.put(cast.tenant, MODEL, rows)
    store.put(cast.other, MODEL, [New(theirs.pk, "d", EAST)])
    near = store.nearest(cast.tenant, MODEL, EAST, 10)
    assert [each.organisation for each in near] == [three[0], three[2], three[1]]
    assert [each.likeness for each in near] == pytest.approx([1, math.sqrt(0.5), 0], abs=0.01)
    assert len(store.nearest(cast.tenant, MODEL, EAST, 2)) == 2
    assert store.known(cast.tenant, MODEL, three) == dict(zip(three, "abc", strict=True))
    assert store.known(cast.tenant, MODEL, [theirs.pk]) == {}
    assert store.count(cast.tenant, MODEL) == 3
    assert list(store.read(cast.tenant, MODEL, three[:1])[three[0]]) == EAST


def test_a_vector_takes_the_place_of_the_one_before(
    store: Store, cast: Cast, three: list[UUID]
) -> None:
    store.put(cast.tenant, MODEL, [New(three[0], "a", EAST)])
    store.put(cast.tenant, MODEL, [New(three[0], "b", NORTH)])
    assert store.known(cast.tenant, MODEL, three) == {three[0]: "b"}
    assert list(store.read(cast.tenant, MODEL, three)[three[0]]) == NORTH


def test_models_of_other_sizes_stand_apart_until_one_is_let_go(
    store: Store, cast: Cast, three: list[UUID]
) -> None:
    store.put(cast.tenant, MODEL, [New(each, "a", EAST) for each in three])
    store.put(cast.tenant, OTHER, [New(three[0], "a", [0.0, 0.0, 0.0, 1.0])])
    assert store.count(cast.tenant, OTHER) == 1
    assert len(store.nearest(cast.tenant, MODEL, EAST, 10)) == 3
    assert len(store.nearest(cast.tenant, OTHER, [0.0, 0.0, 0.0, 1.0], 10)) == 1
    store.settle(cast.tenant, OTHER)
    store.keep_only(cast.tenant, OTHER)
    assert store.count(cast.tenant, MODEL) == 0
    store.forget(cast.tenant, three)
    assert store.count(cast.tenant, OTHER) == 0


def test_nothing_is_known_of_what_was_never_put(
    store: Store, cast: Cast, three: list[UUID]
) -> None:
    assert store.is_there()
    assert store.nearest(cast.tenant, MODEL, EAST, 5) == []
    assert store.read(cast.tenant, MODEL, three) == {}
    assert store.count(cast.tenant, MODEL) == 0


def test_with_qdrant_leads_are_compared_all_the_same(
    cast: Cast, made: Made, settings: Any, embedding_alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    qdrant = local()
    settings.VECTORS = "qdrant"
    monkeypatch.setattr(stores, "_store", lambda name: qdrant)
    lead = made("dentist", "Quay")
    made("dentist", "Harbour", "customer")
    embed(cast)
    page = as_person(cast.ada).get(f"/leads/{lead.pk}/alike/").content.decode()
    assert "Harbour Dental Practice" in page
    found = closeness.closeness_of(cast.tenant, [lead.organisation_id])
    assert (found[lead.organisation_id] or 0) > 60


def test_a_large_company_gets_an_index_that_finds_the_same(
    cast: Cast, three: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = PgVector()
    rows = [New(*each) for each in zip(three, "abc", (EAST, NORTH, BETWEEN), strict=True)]
    store.put(cast.tenant, MODEL, rows)
    before = store.nearest(cast.tenant, MODEL, EAST, 10)
    monkeypatch.setattr("leads.vectors.pgvector.EXACT", 2)
    store.settle(cast.tenant, MODEL)
    store.settle(cast.tenant, MODEL)
    assert store.nearest(cast.tenant, MODEL, EAST, 10) == before
    store.keep_only(cast.tenant, OTHER)
    assert store.nearest(cast.tenant, MODEL, EAST, 10) == []


def test_where_qdrant_does_not_answer_it_is_off_and_the_page_says_so(
    cast: Cast, settings: Any
) -> None:
    settings.VECTORS, settings.QDRANT_URL = "qdrant", "http://127.0.0.1:9"
    stores._store.cache_clear()
    try:
        page = as_person(cast.ada).get("/leads/closeness/").content.decode()
    finally:
        stores._store.cache_clear()
    assert "Qdrant does not answer" in page


def test_with_an_organisation_its_vector_is_gone_from_qdrant_too(
    cast: Cast, made: Made, settings: Any, embedding_alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    qdrant = local()
    settings.VECTORS = "qdrant"
    monkeypatch.setattr(stores, "_store", lambda name: qdrant)
    lead, _ = made("dentist", "Quay"), made("dentist", "Harbour")
    model = embed(cast).serves
    assert qdrant.count(cast.tenant, model) == 2
    with acting_for(cast.tenant):
        Organisation.of(cast.tenant).filter(pk=lead.organisation_id).delete()
    embed(cast)
    assert qdrant.count(cast.tenant, model) == 1
    assert qdrant.read(cast.tenant, model, [lead.organisation_id]) == {}
