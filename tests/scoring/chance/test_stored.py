"""A model is plain JSON; what can't be one is refused with a sentence."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from scoring.chance.model import Model
from scoring.chance.stored import as_json, from_json


@pytest.fixture
def data(model: Model) -> dict[str, Any]:
    return copy.deepcopy(as_json(model))


def test_it_comes_back_as_it_was(model: Model, data: dict[str, Any]) -> None:
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert from_json(data) == model
    assert len(json.dumps(data)) < 50_000


@pytest.mark.parametrize("what", [None, 7, "model", [], {}, {"version": 1}, {"version": "1"}])
def test_what_is_no_model_is_refused(what: object) -> None:
    with pytest.raises(ValueError, match="That is no model"):
        from_json(what)


def test_another_version_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="version"):
        from_json(data | {"version": 2})


def paths(data: Any, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in it."""
    if so_far:
        yield so_far
    inner: Any = data.items() if isinstance(data, dict) else ()
    if isinstance(data, list):
        inner = [*enumerate(data)][:3]
    for key, value in inner:
        yield from paths(value, (*so_far, key))


def place(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        data = data[key]
    return data


WRONG: list[Any] = [None, "x" * 1_000, {"a": 1}, float("nan"), float("inf"), 10**400, -1e301]


def test_whatever_is_wrong_anywhere_is_refused(data: dict[str, Any]) -> None:
    tried = 0
    for path in list(paths(data)):
        for wrong in WRONG:
            broken = copy.deepcopy(data)
            place(broken, path)[path[-1]] = wrong
            with pytest.raises(ValueError, match=r"That is no model|isoformat"):
                from_json(broken)
            tried += 1
    assert tried > 300


def test_whatever_is_missing_is_refused(data: dict[str, Any]) -> None:
    for path in list(paths(data)):
        broken = copy.deepcopy(data)
        before = place(broken, path)
        if isinstance(before, list) and path[-2] in ("terms", "pairs", "constant"):
            continue
        del before[path[-1]]
        if path[-2:-1] not in (("terms",), ("pairs",), ("constant",)):
            with pytest.raises(ValueError, match="That is no model"):
                from_json(broken)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d["terms"][1].update(edges=[2, 1, *d["terms"][1]["edges"][2:]]), "ascend"),
        (lambda d: d.update(terms=d["terms"] * 100), "no list of up to"),
        (lambda d: d["calibration"].update(slope=-1), "slope"),
        (lambda d: d["terms"][0].update(names=["a"] * len(d["terms"][0]["names"])), "twice"),
        (lambda d: d["terms"][0].update(worth=d["terms"][0]["worth"][1:]), "too few"),
        (lambda d: d["record"].update(won=True), "no count"),
        (lambda d: d["record"].update(since="2026-01-01T00:00:00"), "zone"),
        (lambda d: d.update(pairs=[PAIR | {"first": 99}]), "that isn't there"),
        (lambda d: d.update(pairs=[PAIR | {"worth": [[0, 1], [0]]}]), "differ in length"),
        (lambda d: d.update(pairs=[PAIR | {"first": 2}]), "has a set"),
        (lambda d: d.update(pairs=[PAIR]), "too few"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    data: dict[str, Any], change: Any, sentence: str
) -> None:
    change(data)
    with pytest.raises(ValueError, match=sentence):
        from_json(data)


PAIR = {
    "first": 0,
    "second": 1,
    "first_groups": [0, 0, 0, 0, 5],
    "second_groups": [0],
    "worth": [[0, 1], [0, 1]],
}
