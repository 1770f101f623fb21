"""A model takes over only when it is better on leads that neither has learnt from."""

from dataclasses import replace

from scoring.chance.calibration import Calibration
from scoring.chance.model import Model
from scoring.chance.replacement import is_better
from tests.scoring.chance.law import leads

NEW_LEADS = leads(600, seed=5)


def shifted(model: Model, shift: float) -> Model:
    formula = replace(model.formula, calibration=Calibration(1.0, shift))
    return replace(model, formula=formula)


def test_the_first_model_must_beat_the_base_rate(model: Model) -> None:
    found = is_better(model, None, NEW_LEADS)
    assert found.is_better
    assert found.gain > 0
    assert "Clearly better than always saying the base rate on 600 leads" in found.sentence


def test_a_model_that_knows_nothing_does_not_take_over(model: Model) -> None:
    terms = tuple(
        replace(term, worth=tuple(0.0 for _ in term.worth)) for term in model.formula.terms
    )
    empty = replace(model, formula=replace(model.formula, terms=terms, pairs=()))
    assert not is_better(empty, None, NEW_LEADS).is_better


def test_a_better_one_takes_over_and_a_worse_one_does_not(model: Model) -> None:
    wrong = shifted(model, 1.5)
    assert is_better(model, wrong, NEW_LEADS).is_better
    found = is_better(wrong, model, NEW_LEADS)
    assert not found.is_better
    assert "Not clearly better than the model in use" in found.sentence
    assert "rises" in found.sentence


def test_the_same_again_does_not_take_over(model: Model) -> None:
    assert not is_better(model, model, NEW_LEADS).is_better


def test_what_might_be_luck_does_not_take_over(model: Model) -> None:
    calibration = model.formula.calibration
    hardly = replace(
        model,
        formula=replace(
            model.formula, calibration=replace(calibration, shift=calibration.shift + 0.1)
        ),
    )
    few = NEW_LEADS[:60]
    either = [is_better(model, hardly, few), is_better(hardly, model, few)]
    assert max(each.gain for each in either) > 0
    assert not any(each.is_better for each in either)


def test_without_both_outcomes_nothing_is_replaced(model: Model) -> None:
    won = [each for each in NEW_LEADS if each.is_won]
    for few in ([], won, won[:10]):
        found = is_better(model, shifted(model, 3), few)
        assert not found.is_better
        assert "5 won and 5 lost" in found.sentence
