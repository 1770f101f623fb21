"""What a line of the receipt says that a rule saw."""

import pytest

from tests.scoring.test_points import line

NOT_OVERDUE = "Accounts are not overdue"


@pytest.mark.parametrize(
    ("overdue", "worth", "saw"),
    [(False, 2, "yes"), (True, 0, "not as far as is known"), (None, 0, "not as far as is known")],
)
def test_it_speaks_of_the_condition_and_not_of_the_value(
    overdue: bool | None, worth: int, saw: str
) -> None:
    assert line(NOT_OVERDUE, is_late_with_accounts=overdue) == (worth, saw)


def test_words_that_it_saw_are_said() -> None:
    _, saw = line("Its technologies are known", technologies=["Drupal", "Google Analytics"])

    assert saw == "Drupal, Google Analytics"
