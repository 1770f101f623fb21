"""Looks for phrases in long texts, only in lines that hold one of the stems of their words.

Of a hundred pages one says something of the kind; to look for that at every letter takes long.
"""

import re
from collections.abc import Iterator, Sequence


def found(
    text: str, pattern: re.Pattern[str], stems: Sequence[str], *, most: int = 50
) -> Iterator[re.Match[str]]:
    """Give where a pattern is in a text, each line by itself; the stems are in small letters."""
    # Some capitals are two letters when small: then places would shift.
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    if not any(stem in lower for stem in stems):
        return
    start, met = 0, 0
    while start < len(text) and met < most:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if any(lower.find(stem, start, end) >= 0 for stem in stems):
            for match in pattern.finditer(text, start, end):
                met += 1
                yield match
        start = end + 1
