"""The bundled registers in the tables."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import F, Func
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crm.registers import bundle, trades
from crm.registers.formats.known import FORMATS
from crm.registers.models import Register, RegisterEntry
from tests.factories.registers import RegisterFactory
from tests.registers.files import dentists, practice, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]
FEWEST_ROWS = 95_000


def test_each_register_says_of_when_it_is() -> None:
    assert list(
        Register.objects.order_by("slug").values_list("slug", "as_of__year", "entries")
    ) == [
        ("charities", 2016, 2_000),
        ("companies_house", 2016, 3_000),
        ("dentists", 2016, 10_357),
        ("food_businesses", 2016, 2_000),
        ("gambling_premises", 2016, 13_017),
        ("mot_garages", 2016, 22_737),
        ("nhs_practices", 2025, 16_534),
        ("pharmacies", 2016, 11_764),
        ("schools", 2016, 27_339),
        ("scrap_yards", 2016, 1_783),
        ("trafford_care_homes", 2026, 56),
        ("trafford_charities", 2023, 736),
        ("trafford_food_wholesale", 2023, 4),
        ("trafford_sports", 2025, 171),
        ("trafford_takeaways", 2023, 291),
        ("wedding_venues", 2016, 7_163),
    ]
    assert not Register.objects.get(pk="dentists").is_fresh


def test_a_register_is_fresh_for_400_days() -> None:
    today = timezone.localdate()
    assert RegisterFactory.build(as_of=today - timedelta(days=399)).is_fresh
    assert not RegisterFactory.build(as_of=today - timedelta(days=400)).is_fresh


def test_the_second_load_does_nothing(
    django_assert_num_queries: DjangoAssertNumQueries, capsys: pytest.CaptureFixture[str]
) -> None:
    started = time.perf_counter()
    with django_assert_num_queries(2):
        call_command("load_registers")
    assert time.perf_counter() - started < 1
    assert capsys.readouterr().out == "Registers are loaded already.\n"


def test_a_file_that_a_person_loaded_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path, dentists(*(practice(n) for n in range(20))))
    call_command(
        "load_register", "dentists", str(path), "--as-of", "2024-01-01", "--allow-shrinking"
    )
    assert bundle.load() == []
    assert Register.objects.get(pk="dentists").entries == 20


def test_a_changed_bundled_file_is_read_again_and_finds_nothing_new() -> None:
    Register.objects.filter(pk="dentists").update(digest="of yesterday")
    outcomes = bundle.load()
    assert [(one.register.slug, one.merged) for one in outcomes] == [("dentists", (0, 0, 0))]


def test_every_trade_has_words() -> None:
    entries = RegisterEntry.objects.order_by()
    assert entries.count() >= FEWEST_ROWS
    more = entries.annotate(one=Func(F("more_trades"), function="unnest")).values_list("one")
    used = set(entries.values_list("trade", flat=True).distinct())
    used.update(trade for (trade,) in more.distinct())
    # Many companies say of none what they do.
    assert [trade for trade in used if not trades.is_known(trade)] == [""]
    assert trades.label("gp_practice") == "GP practice"
    assert trades.label("something_else") == "Something else"


def test_every_register_is_named_once_and_brings_its_file() -> None:
    assert len({form.slug for form in FORMATS}) == len(FORMATS)
    for form in FORMATS:
        assert not form.bundled or form.bundled_path.is_file()
        assert form.attribution
        assert not form.bundled or "Open Government Licence" in form.attribution
