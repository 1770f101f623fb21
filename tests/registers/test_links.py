"""Entries of several registers that are one organisation."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from crm.registers import generic, links, loading
from crm.registers.formats.known import format_of
from crm.registers.loading import Wishes
from crm.registers.models import Link, Load, RegisterEntry
from tests.factories.registers import LoadFactory, RegisterEntryFactory, RegisterFactory
from tests.registers.files import dentists, practice, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_registers")]
FIRST, SECOND = date(2024, 1, 1), date(2024, 2, 1)


def load(folder: Path, day: date, *rows: str) -> None:
    path = written(folder, dentists(*rows))
    loading.load(format_of("dentists"), path, Wishes(as_of=day, allow_shrinking=True))


def linked() -> list[tuple[str, str, str]]:
    rows = Link.objects.values_list("one__number", "other__number", "because")
    return sorted((*sorted(pair), because) for *pair, because in rows)


def elsewhere(number: str, register: str = "pharmacies", **fields: str) -> RegisterEntry:
    return RegisterEntryFactory(
        register__slug=register, number=number, **{"postcode": "LE5 5HH", **fields}
    )


def test_one_name_at_one_place_is_one_organisation_until_it_moves(tmp_path: Path) -> None:
    elsewhere("P1", name="Practice 1")
    elsewhere("P2", name="Practice 2", postcode="LE1 1AA")
    load(tmp_path, FIRST, practice(1), practice(2), practice(3))
    assert linked() == [("P1", "V00001", "place")]
    load(tmp_path, SECOND, practice(1, postcode="LE1 1AB"), practice(2, postcode="LE1 1AA"))
    assert linked() == [("P2", "V00002", "place")]


def test_without_a_postcode_a_name_links_nobody(tmp_path: Path) -> None:
    elsewhere("P1", name="Practice 1", postcode="", site_key="")
    load(tmp_path, FIRST, practice(1, postcode=""))
    assert linked() == []


def test_a_company_number_links_more_than_a_name() -> None:
    charity = elsewhere("C1", "charities", name="Oak Trust", company_number="01234567")
    home = elsewhere("H1", "care_homes", name="Oak House", company_number="01234567")
    company = elsewhere("01234567", "companies_house", name="Oak Trust")
    namesake = elsewhere("07654321", "companies_house", name="Oak House")
    with connection.cursor() as cursor:
        links.renew(cursor, "e.id = ANY(%s)", [company.pk, namesake.pk, home.pk])
    assert linked() == [
        ("01234567", "C1", "number"),
        ("01234567", "H1", "number"),
        ("07654321", "H1", "place"),
        ("C1", "H1", "number"),
    ]
    RegisterEntry.objects.filter(pk=charity.pk).update(company_number="")
    with connection.cursor() as cursor:
        links.renew(cursor, "e.id = %s", charity.pk)
    assert ("01234567", "C1", "place") in linked()


def test_when_a_name_turns_generic_the_door_has_to_be_the_same() -> None:
    for number in range(60):
        elsewhere(f"B{number}", name=f"Brand{number} Surgery", postcode=f"LE1 {number % 10}AA")
    near = elsewhere("S1", name="Surgery", address="1 High Street")
    other = elsewhere("S2", "dentists", name="Surgery", address="2 High Street")
    with connection.cursor() as cursor:
        links.renew(cursor, "e.id = %s", other.pk)
    assert linked() == [("S1", "S2", "place")]
    RegisterEntryFactory(register=near.register, name="Surgery", postcode="LE2 2AA")
    generic.measure()
    assert linked() == []
    RegisterEntry.objects.filter(name__startswith="Brand").update(name_key="brand")
    generic.measure()
    assert linked() == [("S1", "S2", "place")]


def test_nothing_is_linked_to_what_nobody_sees_yet(tmp_path: Path) -> None:
    register = RegisterFactory(slug="pharmacies", loaded_at=None)
    running = LoadFactory(register="pharmacies", state=Load.State.RUNNING, as_of=None)
    unseen = RegisterEntryFactory(
        register=register, came_with=running, number="P1", name="Practice 1", postcode="LE5 5HH"
    )
    load(tmp_path, FIRST, practice(1))
    assert linked() == []
    assert not RegisterEntry.objects.listed().filter(pk=unseen.pk).exists()
