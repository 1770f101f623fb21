"""What an answer used, and what that costs."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from crm.credits import prices

# The day of its making, which a model's full name ends with; the price is that of the name before.
DAY = re.compile(r"-\d{4}-\d{2}-\d{2}$")
# What the results of a search add to the tokens taken in, and what the question itself is.
TOKENS_OF_A_SEARCH = 8_000
TOKENS_OF_A_QUESTION = 4_000
# Of English text it is four; of names and numbers fewer.
LETTERS_OF_A_TOKEN = 2


@dataclass(frozen=True)
class Usage:
    """Tokens taken in, of which some cached, and given out, of which some were only thought."""

    taken: int = 0
    cached: int = 0
    given: int = 0
    thought: int = 0

    @classmethod
    def read(cls, usage: Any) -> "Usage":
        """Read it from an answer; what the vendor does not tell is 0."""
        return cls(
            taken=_count(usage, "input_tokens"),
            cached=_count(usage, "input_tokens_details", "cached_tokens"),
            given=_count(usage, "output_tokens"),
            thought=_count(usage, "output_tokens_details", "reasoning_tokens"),
        )


def of(model: str, usage: Usage, searches: int) -> int:
    """Give what it costs, in millionths of a pound; a page that is opened costs nothing itself."""
    return prices.answer(
        DAY.sub("", model),
        taken=usage.taken,
        given=usage.given,
        cached=min(usage.cached, usage.taken),
        searches=searches,
    )


def most(model: str = "", *, searches: bool = True, letters: int = 0) -> int:
    """Give the most that one question can cost with the settings, in millionths of a pound.

    `letters` are those of what it is about, where that is long.
    """
    many = settings.OPENAI_MAX_TOOL_CALLS if searches else 0
    taken = TOKENS_OF_A_QUESTION + many * TOKENS_OF_A_SEARCH + letters // LETTERS_OF_A_TOKEN
    usage = Usage(taken=taken, given=settings.OPENAI_MAX_OUTPUT_TOKENS)
    return of(model or settings.OPENAI_MODEL, usage, many)


def _count(usage: Any, *path: str) -> int:
    for name in path:
        usage = usage.get(name) if isinstance(usage, dict) else None
    return max(0, usage) if isinstance(usage, int) else 0
