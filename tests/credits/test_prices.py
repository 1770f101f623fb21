"""What things cost: each price from its day on, and what was before stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.utils import ProgrammingError
from django.utils import timezone

from crm.credits import prices
from crm.credits.models import Exchange, Price, Rate, VendorPrice

pytestmark = pytest.mark.django_db


def it_is(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have today be this day."""
    monkeypatch.setattr("crm.credits.prices.timezone.localdate", lambda: day)


def test_every_action_has_a_price_and_none_with_one_s_own_key() -> None:
    for action in prices.Action:
        assert prices.of(action, own_key=False) >= 0
        assert prices.of(action, own_key=True) == 0
    assert prices.of("web_question") > prices.of("companies_house") == 0
    assert [offer.action for offer in prices.all_of()] == list(prices.Action)


def test_a_new_price_counts_from_its_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    before = prices.of("places_page")
    Price.objects.create(action="places_page", credits=90, since=today + timedelta(days=1))
    assert prices.of("places_page") == before
    it_is(today + timedelta(days=1), monkeypatch)
    assert prices.of("places_page") == 90
    assert {offer.action: offer.credits for offer in prices.all_of()}["places_page"] == 90
    it_is(today, monkeypatch)
    Price.objects.create(action="places_page", credits=7, since=today)
    Price.objects.create(action="places_page", credits=8, since=today)
    assert prices.of("places_page") == 8
    it_is(today - timedelta(days=1), monkeypatch)
    assert prices.of("places_page") == before


def test_dollars_become_pounds_at_the_rate_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    Exchange.objects.create(since=timezone.localdate(), micros=800_000)
    VendorPrice.objects.create(
        service="acme", what="wonder", micros=1_500_000, since=date(2026, 1, 1)
    )
    assert prices.vendor("acme", "wonder") == 1_200_000
    assert prices.vendor("google_places", "text_search") == 28_000
    assert prices.vendor("openai", "web_search", 3) == 24_000
    it_is(date(2026, 2, 1), monkeypatch)
    assert prices.vendor("acme", "wonder") == 1_140_000


def test_a_vendor_s_newer_price_counts_from_its_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    for days, micros in ((0, 3_000_000), (0, 2_000_000), (1, 9_000_000)):
        VendorPrice.objects.create(
            service="apollo", what="credit", micros=micros, since=today + timedelta(days)
        )
    assert prices.vendor("apollo", "credit") == 1_520_000
    it_is(today + timedelta(1), monkeypatch)
    assert prices.vendor("apollo", "credit") == 6_840_000
    it_is(date(2026, 2, 1), monkeypatch)
    assert prices.vendor("apollo", "credit") == 15_200


def test_tokens_cost_what_their_model_costs() -> None:
    Exchange.objects.create(since=timezone.localdate(), micros=1_000_000)
    assert prices.answer("gpt-5-mini", taken=1_000_000, given=1_000_000) == 2_250_000
    cached = prices.answer("gpt-5-mini", taken=1_000_000, cached=1_000_000, given=0)
    assert cached == 25_000
    unknown = prices.answer("never-heard-of", taken=1_000, given=1_000)
    assert unknown == prices.answer("other model", taken=1_000, given=1_000) > 0
    searched = prices.answer("gpt-5-mini", taken=1_000_000, given=1_000_000, searches=2)
    assert searched == 2_250_000 + 2 * prices.vendor("openai", "web_search")


def test_a_model_without_a_price_for_something_takes_that_of_others() -> None:
    """It has one of its own for what it takes in and gives out, and none for what is cached."""
    Exchange.objects.create(since=timezone.localdate(), micros=1_000_000)
    own = prices.answer("gpt-5.4-nano", taken=1_000_000, given=1_000_000)
    assert own == 200_000 + 1_250_000
    cached = prices.answer("gpt-5.4-nano", taken=1_000_000, cached=1_000_000, given=0)
    assert cached == prices.answer("other model", taken=1_000_000, cached=1_000_000, given=0)


def test_all_of_an_answer_is_reckoned_in_one_question(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        prices.answer("gpt-5-mini", taken=9_000, cached=1_000, given=2_000, searches=3)
    with django_assert_num_queries(1):
        prices.vendor("google_places", "details")


def test_what_nobody_has_priced_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(prices.NoPrice, match="no price of acme, wonder for"):
        prices.vendor("acme", "wonder")
    it_is(date(2025, 12, 1), monkeypatch)
    with pytest.raises(prices.NoPrice, match="1 December 2025"):
        prices.of("web_question")
    VendorPrice.objects.create(service="acme", what="wonder", micros=1, since=date(2025, 11, 1))
    with pytest.raises(prices.NoPrice, match="no price of a dollar for 1 December 2025"):
        prices.vendor("acme", "wonder")


@pytest.mark.parametrize("model", [Exchange, Price, Rate, VendorPrice])
def test_an_old_price_is_not_written_over(model: type[Price]) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        model.objects.update(since=timezone.localdate())
