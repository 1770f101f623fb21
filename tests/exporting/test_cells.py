"""What stands in a cell never runs, never breaks the file, and stays what it was if it can."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from crm.exporting import cells

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "  =1+1",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        '"=1+1',
        "'=1+1",
        "\u00a0=1+1",
        "\ufeff=1+1",
        "\u200b=1+1",
        "＝1+1",
        "＋1",
        "－1+1",
        "＠SUM(A1)",
        "+44-116-255-1234",
        "-1,240.50+A1",
        "\x00=1+1",
    ],
)
def test_a_formula_is_made_a_text(text: str) -> None:
    assert cells.harmless(text).startswith("'")


@pytest.mark.parametrize(
    "text",
    ["+441162551234", "+44 116 255 1234", "+44 (0)116 255 1234", "-5", "-1,240.50", "-£12",
     "0116 255 1234", "Fern & Co", "a = b", "a@b.example", "- ", "", "🦊", "שלום",
     "milk\n- bread", "Ask; -5 % is fine", "<script>alert(1)</script>"],
)  # fmt: skip
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert cells.harmless(text) == (f"'{text}" if text == "- " else text)


@pytest.mark.parametrize("text", ["x;=1+1", "x\n=cmd|'/C calc'!A0", "x;+cmd|' /C calc'!A0"])
def test_nor_does_it_begin_behind_what_another_program_divides_at(text: str) -> None:
    assert "'" in cells.harmless(text)[1:3]


def test_control_characters_go_and_long_texts_are_cut_with_a_mark() -> None:
    assert cells.text("a\x00b\x1bc\td\r\ne") == "abc d\ne"
    for long in ("x" * 40_000, "🦊" * 20_000, "=" + "x" * 40_000):
        cut = cells.harmless(long)
        assert len(cut.encode("utf-16-le")) // 2 <= 32_767
        assert "(cut here" in cut[-40:]
    assert cells.harmless("x" * 32_767) == "x" * 32_767


def test_every_kind_of_value_is_written_out_plainly() -> None:
    moment = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    written = [
        cells.words(value, LONDON)
        for value in (None, True, False, 0, -5, Decimal("-1240.50"), date(2026, 3, 1), moment)
    ]
    assert written == ["", "yes", "no", "0", "-5", "-1240.50", "2026-03-01", "2026-07-02 00:30"]
