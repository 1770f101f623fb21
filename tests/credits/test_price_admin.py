"""Prices in the administration: superusers add one from a day on; nobody changes one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.credits import prices
from crm.credits.models import Price, VendorPrice
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


def test_what_is_over_is_not_priced_anew(root: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    sent = {"action": "web_question", "credits": "33", "since": yesterday.isoformat()}
    answer = as_person(root).post(f"{PRICES}add/", sent)
    assert "take today or a later day" in answer.content.decode()
    assert prices.of("web_question", on=yesterday) != 33


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
