"""What a line of the receipt says that a rule saw."""

import pytest

from scoring import conditions
from scoring.catalogue import OWN
from tests.scoring.test_points import FACTS, line

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


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "1 day"), (30, "30 days"), (365, "12 months"), (1_095, "3 years"), (1_000, "1,000 days")],
)
def test_a_length_of_time_is_said_as_people_do(days: int, said: str) -> None:
    young = {"field": "incorporated_on", "op": "within", "value": days}
    made = conditions.read(young, OWN | FACTS, "A rule")

    assert (made.said, made.wish) == (f"incorporated_on in the last {said}",) * 2
