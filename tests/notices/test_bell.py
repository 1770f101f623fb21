"""The bell of an open page: cheap to ask, silent while nothing is new, and never a sign-in page."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from crm.notices.models import Notice
from crm.tenants.models import Membership
from tests.factories.campaigns import NoticeFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
BELL = "/notices/unread/"
ASKED = {"HX-Request": "true", "HX-Current-URL": "http://testserver/board/"}
# Session, person, membership, whose turn it is in the database, notices.
BUDGET = 5


def ask(browser: Client, seen: str | None = None) -> Any:
    return browser.get(BELL, {} if seen is None else {"seen": seen}, headers=ASKED)


def seen(browser: Client) -> str:
    """What the bell of a page that is opened now has seen."""
    return str(browser.get("/leads/").context["bell"].state)


def ring(cast: Cast, text: str = "Dentists: 3 new leads.", **fields: Any) -> Notice:
    return NoticeFactory(tenant=cast.tenant, user=cast.ben, text=text, **fields)


@pytest.mark.parametrize("unread", [0, 1, 300])
def test_nothing_new_is_nothing_said_and_costs_little(
    cast: Cast, unread: int, django_assert_num_queries: Any
) -> None:
    cache.clear()
    for _ in range(unread):
        ring(cast)
    ben = as_person(cast.ben)
    state = seen(ben)
    with django_assert_num_queries(BUDGET + 2):
        # Two more than on a page's way, for the savepoint that stands for the transaction here.
        answer = ask(ben, state)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_new_notice_is_said_with_its_link_and_counted(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    ben = as_person(cast.ben)
    state = seen(ben)
    text = "Healthcare within 15 miles of LE1 1AA: 100 new leads; 394 left."
    ring(cast, text, url="/campaigns/1/")
    with django_assert_num_queries(BUDGET + 2 + 1):
        answer = ask(ben, state)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert f'<a href="/campaigns/1/">{text}</a>' in said
    assert said.count('hx-swap-oob="true"') == 2
    assert said.count(">1<span") == 2
    assert f"seen={seen(ben)}" in said
    assert ask(ben, seen(ben)).status_code == 204


def test_news_that_is_old_is_counted_and_not_said(cast: Cast) -> None:
    ben = as_person(cast.ben)
    state = seen(ben)
    ring(cast)
    Notice.of(cast.tenant).update(at=timezone.now() - timedelta(minutes=11))
    said = ask(ben, state).content.decode()
    assert ">1<span" in said
    assert "data-toast" not in said


def test_a_flood_is_said_in_three_and_counted_to_99(cast: Cast) -> None:
    ben = as_person(cast.ben)
    state = seen(ben)
    for number in range(120):
        ring(cast, f"Number {number}.")
    said = ask(ben, state).content.decode()
    assert said.count("data-toast") == 3
    assert said.index("Number 117.") < said.index("Number 118.") < said.index("Number 119.")
    assert said.count(">99+<span") == 2


def test_reading_elsewhere_takes_the_count_away(cast: Cast) -> None:
    ring(cast)
    ben = as_person(cast.ben)
    state = seen(ben)
    ben.get("/notices/")
    answer = ask(ben, state)
    assert answer.status_code == 200
    assert "count-unread" not in answer.content.decode()


def test_one_read_and_one_new_is_a_change_though_the_count_is_the_same(cast: Cast) -> None:
    old = ring(cast, "Old.")
    ben = as_person(cast.ben)
    state = seen(ben)
    Notice.of(cast.tenant).filter(pk=old.pk).update(read_at=timezone.now())
    ring(cast, "New.")
    assert "New." in ask(ben, state).content.decode()


def test_asking_reads_nothing(cast: Cast) -> None:
    ring(cast)
    ask(as_person(cast.ben))
    assert Notice.of(cast.tenant).get().read_at is None


def test_each_hears_their_own(cast: Cast) -> None:
    ring(cast)
    for person in (cast.ada, cast.charlie):
        answer = ask(as_person(person), "0")
        assert answer.status_code == 204, person


def test_markup_in_a_notice_is_text(cast: Cast) -> None:
    ring(cast, "<script>alert(1)</script>: 3 new leads.")
    said = ask(as_person(cast.ben), "0").content.decode()
    assert "<script" not in said
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in said


def test_whoever_is_signed_out_gets_no_page_and_no_redirect(cast: Cast) -> None:
    answer = ask(Client(), "0")
    assert (answer.status_code, answer.content) == (401, b"")
    assert not {"HX-Redirect", "HX-Refresh", "Location"} & answer.headers.keys()


def test_whoever_has_left_the_company_hears_nothing_more(cast: Cast) -> None:
    ring(cast)
    ben = as_person(cast.ben)
    Membership.of(cast.tenant).filter(user=cast.ben).delete()
    answer = ask(ben, "0")
    assert answer.status_code == 401
    assert "Dentists" not in answer.content.decode()


def test_every_page_carries_its_bell(cast: Cast) -> None:
    for person in (cast.ada, cast.ben, cast.vera):
        for path in ("/", "/board/", "/leads/", "/campaigns/", "/notices/", "/notices/settings/"):
            said = as_person(person).get(path).content.decode()
            assert said.count('id="bell"') == 1, path
            assert "js/bell.js" in said
    assert 'id="bell"' not in Client().get("/sign-in/").content.decode()
