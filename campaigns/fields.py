"""Fields of the pages that ask for criteria: words with commas, and numbers within bounds."""

from collections.abc import Callable
from typing import Any

from django import forms

from campaigns.criteria import Unfit

LONGEST_EXTRA = 2000
MOST_PHRASES, LONGEST_PHRASE = 12, 60


class PhrasesField(forms.CharField):
    """Words with commas between them, as a list without the same twice."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_EXTRA, **kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).replace("\n", ",").replace(";", ",").split(",")
        phrases = list(dict.fromkeys(" ".join(each.split()) for each in typed if each.strip()))
        if len(phrases) > MOST_PHRASES:
            raise forms.ValidationError(f"At most {MOST_PHRASES}; these are {len(phrases)}.")
        for each in phrases:
            if len(each) > LONGEST_PHRASE:
                raise forms.ValidationError(
                    f"“{each[:30]}…” is too long: at most {LONGEST_PHRASE} characters each."
                )
        return phrases


class WholeField(forms.IntegerField):
    """A whole number within bounds; a number outside is refused in the words of its `check`."""

    def __init__(self, within: range, check: Callable[[Any], None], **kwargs: Any) -> None:
        bounds = forms.NumberInput(attrs={"min": within[0], "max": within[-1]})
        super().__init__(widget=bounds, **kwargs)
        self.check = check

    def clean(self, value: Any) -> int | None:
        number: int | None = super().clean(value)
        return fitting(number, self.check)


def fitting(number: int | None, check: Callable[[Any], None]) -> int | None:
    """Give the number, or refuse it as a form does."""
    try:
        check(number)
    except Unfit as error:
        raise forms.ValidationError(str(error)) from None
    return number


def from_to(within: range) -> str:
    """Write bounds in words."""
    return f"from {within[0]:,} to {within[-1]:,}"
