"""Texts of vendors' answers, whichever vendor has sent them."""

from typing import Any

import pytest

from campaigns.discovery.plain import LONGEST, text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Acme Ltd", "Acme Ltd"),
        ("  Ac\x00me \t\r\n Ltd\u200b ", "Acme Ltd"),
        ("Acme\x92s", "Acme’s"),
        ("x" * 400, "x" * 300),
        ("x" * 299 + " y", "x" * 299),
        (None, ""),
        (7, ""),
        (["Acme"], ""),
        ({"text": "Acme"}, ""),
    ],
)
def test_a_text_is_one_line_or_nothing(said: Any, kept: str) -> None:
    assert text(said) == kept


def test_a_text_is_no_longer_than_its_field() -> None:
    assert text("Leicester", 4) == "Leic"
    assert len(text("x" * 1_000_000, 1_000_000)) == LONGEST
