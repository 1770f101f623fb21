"""Leads like one that is looked at, on its page: those that the reader may see."""

import pytest

from crm.tenants.acting import acting_for
from crm.tenants.models import Reach
from leads.models import Lead
from tests.closeness.conftest import Made, embed
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "embedding_alone")


def alike(cast: Cast, lead: Lead, who: str = "ada", **headers: str) -> str:
    """What the page of leads like this one shows to somebody."""
    answer = as_person(getattr(cast, who)).get(f"/leads/{lead.pk}/alike/", headers=headers)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_open_and_won_ones_are_shown_the_nearest_first(cast: Cast, made: Made) -> None:
    lead = made("dentist", "Quay")
    made("dentist", "Harbour")
    made("dentist", "Moor", "customer")
    made("dentist", "Gone", "lost")
    made("dentist", "Distant", town="Aberdeen", postcode="AB10 1AA")
    made("mot_garage", "Hale")
    embed(cast)
    page = alike(cast, lead)
    assert page.index("Harbour Dental Practice") < page.index("Distant Dental Practice")
    assert "Moor Dental Practice" in page
    assert "Gone Dental Practice" not in page
    assert "Hale Motors" not in page
    assert "both: " in page
    assert "Dental" in page.partition("both: ")[2][:60]


def test_a_rep_meets_only_leads_that_they_see(cast: Cast, made: Made) -> None:
    lead, hidden = made("dentist", "Quay"), made("dentist", "Harbour")
    made("dentist", "Moor")
    with acting_for(cast.tenant):
        Lead.of(cast.tenant).filter(pk=hidden.pk).update(owner=cast.ada)
    cast.tenant.rep_reach = Reach.OWN
    cast.tenant.save()
    embed(cast)
    assert "Harbour Dental Practice" in alike(cast, lead)
    page = alike(cast, lead, "ben")
    assert "Harbour Dental Practice" not in page
    assert "Moor Dental Practice" in page
    answer = as_person(cast.ben).get(f"/leads/{hidden.pk}/alike/")
    assert answer.status_code == 404
    assert as_person(cast.charlie).get(f"/leads/{lead.pk}/alike/").status_code == 404


def test_the_lead_page_fetches_a_few_and_leads_to_more(cast: Cast, made: Made) -> None:
    lead = made("dentist", "Quay")
    for number in range(7):
        made("dentist", f"Harbour {number}")
    embed(cast)
    url = f"/leads/{lead.pk}/alike/"
    page = as_person(cast.ada).get(lead.get_absolute_url()).content.decode()
    assert f'hx-get="{url}"' in page
    assert f'href="{url}"' in page
    part = alike(cast, lead, **{"HX-Request": "true"})
    assert "<html" not in part
    assert part.count("<li>") == 5
    assert f'href="{url}"' in part
    assert alike(cast, lead).count("% alike ·") == 7


def test_before_it_is_embedded_the_page_says_so(cast: Cast, made: Made) -> None:
    assert "not compared with others yet" in alike(cast, made("dentist", "Quay"))


def test_none_that_is_like_it_is_said_too(cast: Cast, made: Made) -> None:
    lead = made("dentist", "Quay")
    made("mot_garage", "Hale")
    embed(cast)
    assert "None that you see is much like it" in alike(cast, lead)
