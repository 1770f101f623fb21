"""Opening the page of notices counts them as read; a look at its head does not."""

from typing import Any

import pytest

from crm.notices.models import Kind, Notice
from tests.factories.campaigns import NoticeFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def test_only_opening_the_page_marks_as_read(cast: Cast) -> None:
    NoticeFactory(tenant=cast.tenant, user=cast.ben, text="Dentists: 3 new leads.")
    ben = as_person(cast.ben)
    assert ben.head("/notices/").status_code == 200
    assert Notice.of(cast.tenant).get().read_at is None
    said = ben.get("/notices/").content.decode()
    assert "Dentists: 3 new leads." in said
    assert ">New</span>" in said
    assert Notice.of(cast.tenant).get().read_at is not None
    assert ">New</span>" not in ben.get("/notices/").content.decode()


def test_the_empty_page_promises_what_is_told(cast: Cast) -> None:
    said = as_person(cast.ben).get("/notices/").content.decode()
    assert "You are told here when a campaign has finished or failed, and when something" in said


def test_pages_lead_to_the_oldest_and_show_each_once(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(70):
        NoticeFactory(tenant=cast.tenant, user=cast.ben, text=f"Number {number}.")
        NoticeFactory(tenant=cast.tenant, user=cast.ada, text="Ada's.")
    ben, address, shown = as_person(cast.ben), "/notices/", []
    for _ in range(3):
        with django_assert_max_num_queries(9):
            page = ben.get(address)
        shown += [notice.text for notice in page.context["notices"]]
        address = f"/notices/?before={page.context['next_cursor']}"
    assert shown == [f"Number {number}." for number in reversed(range(70))]
    assert page.context["next_cursor"] is None
    assert "Newest notices" in page.content.decode()
    assert not Notice.of(cast.tenant).filter(user=cast.ben, read_at=None).exists()


@pytest.mark.parametrize("before", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_odd_place_to_begin_is_no_error(cast: Cast, before: str) -> None:
    NoticeFactory(tenant=cast.tenant, user=cast.ben)
    assert as_person(cast.ben).get("/notices/", {"before": before}).status_code == 200


def test_each_kind_has_its_sign_and_says_it_in_words(cast: Cast) -> None:
    for kind in Kind:
        NoticeFactory(tenant=cast.tenant, user=cast.ben, kind=kind)
    said = as_person(cast.ben).get("/notices/").content.decode()
    assert said.replace("&#x27;", "'").count("A campaign's run has completed: ") == 1
    assert "A run has failed: " in said
    assert "A run has reached its budget: " in said
    for tone, many in (("success", 1), ("error", 1), ("warning", 3)):
        assert said.count(f'class="notice-kind notice-{tone}"><svg') == many
