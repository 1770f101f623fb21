"""Words that are known by heart, from the files in `lists`; each says where it comes from."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lists"


@cache
def words(name: str) -> frozenset[str]:
    """Read all words of a file."""
    return frozenset(word for line in lines(name) for word in line.split())


def lines(name: str) -> list[str]:
    """Read the lines of a file, without remarks."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and line[0] != "#"]
