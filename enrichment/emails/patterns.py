"""The patterns by which organisations write their people's addresses."""

from collections.abc import Iterator
from dataclasses import dataclass

from enrichment.emails.spelling import Person, Spelling

NOTHING = Spelling("")


@dataclass(frozen=True, slots=True)
class Pattern:
    """`slug` shows it by example: "first.last", "flast"; `form` is how it is filled in."""

    slug: str
    form: str
    takes_first: bool
    takes_last: bool
    takes_middle: bool
    # The name is needed in full, and not its initial alone.
    takes_whole_first: bool
    takes_whole_last: bool

    def fill(self, first: str, last: str, middle: str) -> str:
        """Write what stands before the @."""
        return self.form.format(first=first, last=last, m=middle, f=first[:1], l=last[:1])


def _pattern(form: str) -> Pattern:
    return Pattern(
        slug=form.replace("{", "").replace("}", ""),
        form=form,
        takes_first="{f" in form,
        takes_last="{l" in form,
        takes_middle="{m}" in form,
        takes_whole_first="{first}" in form,
        takes_whole_last="{last}" in form,
    )


# The most usual ones first.
PATTERNS = tuple(
    _pattern(form)
    for form in (
        "{first}.{last}", "{first}", "{f}{last}", "{first}{last}", "{f}.{last}", "{first}{l}",
        "{first}_{last}", "{first}-{last}", "{first}.{l}", "{last}", "{last}.{first}",
        "{last}{f}", "{f}_{last}", "{f}-{last}", "{last}{first}", "{last}_{first}",
        "{last}-{first}", "{last}.{f}", "{f}{l}", "{f}.{l}", "{first}_{l}", "{first}.{m}.{last}",
        "{f}{m}{last}", "{f}.{m}.{last}", "{f}{m}{l}",
    )
)  # fmt: skip
BY_SLUG = {pattern.slug: pattern for pattern in PATTERNS}


@dataclass(frozen=True, slots=True)
class Written:
    """A name written by a pattern, in the manners in which its parts were spelt."""

    local: str
    pattern: Pattern
    first: Spelling
    last: Spelling


def write(person: Person, patterns: tuple[Pattern, ...] = PATTERNS) -> Iterator[Written]:
    """Write a name by each pattern that it has the parts for, in each of its spellings."""
    for pattern in patterns:
        if pattern.takes_middle and not person.middle:
            continue
        for first in _spellings(person.firsts, pattern.takes_first, pattern.takes_whole_first):
            for last in _spellings(person.lasts, pattern.takes_last, pattern.takes_whole_last):
                local = pattern.fill(first.text, last.text, person.middle)
                yield Written(local, pattern, first, last)


def _spellings(known: tuple[Spelling, ...], is_taken: bool, is_whole: bool) -> tuple[Spelling, ...]:
    """Give the spellings that make a difference: one, where an initial alone is taken."""
    if not is_taken:
        return (NOTHING,)
    if is_whole:
        return known
    return tuple({each.text[:1]: Spelling(each.text[:1]) for each in known[:1]}.values())
