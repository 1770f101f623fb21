"""Reads the file of a register: a number a line, millions of them, in little memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

# The whole of the TPS is some eighteen million.
MOST_LINES = 25_000_000
BLOCK = 1 << 20
LONGEST_LINE = 1_000
# Whoever misses a number rings somebody who must not be rung: few lines may be left out.
MOST_UNREAD = 100
SHARE_UNREAD = 100
SHOWN = 40
NO_DIGITS = bytes(each for each in range(256) if not 48 <= each <= 57)
# What may stand with the digits of a number.
AROUND = b" +()-.\"'\t"
CELLS = (b",", b";", b"\t")
# With the country's code: 44 and nine digits or ten; none begins with 0, 4 or 6.
LEADING = frozenset(b"1235789")


class NotTaken(ValueError):
    """The file is not taken in, and what stood before still stands; the message says why."""


@dataclass
class Count:
    """What has been met so far. `example` is the first line that is none."""

    lines: int = 0
    numbers: int = 0
    unread: int = 0
    example: str = ""


def numbers(file: IO[bytes], count: Count) -> Iterator[list[bytes]]:
    """Give the numbers as they come, E.164 without the "+", some thousands at once.

    Raises NotTaken where it is no list of numbers.
    """
    rest = b""
    while block := file.read(BLOCK):
        *lines, rest = (rest + block).split(b"\n")
        if len(rest) > LONGEST_LINE:
            raise NotTaken(f"Line {count.lines + len(lines) + 1:,} is endless: is this a list?")
        yield _taken(lines, count)
    yield _taken([rest], count)
    _judge(count)


def _taken(lines: list[bytes], count: Count) -> list[bytes]:
    found = []
    for line in lines:
        count.lines += 1
        number = _number(line) or _cell(line)
        if number:
            found.append(number)
        elif line.strip() and not _is_heading(line, count):
            _miss(line, count)
    count.numbers += len(found)
    if count.lines > MOST_LINES:
        raise NotTaken(f"It has more than {MOST_LINES:,} lines, which no register has.")
    return found


def _number(line: bytes) -> bytes:
    """Read a line that is a number and nothing else; b"" where it is not."""
    digits = line.translate(None, NO_DIGITS)
    # Spreadsheets leave out the 0 before a number.
    if len(digits) == 11 and digits[0] == 48:
        found = b"44" + digits[1:]
    elif len(digits) == 10:
        found = b"44" + (digits[1:] if digits[0] == 48 else digits)
    elif digits[:4] == b"0044":
        found = digits[2:]
    elif digits[:3] == b"440":
        found = b"44" + digits[3:]
    else:
        found = digits
    if not 11 <= len(found) <= 12 or found[:2] != b"44" or found[2] not in LEADING:
        return b""
    is_alone = len(digits) == len(line) or not line.strip().translate(None, b"0123456789" + AROUND)
    return found if is_alone else b""


def _cell(line: bytes) -> bytes:
    """Read the first cell of a table's row that is a number."""
    for sign in CELLS:
        if sign in line:
            cells = line[:LONGEST_LINE].split(sign)[:20]
            return next((number for cell in cells if (number := _number(cell))), b"")
    return b""


def _is_heading(line: bytes, count: Count) -> bool:
    return count.lines == 1 and not line.translate(None, NO_DIGITS)


def _miss(line: bytes, count: Count) -> None:
    count.unread += 1
    if not count.example:
        seen = line.strip()[:SHOWN].decode("utf-8", "replace")
        seen = "".join(sign if sign.isprintable() else "�" for sign in seen)
        count.example = f"line {count.lines:,}, “{seen}”"
    if count.unread > MOST_UNREAD:
        _refuse(count)


def _judge(count: Count) -> None:
    if not count.numbers:
        example = f" Its {count.example} is none." if count.example else ""
        raise NotTaken(f"There is no British phone number in the file.{example}")
    if count.unread * SHARE_UNREAD > count.lines:
        _refuse(count)


def _refuse(count: Count) -> None:
    raise NotTaken(
        f"Too many lines are no British phone numbers, the first of them {count.example}. Nothing "
        "was taken: a number that is missed would be rung."
    )
