"""Postcodes by hand: the command says what it took, and entries go where they lie."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from crm.places.models import Loaded
from crm.registers.models import Spot
from tests.factories.registers import RegisterEntryFactory
from tests.places.lists import directory, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_registers")]


def test_entries_are_placed_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = RegisterEntryFactory(
        postcode="M1 1AE", latitude=53.48, longitude=-2.24, precision="outward"
    )
    path = directory(tmp_path, row("M1 1AE", 53.4774, -2.2309, began="202502"), row("NOWHERE"))
    call_command("load_postcodes", str(path))
    said = capsys.readouterr().out
    assert said.startswith("The ONS Postcode Directory of 1 February 2025: 1 postcodes, ")
    assert "1 new, 0 changed, 0 listed no more." in said
    assert "Refused 1: not a postcode 1." in said
    assert said.endswith("1 register entries were placed anew.\n")
    entry.refresh_from_db()
    assert (entry.latitude, entry.precision) == (53.4774, "postcode")
    spots = Spot.objects.filter(entry=entry)
    assert {spot.latitude for spot in spots} == {53.4774}
    call_command("load_postcodes", str(path))
    assert capsys.readouterr().out == "These postcodes are loaded already.\n"


def test_whoever_died_before_the_entries_were_placed_is_followed_by_the_next_start(
    capsys: pytest.CaptureFixture[str],
) -> None:
    entry = RegisterEntryFactory(latitude=53.48, longitude=-2.24, precision="outward")
    Loaded.objects.filter(name="le_latlon.csv.gz").update(followed=False)
    call_command("load_places")
    entry.refresh_from_db()
    assert (entry.latitude, entry.longitude) == (52.632283, -1.124859)
    assert capsys.readouterr().out.endswith("1 entries of the registers placed anew\n")
    call_command("load_places")
    assert capsys.readouterr().out == "Places are loaded already.\n"


def test_a_refusal_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing.zip cannot be read: No such file"):
        call_command("load_postcodes", str(tmp_path / "missing.zip"))
    with pytest.raises(CommandError, match="tomorrow is not a day"):
        call_command("load_postcodes", str(tmp_path / "missing.zip"), as_of="tomorrow")
