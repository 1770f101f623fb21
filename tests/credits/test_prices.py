"""What things cost: each price from its day on, and what was before stays."""

from datetime import date, timedelta

import pytest
from django.db.utils import ProgrammingError
from django.utils import timezone

from crm.credits import prices
from crm.credits.models import Exchange, Price, Rate, VendorPrice

pytestmark = pytest.mark.django_db


def test_every_action_has_a_price_and_none_with_one_s_own_key() -> None:
    for action in prices.Action:
        assert prices.of(action, own_key=False) >= 0
        assert prices.of(action, own_key=True) == 0
    assert prices.of("web_question") > prices.of("companies_house") == 0
    assert [offer.action for offer in prices.all_of()] == list(prices.Action)


def test_a_new_price_counts_from_its_day_on() -> None:
    today = timezone.localdate()
    before = prices.of("places_page")
    Price.objects.create(action="places_page", credits=90, since=today + timedelta(days=1))
    assert prices.of("places_page") == before
    assert prices.of("places_page", on=today + timedelta(days=1)) == 90
    Price.objects.create(action="places_page", credits=7, since=today)
    Price.objects.create(action="places_page", credits=8, since=today)
    assert prices.of("places_page") == 8
    assert prices.of("places_page", on=today - timedelta(days=1)) == before


def test_dollars_become_pounds_at_the_rate_of_the_day() -> None:
    Exchange.objects.create(since=timezone.localdate(), micros=800_000)
    assert prices.micros("1.50") == 1_200_000
    assert prices.vendor("google_places", "text_search") == 28_000
    assert prices.vendor("openai", "web_search", 3) == 24_000
    assert prices.micros(1, on=date(2026, 2, 1)) == 760_000


def test_tokens_cost_what_their_model_costs() -> None:
    Exchange.objects.create(since=timezone.localdate(), micros=1_000_000)
    assert prices.tokens("gpt-5-mini", taken=1_000_000, given=1_000_000) == 2_250_000
    cached = prices.tokens("gpt-5-mini", taken=1_000_000, cached=1_000_000, given=0)
    assert cached == 25_000
    unknown = prices.tokens("never-heard-of", taken=1_000, given=1_000)
    assert unknown == prices.tokens("other model", taken=1_000, given=1_000) > 0


def test_credits_and_costs_are_worth_one_another() -> None:
    assert prices.worth(3) == 30_000
    assert [prices.in_credits(micros) for micros in (0, 1, 10_000, 10_001)] == [0, 1, 1, 2]
    Rate.objects.create(since=timezone.localdate(), micros_per_credit=20_000)
    assert prices.worth(3) == 60_000


def test_what_nobody_has_priced_is_said_to_be_so() -> None:
    with pytest.raises(prices.NoPrice, match="no price of acme, wonder for"):
        prices.vendor("acme", "wonder")
    with pytest.raises(prices.NoPrice, match="1 December 2025"):
        prices.of("web_question", on=date(2025, 12, 1))


@pytest.mark.parametrize("model", [Exchange, Price, Rate, VendorPrice])
def test_an_old_price_is_not_written_over(model: type[Price]) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        model.objects.update(since=timezone.localdate())
