"""Organisations become vectors in the background, once each, and anew when they read otherwise."""

from typing import Any

import pytest
from django.db import connection

from crm.tenants.acting import acting_for
from leads.models import Fact, FlowStep, Lead, Organisation
from leads.vectors import closeness, stores
from leads.vectors.models import Changed, Embedding
from tests.closeness.conftest import Made, embed
from tests.enriching import rows
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db", "embedding_alone")


def vectors(cast: Cast) -> dict[Any, str]:
    """The digests of what was embedded, by organisation."""
    store = stores.current()
    assert store is not None
    row = Embedding.of(cast.tenant).get()
    idents = Organisation.of(cast.tenant).values_list("pk", flat=True)
    return store.known(cast.tenant, row.serves, list(idents))


def test_all_organisations_are_embedded_and_only_what_changes_again(cast: Cast, made: Made) -> None:
    lead, other = made("dentist", "Quay"), made("restaurant", "Harbour")
    row = embed(cast)
    assert (row.state, row.made, row.serves) == ("waiting", 2, "lexical-1:256")
    before = vectors(cast)
    assert set(before) == {lead.organisation_id, other.organisation_id}

    with acting_for(cast.tenant):
        Organisation.of(cast.tenant).filter(pk=lead.organisation_id).update(phone="+441162345678")
        Organisation.of(cast.tenant).filter(pk=other.organisation_id).update(trade="pub")
    row = embed(cast)
    assert row.made == 3
    after = vectors(cast)
    assert after[lead.organisation_id] == before[lead.organisation_id]
    assert after[other.organisation_id] != before[other.organisation_id]


def test_who_comes_in_later_and_what_is_told_later_is_embedded(cast: Cast, made: Made) -> None:
    lead = made("dentist", "Quay")
    embed(cast)
    new = made("mot_garage", "Fore Street")
    fact(cast, lead, "services", ["Implants", "Whitening"])
    fact(cast, lead, "vacancies", ["Receptionist"])
    assert embed(cast).made == 3
    assert new.organisation_id in vectors(cast)
    assert not Changed.objects.filter(tenant=cast.tenant).exists()


def test_what_google_says_is_not_embedded(cast: Cast, made: Made) -> None:
    lead = made("dentist", "Quay")
    fact(cast, lead, "summary", "Said by Google alone", source="google_maps")
    embed(cast)
    before = vectors(cast)
    with acting_for(cast.tenant):
        Fact.of(cast.tenant).filter(organisation=lead.organisation_id).update(value="And more")
    assert embed(cast).made == 1
    assert vectors(cast) == before


def test_who_reads_otherwise_is_scored_anew(cast: Cast, made: Made) -> None:
    lead = made("dentist", "Quay")
    embed(cast)
    with acting_for(cast.tenant):
        Organisation.of(cast.tenant).filter(pk=lead.organisation_id).update(trade="pub")
    embed(cast)
    assert list(FlowStep.of(cast.tenant).values_list("lead", flat=True)) == [lead.pk]


def test_whoever_is_near_an_outcome_is_scored_anew(cast: Cast, made: Made) -> None:
    near, won = made("dentist", "Quay"), made("dentist", "Harbour")
    embed(cast)
    with acting_for(cast.tenant):
        Lead.of(cast.tenant).filter(pk=won.pk).update(
            stage=cast.stage("customer"), closed_at=won.stage_since
        )
    embed(cast)
    assert list(FlowStep.of(cast.tenant).values_list("lead", flat=True)) == [near.pk]


def test_with_an_organisation_its_vector_is_gone(cast: Cast, made: Made) -> None:
    lead = made("dentist", "Quay")
    embed(cast)
    with acting_for(cast.tenant):
        Organisation.of(cast.tenant).filter(pk=lead.organisation_id).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vectors_vector")
        assert cursor.fetchone() == (0,)
    assert embed(cast).state == "waiting"


def test_a_text_of_a_megabyte_is_cut_and_one_of_nothing_left_out(cast: Cast, made: Made) -> None:
    long, empty = made("dentist", "Quay"), made("dentist", "Harbour")
    fact(cast, long, "summary", "Implants and crowns. " * 50_000)
    with acting_for(cast.tenant):
        Organisation.of(cast.tenant).filter(pk=empty.organisation_id).update(
            name="Ltd", trade="", industry="", town="", postcode=""
        )
    embed(cast)
    assert set(vectors(cast)) == {long.organisation_id}


def test_a_company_sees_its_own_vectors_alone(cast: Cast, made: Made) -> None:
    lead = made("dentist", "Quay")
    embed(cast)
    with acting_for(cast.other):
        assert closeness.closeness_of(cast.other, [lead.organisation_id]) == {}
        store = stores.current()
        assert store is not None
        assert store.read(cast.other, "lexical-1:256", [lead.organisation_id]) == {}


def fact(cast: Cast, lead: Lead, field: str, value: Any, source: str = "website") -> None:
    with acting_for(cast.tenant):
        rows.fact(lead.organisation, field, value, source, status="applied")
