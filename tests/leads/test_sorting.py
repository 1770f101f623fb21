"""Every order of the list is the same from both ends, from page to page, for few and for many."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from leads.listing import listing, sorting
from leads.models import Lead
from leads.records import cursors
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def leads(cast: Cast) -> list[Lead]:
    now = timezone.now()
    return [
        LeadFactory(
            organisation=OrganisationFactory(
                tenant=cast.tenant, name=f"Site {n % 5}", sort_key=f"site {n % 5}"
            ),
            owner=(cast.ben, None, cast.ada)[n % 3],
            value_pence=(None, 5_00, 9_00, 0)[n % 4],
            score=n % 4 * 10,
            active_at=None if n % 2 else now - timedelta(days=n),
            next_due=None if n % 3 else now + timedelta(days=n),
        )
        for n in range(13)
    ]


@pytest.mark.parametrize("few", [True, False])
@pytest.mark.parametrize("name", sorting.SORTS)
def test_pages_forth_and_back_show_each_lead_once_in_order(
    cast: Cast, leads: list[Lead], monkeypatch: pytest.MonkeyPatch, name: str, few: bool
) -> None:
    monkeypatch.setattr(sorting, "PAGE", 4)
    sort, rows = sorting.SORTS[name], Lead.of(cast.tenant)
    pages = [sorting.page(rows, sort, tenant=cast.tenant, few=few)]
    while pages[-1].after:
        pages.append(sorting.page(rows, sort, tenant=cast.tenant, few=few, after=pages[-1].after))
    seen = [lead.pk for page in pages for lead in page.leads]
    assert len(seen) == len(set(seen)) == len(leads)
    keys = [(getattr(lead, sorting.KEY), lead.pk) for page in pages for lead in page.leads]
    assert keys == sorted(keys, reverse=sort.falls)
    back = [sorting.page(rows, sort, tenant=cast.tenant, few=few, before=pages[-1].before)]
    while back[-1].before:
        back.append(sorting.page(rows, sort, tenant=cast.tenant, few=few, before=back[-1].before))
    assert [page.leads for page in reversed(back)] == [page.leads for page in pages[:-1]]


def test_the_newest_values_and_the_most_urgent_come_first_and_the_unknown_last(
    cast: Cast, leads: list[Lead]
) -> None:
    rows = Lead.of(cast.tenant)
    worth = [
        lead.value_pence
        for lead in sorting.page(rows, sorting.SORTS["-value"], tenant=cast.tenant, few=True).leads
    ]
    assert worth[0] == 9_00
    assert worth[-1] is None
    due = [
        lead.next_due
        for lead in sorting.page(rows, sorting.SORTS["due"], tenant=cast.tenant, few=True).leads
    ]
    assert due[0] is not None
    assert due[-1] is None


@pytest.mark.parametrize("query", ["sort=-name", "sort=nonsense", "after=x", "sort=due&after=bm9w"])
def test_an_address_names_the_order_and_nonsense_means_the_usual(
    cast: Cast, leads: list[Lead], query: str
) -> None:
    answer = as_person(cast.ben).get(f"/leads/?{query}")
    assert answer.status_code == 200
    assert len(answer.context["leads"]) == len(leads)


def test_a_new_name_of_organisation_or_owner_is_sorted_by_at_once(
    cast: Cast, leads: list[Lead]
) -> None:
    leads[7].organisation.sort_key = "aardvark"
    leads[7].organisation.save()
    assert (
        sorting.page(
            Lead.of(cast.tenant), sorting.SORTS["name"], tenant=cast.tenant, few=False
        ).leads[0]
        == leads[7]
    )
    cast.ben.name = "Zed"
    cast.ben.save()
    last = sorting.page(
        Lead.of(cast.tenant), sorting.SORTS["-owner"], tenant=cast.tenant, few=False
    ).leads[0]
    assert last.owner == cast.ben
    assert listing.count(Lead.of(cast.tenant)) == len(leads)


@pytest.mark.parametrize(
    ("sort", "key"), [("name", "a\0"), ("name", "\ud800"), ("active", "2026-01-01T00:00:00")]
)
def test_a_place_that_no_database_knows_is_the_first_page(cast: Cast, sort: str, key: str) -> None:
    asked = {"sort": sort, "after": cursors.encode(key, uuid4())}
    answer = as_person(cast.ben).get("/leads/", asked)
    assert (answer.status_code, answer.context["previous_url"]) == (200, "")
