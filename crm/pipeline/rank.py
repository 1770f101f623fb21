"""The order of cards as text: between any two ranks there is room for another.

Ranks are compared byte by byte (`COLLATE "C"`). They are made of the digits below, never end in
the lowest digit, and read as the fraction 0.d1d2d3… in base 36.
"""

from crm.ids import uuid7

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def last() -> str:
    """Make a rank behind all that were made before, without reading a row: time itself."""
    # "i" leaves room below for `first`; a time-ordered id never collides between processes.
    return f"i{uuid7().hex}i"


def first() -> str:
    """Make a rank in front of all that were made before, in the same way."""
    mirrored = (1 << 128) - 1 - uuid7().int
    return f"h{mirrored:032x}i"


def place(above: str, below: str) -> str:
    """Make a rank between two cards; at either end of a column, one that never grows longer."""
    if not below and (made := last()) > above:
        return made
    if not above and (made := first()) < below:
        return made
    return between(above, below)


def between(above: str, below: str) -> str:
    """Make a rank between two; "" stands for the open end on either side."""
    if below and above >= below:
        raise ValueError(f"No rank lies between “{above}” and “{below}”.")
    made = ""
    for position in range(max(len(above), len(below)) + 1):
        low = DIGITS.index(above[position]) if position < len(above) else 0
        high = DIGITS.index(below[position]) if below and position < len(below) else len(DIGITS)
        if below and position >= len(below):
            high = len(DIGITS)
        if high - low > 1:
            return made + DIGITS[(low + high) // 2]
        made += DIGITS[low]
        if low != high:
            # From here on only the lower bound still binds.
            below = ""
    return made + DIGITS[len(DIGITS) // 2]


def spread(above: str, below: str, many: int) -> list[str]:
    """Make so many ranks between two, in order."""
    found = place(above, below)
    if many == 1:
        return [found]
    # Whatever is put behind a rank stays in front of all that came after it.
    return [f"{found}{_digits(number)}i" for number in range(many)]


def _digits(number: int) -> str:
    """Write the number with four digits of base 36."""
    written = ""
    for _ in range(4):
        number, digit = divmod(number, len(DIGITS))
        written = DIGITS[digit] + written
    return written
