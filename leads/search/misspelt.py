"""Words as one might have meant them: with one letter more, less, another, or two changed over."""

from collections.abc import Iterator
from string import ascii_lowercase

# What is shorter is like everything; what is longer would have too many ways.
SHORTEST, LONGEST = 4, 20


def near(word: str) -> list[str]:
    """Give all that is one slip away, be it a word or not; of numbers nothing."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return []
    return sorted({each for each in _slips(word) if len(each) >= SHORTEST} - {word})


def _slips(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, behind = word[:place], word[place:]
        yield from (before + letter + behind for letter in ascii_lowercase)
        if behind:
            yield before + behind[1:]
            yield from (before + letter + behind[1:] for letter in ascii_lowercase)
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:]
