"""Values as a reader would write them."""

from datetime import date
from typing import Any

import pytest

from scoring.chance.example import Feature
from scoring.chance.words import in_words, reason


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "not known"),
        ("", "not known"),
        (True, "yes"),
        (False, "no"),
        (18, "18"),
        (1_250_000, "1,250,000"),
        (2.5, "2.5"),
        (-0.333, "-0.33"),
        (1e20, "1e+20"),
        (float("nan"), "not known"),
        (date(2026, 3, 4), "4 March 2026"),
        ("Word\nof  mouth", "Word of mouth"),
        (["crm"], "crm"),
        (["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
        ([], "none"),
        (object(), "not known"),
    ],
)
def test_values(value: Any, words: str) -> None:
    assert in_words(value) == words


def test_a_phrase_has_the_value_where_it_says_and_nothing_else_is_filled_in() -> None:
    came = Feature("source", "Source", "Came by {}")
    assert reason(came, "{0.__class__} %s", 3.0).words == "Came by {0.__class__} %s"
    assert reason(came, None, 3.0).words == "Source: not known"
    assert reason(Feature("city", "City"), "Leeds", 3.0).words == "City: Leeds"


def test_a_long_text_is_cut() -> None:
    assert len(in_words("x" * 1_000_000)) == 80
