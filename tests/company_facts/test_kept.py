"""What is kept of an answer."""

from typing import Any

import pytest

from enrichment.companies_house import kept
from enrichment.companies_house.kept import VALUE


@pytest.mark.parametrize(
    ("value", "shape", "left"),
    [
        ({"a": 1, "b": 2}, {"a": VALUE}, {"a": 1}),
        ({"a": {"b": "x", "c": 1}}, {"a": {"b": VALUE}}, {"a": {"b": "x"}}),
        ({"a": [1, None, {"x": 1}, "y"]}, {"a": [VALUE]}, {"a": [1, "y"]}),
        ({"a": [{"b": 1, "c": 2}, 3]}, {"a": [{"b": VALUE}]}, {"a": [{"b": 1}]}),
        ({"a": {"b": 1}}, {"a": VALUE}, {}),
        ([{"a": 1}], {"a": VALUE}, None),
        ("x", {"a": VALUE}, None),
        ("x" * 9_000, VALUE, "x" * 1_000),
        ([0] * 900, [VALUE], [0] * 200),
        (None, VALUE, None),
    ],
)
def test_only_what_the_shape_names_is_left(value: Any, shape: Any, left: Any) -> None:
    assert kept.only(value, shape) == left
