"""Texts of vendors' answers, made fit to keep: in one line, and not too long."""

from typing import Any

from crm.registers import words

# Nobody reads more, however much a vendor sends.
LONGEST = 10_000


def text(value: Any, most: int = 300) -> str:
    """Give a text of an answer; "" for whatever is none."""
    if not isinstance(value, str):
        return ""
    return words.cleaned(value[:LONGEST].replace("\x00", ""))[:most].rstrip()
