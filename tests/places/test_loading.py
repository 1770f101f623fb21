"""The bundled places in the tables."""

import gzip
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from crm.places import loading
from crm.places.models import FullPostcode, Loaded, Outward

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]


def test_the_bundled_places_are_there() -> None:
    assert Outward.objects.count() == 2_856
    assert FullPostcode.objects.count() == 21_621


def test_the_second_load_does_nothing(
    django_assert_num_queries: DjangoAssertNumQueries, capsys: pytest.CaptureFixture[str]
) -> None:
    started = time.perf_counter()
    with django_assert_num_queries(1):
        call_command("load_places")
    assert time.perf_counter() - started < 1
    assert capsys.readouterr().out == "Places are loaded already.\n"


def test_another_content_replaces_the_rows() -> None:
    Loaded.objects.filter(pk="le_latlon.csv.gz").update(digest="of yesterday")
    FullPostcode.objects.create(text="QX1 1AA", latitude=52, longitude=0)
    assert [file.rows for file in loading.load()] == [21_621]
    assert FullPostcode.objects.count() == 21_621


def test_rows_without_coordinates_break_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = "postcode,latitude,longitude,town,region,country_string"
    rows = ["QX1,,,Nowhere,,England", "QX2,0,0,,,England", "QX3,51.5,0,,,"]
    (tmp_path / "postcodes.csv.gz").write_bytes(gzip.compress("\n".join([header, *rows]).encode()))
    points = "postcode,lat,lon\nQX1 1AA,,\nQX1 1AB,52.1,-1.2\n"
    (tmp_path / "le_latlon.csv.gz").write_bytes(gzip.compress(points.encode()))
    monkeypatch.setattr(loading, "BUNDLED", tmp_path)
    loading.load()
    assert list(Outward.objects.order_by("code").values_list("code", "latitude", "longitude")) == [
        ("QX1", None, None),
        ("QX2", None, 0.0),
        ("QX3", 51.5, 0.0),
    ]
    assert list(FullPostcode.objects.values_list("text", flat=True)) == ["QX1 1AB"]
