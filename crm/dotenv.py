"""Reads `.env`; standard library only, since the set-up asks before any package is there."""

import re
from pathlib import Path

LINE = re.compile(r"(?:export )?([A-Za-z_][A-Za-z_0-9]*)=(.*)")
QUOTED = re.compile(r"([\"'])(.*)\1")
COMMENT = re.compile(r"(?:^|\s)#")


class Unreadable(SystemExit):
    """A line does not say what its writer meant; whatever reads it ends with this sentence."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"Line {number} of .env {why}")


def read(path: Path) -> dict[str, str]:
    """The settings in the file, none when there is no file."""
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    return dict(
        _setting(number, line.strip())
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.strip().startswith("#")
    )


def _setting(number: int, line: str) -> tuple[str, str]:
    named = LINE.fullmatch(line)
    if named is None:
        raise Unreadable(number, "is no setting. Write NAME=value, without spaces around the =.")
    name, value = named[1], named[2].strip()
    quoted = QUOTED.fullmatch(value)
    if quoted:
        return name, quoted[2]
    if COMMENT.search(value):
        raise Unreadable(
            number,
            f"has a comment behind the value of {name}. Put it on a line of its own; "
            "a value that holds a # goes between quotes.",
        )
    return name, value
