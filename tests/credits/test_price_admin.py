"""Prices in the administration: superusers add one from a day on; nobody changes one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.credits import prices
from crm.credits.models import Price, Rate, VendorPrice
from crm.ledger.models import AuditEntry
from crm.tenants.models import User
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PRICES = "/admin/credits/price/"


@pytest.fixture
def root() -> User:
    return User.objects.create_superuser("root@here.example", name="Root")


def test_a_new_price_takes_the_place_of_the_one_before(root: User) -> None:
    many = Price.objects.count()
    today = timezone.localdate()
    sent = {"action": "web_question", "credits": "33", "since": today.isoformat()}
    assert as_person(root).post(f"{PRICES}add/", sent).status_code == 302
    assert prices.of("web_question") == 33
    assert Price.objects.count() == many + 1
    entry = AuditEntry.objects.get(target_type="credits.price")
    assert (entry.actor, entry.verb) == ("Root", "added")


def test_what_is_over_is_not_priced_anew(root: User, monkeypatch: pytest.MonkeyPatch) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    sent = {"action": "web_question", "credits": "33", "since": yesterday.isoformat()}
    answer = as_person(root).post(f"{PRICES}add/", sent)
    assert "take today or a later day" in answer.content.decode()
    monkeypatch.setattr("crm.credits.prices.timezone.localdate", lambda: yesterday)
    assert prices.of("web_question") != 33


def test_prices_and_vendors_costs_are_seen_beside_one_another(root: User) -> None:
    """By what a credit is worth: its newest rate counts from its day on."""
    browser = as_person(root)
    asked = f"{PRICES}?action__exact=web_question", "/admin/credits/vendorprice/?q=details"

    def shown() -> list[str]:
        return [" ".join(browser.get(each).content.decode().split()) for each in asked]

    price, vendor = shown()
    assert 'class="field-worth">£0.15</td>' in price
    # $20 for 1,000 at 76 pence a dollar.
    assert 'class="field-in_credits">1,520 per 1,000</td>' in vendor
    today = timezone.localdate()
    Rate.objects.create(since=today, micros_per_credit=30_000)
    Rate.objects.create(since=today + timedelta(days=1), micros_per_credit=1)
    price, vendor = shown()
    assert 'class="field-worth">£0.45</td>' in price
    # Not quite 507: what covers it is rounded up.
    assert 'class="field-in_credits">507 per 1,000</td>' in vendor


def test_the_lists_of_prices_ask_no_more_with_more_rows(
    root: User, django_assert_max_num_queries: Any
) -> None:
    browser = as_person(root)
    for page in (PRICES, "/admin/credits/vendorprice/"):
        browser.get(page)
        with CaptureQueriesContext(connection) as few:
            browser.get(page)
        today = timezone.localdate()
        Price.objects.bulk_create(
            Price(action="web_question", credits=n, since=today) for n in range(20)
        )
        VendorPrice.objects.bulk_create(
            VendorPrice(service="acme", what=f"{n}", micros=n, since=today) for n in range(20)
        )
        with django_assert_max_num_queries(len(few)):
            browser.get(page)


def test_an_old_price_is_only_looked_at(root: User) -> None:
    old = Price.objects.earliest("pk")
    browser = as_person(root)
    assert browser.get(f"{PRICES}{old.pk}/change/").status_code == 200
    assert browser.post(f"{PRICES}{old.pk}/change/", {"credits": "1"}).status_code == 403
    assert browser.post(f"{PRICES}{old.pk}/delete/", {"post": "yes"}).status_code == 403


def test_each_list_and_form_opens(root: User) -> None:
    browser = as_person(root)
    for model in ("price", "rate", "exchange", "vendorprice"):
        for page in ("", "add/"):
            assert browser.get(f"/admin/credits/{model}/{page}").status_code == 200
    sent = {
        "service": "openai", "what": "gpt-9 input", "micros": "5000000", "per": "1000000",
        "since": timezone.localdate().isoformat(),
    }  # fmt: skip
    assert browser.post("/admin/credits/vendorprice/add/", sent).status_code == 302
    assert str(VendorPrice.objects.latest("pk")) == "openai, gpt-9 input: $5 per 1,000,000"


def test_prices_are_no_company_s_to_see_or_set(cast: Cast) -> None:
    sent = {"action": "web_question", "credits": "0", "since": timezone.localdate().isoformat()}
    before = prices.of("web_question")
    ada = as_person(cast.ada)
    assert ada.get(PRICES).status_code in (302, 403)
    assert ada.post(f"{PRICES}add/", sent).status_code in (302, 403)
    assert prices.of("web_question") == before
