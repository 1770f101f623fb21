"""The same of the administration, with a row of each model."""

import pytest

from tests.browser.looking import look_twice
from tests.browser.pages import Pages

SPACES = ("admin:", "why:")
VERBS = ("_changelist", "_add", "_change", "_delete", "_history")


@pytest.mark.parametrize("verb", VERBS)
def test_of_each_model(pages: Pages, verb: str) -> None:
    # The same few templates, one model after the other.
    pages.check(lambda name: name.startswith(SPACES) and name.endswith(verb), by=look_twice)


def test_of_whatever_belongs_to_no_model(pages: Pages) -> None:
    pages.check(lambda name: name.startswith(SPACES) and not name.endswith(VERBS))
