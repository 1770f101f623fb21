"""One value from what many sources tell: which is right, how sure that is, who disagrees."""

from datetime import date, timedelta
from typing import Any

import pytest

from enrichment.blend import SUREST, Proof, conflicts, values
from enrichment.fields import CONTACT, ORGANISATION
from enrichment.told import Told
from enrichment.ways import WAYS

TODAY = date(2026, 11, 22)


def proof(
    value: Any, way: str, source: str = "website", field: str = "website", **more: Any
) -> Proof:
    told = Told(field, value, way, **{k: v for k, v in more.items() if k != "seen_on"})
    return Proof(told, source, more.get("seen_on", TODAY))


def test_two_who_do_not_copy_from_each_other_are_surer_than_the_surer_of_them() -> None:
    alone = values([proof("https://acme.example", "page")], TODAY)
    both = values(
        [proof("https://acme.example", "page"), proof("acme.example/", "provider", "hunter")], TODAY
    )
    assert [len(alone), len(both)] == [1, 1]
    assert both[0].sureness == pytest.approx(1 - (1 - 0.85) * (1 - 0.7))
    # It is written as the surer one writes it, and both are its proofs.
    assert both[0].told.value == "https://acme.example"
    assert [each.source for each in both[0].proofs] == ["website", "hunter"]


def test_many_pages_of_one_site_are_one_voice() -> None:
    pages = [proof("+441162551234", way, field="phone") for way in ("page", "link", "page")]
    [value] = values(pages, TODAY)
    assert value.sureness == pytest.approx(WAYS["link"].sureness)


def test_what_is_old_is_less_sure_and_what_was_said_of_an_earlier_day_is_as_old_as_that() -> None:
    half_life = ORGANISATION["employees"].half_life
    long_ago = TODAY - timedelta(days=half_life)
    fresh = proof(12, "accounts", "companies_house", "employees")
    stale = proof(12, "accounts", "companies_house", "employees", seen_on=long_ago)
    of_then = proof(12, "accounts", "companies_house", "employees", as_of=long_ago)
    sure = [values([each], TODAY)[0].sureness for each in (fresh, stale, of_then)]
    assert sure[1] == sure[2] == pytest.approx(sure[0] / 2)


def test_machines_are_never_beyond_doubt_and_people_are() -> None:
    sources = [proof("Acme", "register", str(n), "name") for n in range(9)]
    assert values(sources, TODAY)[0].sureness == SUREST
    [value] = values([*sources, proof("ACME ", "person", "Ben", "name")], TODAY)
    assert (value.sureness, value.told.way) == (1.0, "person")


def test_who_disagrees_and_may_be_right_is_a_conflict_unless_both_can_be_true() -> None:
    said = [
        proof(40, "accounts", "companies_house", "employees"),
        proof(44, "provider", "apollo", "employees"),
        proof(400, "guess", "somebody", "employees"),
    ]
    assert [each.told.value for each in conflicts(values(said, TODAY))] == [44]
    two = [proof(f"+44116255123{n}", "page", field="phone") for n in range(2)]
    assert conflicts(values(two, TODAY)) == []


def test_a_persons_fields_have_half_lives_of_their_own() -> None:
    year = TODAY - timedelta(days=CONTACT["email"].half_life)
    said = {"field": "email", "about": "jane smith", "seen_on": year}
    [value] = values([proof("jane@acme.example", "provider", "hunter", **said)], TODAY)
    assert value.sureness == pytest.approx(0.35)


def test_what_is_no_field_is_left_out() -> None:
    assert values([proof("x", "page", field="shoe_size")], TODAY) == []
