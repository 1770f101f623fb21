"""API keys: what stands there, who may see and change it, and what is never shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.credits import credits
from crm.keys import budget, cards, changing, keys, own, system
from crm.keys.models import Credential, SystemKey
from crm.support.models import Consent
from crm.tenants.models import User
from tests.keys.conftest import MINE, renewal
from tests.people import Cast, as_person
from tests.simulators import Running

pytestmark = pytest.mark.usefixtures("db")

PAGE = "/settings/keys/"
POSTS = ("", "test/", "remove/", "budget/")


def page(user: User) -> str:
    answer = as_person(user).get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_key_is_put_in_tried_at_once_and_shown_by_four_characters(
    cast: Cast, mia: User, vendors: Running
) -> None:
    answer = as_person(mia).post(f"{PAGE}hunter/", {"secret": f" {MINE[8:]}"}, follow=True)
    said = answer.content.decode()
    assert answer.redirect_chain == [("/settings/keys/#key-hunter", 302)]
    assert "The key of Hunter is kept. It is used from now on." in said
    assert f"Works: 10,000 of 10,000 credits are left, renewed on {renewal()}." in said
    assert "•••• mine" in said
    assert MINE[8:] not in said
    key = keys.of(cast.tenant, "hunter")
    assert key is not None
    assert key.secret == MINE[8:]


def test_each_state_is_named_and_what_goes_on_without(cast: Cast, settings: Any) -> None:
    settings.OPENAI_API_KEY = "sk-system-00000000ours"
    changing.put(cast.tenant, "apollo", "Zx81_qW-3rTy", by=cast.ada)
    said = page(cast.ada)
    assert "Falls back to the installation’s key" in said
    assert "ours<" not in said
    assert "Never tested" in said
    assert "Campaigns do not search Hunter." in said
    assert "hunter.io/api-keys" in said


def test_a_form_that_is_refused_says_why_and_keeps_nothing(cast: Cast) -> None:
    answer = as_person(cast.ada).post(f"{PAGE}hunter/", {"secret": MINE})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "This looks like a key of OpenAI, not of Hunter." in said
    assert MINE not in said
    assert not Credential.of(cast.tenant).exists()


def test_the_test_button_answers_in_words_with_and_without_a_script(
    cast: Cast, vendors: Running
) -> None:
    changing.put(cast.tenant, "openai", "sim-revoked", by=cast.ada)
    browser = as_person(cast.ada)
    swapped = browser.post(f"{PAGE}openai/test/", headers={"HX-Request": "true"})
    said = swapped.content.decode()
    assert said.strip().startswith('<section class="card-panel key-card" id="key-openai"')
    assert "OpenAI refused the key that ends in oked." in said
    plain = browser.post(f"{PAGE}openai/test/", follow=True).content.decode()
    assert "OpenAI was asked just now. Wait a few seconds, then test again." in plain


def test_removing_it_falls_back(cast: Cast, settings: Any) -> None:
    settings.HUNTER_KEY = "hunter-system-0000"
    changing.put(cast.tenant, "hunter", "0123456789abcdef", by=cast.ada)
    answer = as_person(cast.ada).post(f"{PAGE}hunter/remove/", follow=True).content.decode()
    assert "The key of Hunter is removed. From now on the installation’s is used." in answer
    again = as_person(cast.ada).post(f"{PAGE}hunter/remove/", follow=True).content.decode()
    assert "There was no key of Hunter any more." in again


@pytest.mark.parametrize(
    ("text", "pence"), [("50", 5000), ("£1,250.50", 125050), ("0", 0), ("", None)]
)
def test_a_budget_is_pounds_a_month(cast: Cast, text: str, pence: int | None) -> None:
    changing.limit(cast.tenant, "openai", 100, by=cast.ada)
    answer = as_person(cast.ada).post(f"{PAGE}openai/budget/", {"budget": text})
    assert answer.status_code == 302
    assert keys.standing(cast.tenant, "openai").budget_pence == pence
    assert budget.room(cast.tenant, "openai") == (None if pence is None else pence * 10_000)


@pytest.mark.parametrize("text", ["-5", "ten", "1.234", "1e3", "99999999", "5\x00"])
def test_what_is_no_amount_is_refused(cast: Cast, text: str) -> None:
    answer = as_person(cast.ada).post(f"{PAGE}openai/budget/", {"budget": text})
    assert answer.status_code == 422
    assert not Credential.of(cast.tenant).exists()


def test_the_month_s_use_and_what_is_left_of_the_budget(cast: Cast) -> None:
    changing.limit(cast.tenant, "openai", 1000, by=cast.ada)
    for _ in range(2):
        credits.spend(
            cast.tenant, None, service="openai", action="web_question", credits=0,
            cost_micros=3_250_000,
        )  # fmt: skip
    assert budget.room(cast.tenant, "openai") == 3_500_000
    said = page(cast.ada)
    assert "£6.50 of £10" in said
    assert "2 calls" in said
    credits.spend(
        cast.tenant, None, service="openai", action="web_question", credits=0,
        cost_micros=4_000_000,
    )  # fmt: skip
    assert budget.room(cast.tenant, "openai") == 0
    for card in (cards.one(cast.tenant, "openai"), cards.every(cast.tenant)[0]):
        assert (card.what.service, card.standing.spent_micros) == ("openai", 10_500_000)
        assert card.standing.over_budget
    assert not cards.one(cast.tenant, "hunter").standing.over_budget
    assert "This month’s budget is used up" in page(cast.ada)


def test_one_card_is_as_among_all_and_reads_no_other(
    cast: Cast, settings: Any, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.APOLLO_KEY = "apollo-system-0000"
    for service in ("openai", "hunter", "google_places"):
        changing.put(cast.tenant, service, "0123456789abcdef", by=cast.ada)
        credits.spend(cast.tenant, None, service=service, action="x", credits=0, cost_micros=20_000)
    changing.limit(cast.tenant, "hunter", 50, by=cast.ada)
    opened: list[str] = []
    open_ = own.opened

    def hear(row: Credential) -> str:
        opened.append(row.service)
        return open_(row)

    among = {card.what.service: card for card in cards.every(cast.tenant)}
    monkeypatch.setattr("crm.keys.own.opened", hear)
    # The row, its use, its breaker; of the installation's key its row, too.
    for service, many in (("hunter", 3), ("apollo", 4)):
        with django_assert_num_queries(many):
            card = cards.one(cast.tenant, service)
        there = among[service]
        assert (card.standing, card.row, card.calls, card.away, card.spent) == (
            there.standing, there.row, there.calls, there.away, there.spent,
        )  # fmt: skip
    assert set(opened) == {"hunter"}


def test_how_a_key_stands_is_told_without_adding_up_the_month(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    with django_assert_num_queries(1) as asked:
        keys.standing(cast.tenant, "openai")
    assert "credits_creditentry" not in asked.captured_queries[0]["sql"]


def test_a_look_at_the_systems_keys_writes_down_new_ones_once(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HUNTER_KEY = "hunter-system-0000"
    kept: list[int] = []
    keep = system.keep
    monkeypatch.setattr("crm.keys.admin.system.keep", lambda: kept.append(1) or keep())
    root = as_person(User.objects.create_superuser("root@here.example", name="Root"))
    said = root.get("/admin/keys/systemkey/").content.decode()
    assert "Hunter" in said
    assert "OpenAI" not in said.partition("<tbody>")[2].partition("</tbody>")[0]
    assert kept == [1]
    assert SystemKey.objects.get().service == "hunter"
    assert root.get("/admin/keys/systemkey/hunter/change/").status_code == 200
    assert kept == [1]
    assert as_person(cast.ada).get("/admin/keys/systemkey/").status_code in (302, 403)
    assert kept == [1]
    settings.HUNTER_KEY = ""
    assert root.get("/admin/keys/systemkey/hunter/change/").status_code == 302


def test_reps_and_viewers_neither_see_nor_change_them(cast: Cast) -> None:
    for user in (cast.ben, cast.vera):
        browser = as_person(user)
        answer = browser.get(PAGE)
        assert answer.status_code == 403
        assert "you may not see how the keys of services stand" in answer.content.decode()
        assert 'href="/settings/keys/"' not in browser.get("/").content.decode()
        for path in POSTS:
            sent = {"secret": MINE, "budget": "5"}
            assert browser.post(f"{PAGE}openai/{path}", sent).status_code == 403
    assert not Credential.of(cast.tenant).exists()


def test_a_stranger_sees_and_changes_their_own_alone(cast: Cast) -> None:
    changing.put(cast.tenant, "hunter", "0123456789abcdef", by=cast.ada)
    charlie = as_person(cast.charlie)
    assert "cdef" not in charlie.get(PAGE).content.decode()
    charlie.post(f"{PAGE}hunter/remove/")
    assert keys.of(cast.tenant, "hunter") is not None
    assert charlie.post(f"{PAGE}no-such-service/").status_code == 404


def test_support_looks_and_changes_nothing(cast: Cast) -> None:
    changing.put(cast.tenant, "hunter", "0123456789abcdef", by=cast.ada)
    root = User.objects.create_superuser("root@here.example", name="Root")
    consent = Consent.of(cast.tenant).create(
        tenant=cast.tenant, until=timezone.now() + timedelta(hours=1), may_change=True
    )
    browser = as_person(root)
    browser.post(f"/support/{consent.pk}/enter/")
    said = browser.get(PAGE)
    assert said.status_code == 200
    assert "You are inside to look" in said.content.decode()
    assert "/settings/keys/hunter/" not in said.content.decode()
    for path in POSTS:
        refused = browser.post(f"{PAGE}hunter/{path}", {"secret": MINE})
        assert refused.status_code == 403
        assert "Support may not put in or remove keys" in refused.content.decode()


def test_nobody_signed_in_is_sent_to_sign_in(cast: Cast, client: Client) -> None:
    assert client.get(PAGE).status_code == 302


def test_simulated_vendors_are_called_so(cast: Cast, settings: Any) -> None:
    assert "Vendors are simulated" not in page(cast.ada)
    settings.SIMULATED_VENDORS = True
    assert "Vendors are simulated on this machine" in page(cast.ada)
    assert "no key is sent to any of them" in page(cast.ada)


def test_it_is_found_in_the_navigation_and_the_palette(cast: Cast) -> None:
    assert 'href="/settings/keys/"' in as_person(cast.ada).get("/leads/").content.decode()
    found = as_person(cast.ada).get("/search/", {"q": "API keys"}).content.decode()
    assert "/settings/keys/" in found


def test_the_page_asks_no_more_with_more_services(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for service in ("openai", "hunter", "apollo"):
        changing.put(cast.tenant, service, "0123456789abcdef", by=cast.ada)
    browser = as_person(cast.ada)
    browser.get(PAGE)
    with django_assert_max_num_queries(35):
        browser.get(PAGE)
