"""A page is found whether its leads stand where its order begins or nowhere near."""

from typing import Any

import pytest

from crm.bounds import intime, patience
from leads.listing import listing
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slow", [1, 2], ids=["the walk", "gathering, too"])
@pytest.mark.parametrize(
    ("query", "counts"), [({"where": "town:is:Truro"}, 1), ({"q": "truro"}, 0)]
)
def test_what_takes_too_long_one_way_is_found_another(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, slow: int, query: dict[str, str], counts: int
) -> None:
    def lead(town: str, score: int) -> Any:
        organisation = OrganisationFactory(tenant=cast.tenant, town=town)
        return LeadFactory(organisation=organisation, score=score)

    low, high, _ = lead("Truro", 10), lead("Truro", 90), lead("Leeds", 50)
    read, asked = intime.idents, []

    def slowly(*given: Any, **more: Any) -> Any:
        asked.append(given)
        if counts < len(asked) <= counts + slow:
            raise patience.TooSlow
        return read(*given, **more)

    monkeypatch.setattr(listing, "FEW", 0)
    monkeypatch.setattr("leads.search.search.MOST", 0)
    monkeypatch.setattr(intime, "idents", slowly)
    page = as_person(cast.ben).get("/leads/", {"sort": "-score"} | query)
    assert page.context["leads"] == [high, low]
    assert len(asked) == counts + 2
