"""A chance with its reasons, and a model that is put away and taken out again."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scoring.chance.model import LITTLE_LIKE_THIS, Model
from scoring.chance.stored import as_json
from tests.scoring.chance.law import NOW, leads

GOOD = {"source": "Referral", "employees": 60, "technologies": ["crm"], "has_website": True}
BAD = {"source": "list", "employees": None, "technologies": [], "has_website": False}


def test_what_speaks_for_and_against_is_said_in_words(model: Model) -> None:
    good, bad = model.chance(GOOD, NOW), model.chance(BAD, NOW)
    assert good.value > 0.8 > 0.2 > bad.value
    words = [each.words for each in good.reasons_for]
    assert {"Came by Referral", "60 employees", "Uses crm", "Has a website: yes"} <= set(words)
    words = [each.words for each in bad.reasons_against]
    assert {"Came by list", "Employees: not known", "Has a website: no"} <= set(words)


def test_effects_point_the_way_they_say_and_the_strongest_comes_first(model: Model) -> None:
    for known in (GOOD, BAD):
        found = model.chance(known, NOW)
        assert all(each.effect > 0 for each in found.reasons_for)
        assert all(each.effect < 0 for each in found.reasons_against)
        assert found.reasons_for + found.reasons_against
        for side in (found.reasons_for, found.reasons_against):
            sizes = [abs(each.effect) for each in side]
            assert sizes == sorted(sizes, reverse=True)
            assert len(sizes) <= 5


def test_without_its_strongest_reason_the_chance_is_smaller(model: Model) -> None:
    found = model.chance(GOOD, NOW)
    strongest = found.reasons_for[0]
    without = model.chance(GOOD | {strongest.name: None}, NOW)
    assert without.value < found.value - strongest.effect / 300


def test_not_known_is_information_of_its_own(model: Model) -> None:
    found = model.chance(GOOD | {"employees": None}, NOW)
    assert found.unknown == ("Employees", "Noise")
    assert found.unfamiliar == ("Noise",)
    against = {each.words for each in found.reasons_against}
    assert "Employees: not known" in against


def test_what_was_known_of_all_speaks_neither_way_where_it_is_not(model: Model) -> None:
    found = model.chance({}, NOW)
    labels = {each.label for each in (*found.reasons_for, *found.reasons_against)}
    assert labels == {"Employees"}
    assert found.unknown_share == 1
    assert found.caution == LITTLE_LIKE_THIS


def test_it_says_when_it_has_seen_little_like_this(model: Model) -> None:
    assert model.chance(GOOD | {"noise": 0.5}, NOW).caution == ""
    odd = {"source": "carrier pigeon", "employees": 10**9, "technologies": ["abacus"]}
    found = model.chance(odd | {"has_website": True, "noise": 0.5}, NOW)
    assert found.unfamiliar == ("Source", "Employees", "Technologies")
    assert found.unfamiliar_share == pytest.approx(0.6)
    assert found.caution == LITTLE_LIKE_THIS


def test_one_at_a_time_and_many_at_once_agree(model: Model) -> None:
    some = leads(50, seed=3)
    assert model.chances(some) == [model.chance(each.features, each.at).value for each in some]


def test_it_predicts_the_same_in_a_process_that_never_loads_a_library(
    model: Model, tmp_path: Path
) -> None:
    kept = tmp_path / "model.json"
    kept.write_text(json.dumps([as_json(model), GOOD]))
    program = """
import json, sys
from pathlib import Path
import scoring.chance.replacement
import scoring.chance.training
from scoring.chance.stored import from_json
model, known = json.loads(Path(sys.argv[1]).read_text())
print(repr(from_json(model).chance(known).value))
print(sorted({"sklearn", "numpy", "scipy", "django", "leads"} & set(sys.modules)))
"""
    said = subprocess.run(
        [sys.executable, "-c", program, str(kept)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split("\n")[:2] == [repr(model.chance(GOOD, NOW).value), "[]"]
