"""How close leads are to those that were won, as scores and the page of closeness tell it."""

from typing import Any

import pytest

from crm.tenants.acting import acting_for
from leads.models import Recount
from leads.vectors import closeness, ideal, stores
from leads.vectors.models import Ideal
from tests.closeness.conftest import Made, embed
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "embedding_alone")
PAGE = "/leads/closeness/"


def test_who_is_like_the_won_is_close_and_who_is_like_the_lost_is_not(
    cast: Cast, made: Made
) -> None:
    for name in ("Quay", "Harbour", "Moor"):
        made("dentist", name, "customer")
    for name in ("Fore Street", "Hale"):
        made("mot_garage", name, "lost")
    near, far, other = (
        made("dentist", "New"), made("mot_garage", "New"), made("restaurant", "New"),
    )  # fmt: skip
    embed(cast)
    idents = [each.organisation_id for each in (near, far, other)]
    with acting_for(cast.tenant):
        found = closeness.closeness_of(cast.tenant, idents)
        by_lead = closeness.of_leads(cast.tenant, [near.pk])
    close, distant, between = (found[ident] for ident in idents)
    assert close is not None
    assert distant is not None
    assert between is not None
    assert close >= 60
    assert distant <= 10
    assert close > between
    assert by_lead == {near.pk: close}


def test_nobody_can_say_before_anything_is_won_or_described(cast: Cast, made: Made) -> None:
    lead = made("dentist", "Quay")
    with acting_for(cast.tenant):
        assert closeness.closeness_of(cast.tenant, [lead.organisation_id]) == {}
    embed(cast)
    with acting_for(cast.tenant):
        found = closeness.closeness_of(cast.tenant, [lead.organisation_id])
    assert found == {lead.organisation_id: None}


def test_words_of_the_ideal_customer_are_measured_against(cast: Cast, made: Made) -> None:
    near, far = made("dentist", "Quay"), made("mot_garage", "Hale")
    embed(cast)
    Recount.of(cast.tenant).all().delete()
    page = as_person(cast.ada)
    answer = page.post(PAGE, {"words": "Dental practices in Leicester"}, follow=True)
    assert "Leads are measured against it" in answer.content.decode()
    embed(cast)
    with acting_for(cast.tenant):
        found = closeness.closeness_of(cast.tenant, [near.organisation_id, far.organisation_id])
    assert (found[near.organisation_id] or 0) > 30
    assert found[far.organisation_id] == 0
    # All leads are scored by it.
    assert Recount.of(cast.tenant).count() == 1


def test_without_the_words_they_count_no_more(cast: Cast, made: Made) -> None:
    lead = made("dentist", "Quay")
    with acting_for(cast.tenant):
        ideal.write(cast.tenant, "Dental practices", by=cast.ada)
    embed(cast)
    with acting_for(cast.tenant):
        assert closeness.closeness_of(cast.tenant, [lead.organisation_id])[lead.organisation_id]
        assert ideal.write(cast.tenant, "", by=cast.ada)
        assert not ideal.write(cast.tenant, "", by=cast.ada)
        found = closeness.closeness_of(cast.tenant, [lead.organisation_id])
    assert found == {lead.organisation_id: None}


def test_managers_write_and_reps_read(cast: Cast, made: Made) -> None:
    made("dentist", "Quay", "customer")
    embed(cast)
    assert as_person(cast.ben).post(PAGE, {"words": "Banks"}).status_code == 403
    assert not Ideal.of(cast.tenant).exists()
    page = as_person(cast.ben).get(PAGE).content.decode()
    assert "An owner or manager writes it." in page
    assert "<textarea" not in page
    assert as_person(cast.ada).post(PAGE, {"words": "x" * 4_001}).status_code == 422


def test_without_pgvector_it_is_off_and_the_page_says_so(
    cast: Cast, made: Made, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = made("dentist", "Quay")
    monkeypatch.setattr("leads.vectors.pgvector._is_there", lambda: False)
    assert stores.current() is None
    page = as_person(cast.ada)
    assert "off: this server has no pgvector" in page.get(PAGE).content.decode()
    answer = page.get(f"/leads/{lead.pk}/alike/")
    assert "off: this server has no pgvector" in answer.content.decode()
    with acting_for(cast.tenant):
        assert closeness.closeness_of(cast.tenant, [lead.organisation_id]) == {}
