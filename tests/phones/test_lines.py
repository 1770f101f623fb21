"""The file of a register, as it comes."""

import io

import pytest

from enrichment.phones import lines
from enrichment.phones.lines import Count, NotTaken


def taken(text: str | bytes) -> tuple[list[str], Count]:
    count = Count()
    file = io.BytesIO(text.encode() if isinstance(text, str) else text)
    found = [number.decode() for some in lines.numbers(file, count) for number in some]
    return found, count


@pytest.mark.parametrize(
    "line",
    [
        "01162551234", "0116 255 1234", "+44 116 255 1234", "+44 (0)116 255 1234",
        "00441162551234", "441162551234", "1162551234", '"01162551234"', "01162551234\r",
        "01162551234,2026-11-01", "12,01162551234,x", "x;0116 255 1234;y", "01162551234\tA",
        " 01162551234 ",
    ],
)  # fmt: skip
def test_a_number_in_many_dresses(line: str) -> None:
    found, count = taken(f"{line}\n")
    assert found == ["441162551234"]
    assert (count.numbers, count.unread) == (1, 0)


def test_short_numbers_of_the_north_are_taken() -> None:
    assert taken("0169773555\n")[0] == ["44169773555"]


def test_a_heading_and_empty_lines_are_none() -> None:
    found, count = taken("Telephone\n\n01162551234\n\n02071234567")
    assert found == ["441162551234", "442071234567"]
    assert (count.lines, count.unread) == (5, 0)


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "Telephone\n", "hello\nworld\n", "%PDF-1.7\n\x00\x01", "+33142685300\n", "\x00"],
)
def test_what_holds_no_numbers_is_refused(text: str) -> None:
    with pytest.raises(NotTaken, match="no British phone number"):
        taken(text)


def test_many_lines_that_are_none_are_refused_with_the_first_of_them() -> None:
    text = "01162551234\n" * 50 + "see overleaf\n" + "01162551235\n" * 40
    with pytest.raises(NotTaken, match="the first of them line 51, “see overleaf”"):
        taken(text)


def test_one_of_very_many_may_be_none() -> None:
    found, count = taken("01162551234\n" * 500 + "end of list 7\n")
    assert len(found) == 500
    assert (count.unread, count.example) == (1, "line 501, “end of list 7”")


def test_a_hundred_and_one_are_too_many_however_long_the_list() -> None:
    good = "01162551234\n" * 300
    with pytest.raises(NotTaken, match="Too many lines"):
        taken((good + "nothing 1\n") * 101)


def test_a_line_without_an_end_is_refused() -> None:
    with pytest.raises(NotTaken, match="endless"):
        taken(b"0" * 5_000_000)


def test_a_list_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_LINES", 1_000)
    with pytest.raises(NotTaken, match="more than 1,000 lines"):
        taken("01162551234\n" * 1_001)


def test_lines_are_read_across_the_ends_of_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "BLOCK", 7)
    found, count = taken("\n".join(f"0116255{n:04}" for n in range(100)))
    assert found == [f"44116255{n:04}" for n in range(100)]
    assert count.lines == 100
