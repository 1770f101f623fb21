"""What is called better, and where nothing is claimed."""

import pytest

from campaigns import better
from campaigns.better import NO_DIFFERENCE, Sample


def sample(size: int, *values: float) -> Sample:
    """So many in all, of which these are not 0."""
    return Sample(size, sum(values), sum(value * value for value in values))


def test_of_few_it_says_how_many_they_are() -> None:
    few = better.share(Sample(200, 90), Sample(12, 1), "found")
    assert (few.better, few.sentence) == (
        "",
        "Too few to tell: 200 and 12 found, 30 each are needed",
    )
    assert better.mean(sample(5, 90), sample(5), "leads").better == ""
    assert better.price(Sample(5, 10), Sample(50, 10), "new leads").better == ""


@pytest.mark.parametrize(
    ("a", "b", "claimed"),
    [(60, 40, "a"), (40, 60, "b"), (52, 48, ""), (50, 50, ""), (0, 0, ""), (100, 100, "")],
)
def test_a_larger_share_is_better_unless_chance_may_have_done_it(
    a: int, b: int, claimed: str
) -> None:
    assert better.share(Sample(100, a), Sample(100, b), "found").better == claimed


def test_of_what_is_bad_the_smaller_share_is_better() -> None:
    claim = better.share(Sample(100, 60), Sample(100, 40), "found", is_good=False)
    assert (claim.better, claim.sentence) == ("b", "B is better")


def test_a_higher_mean_is_better_unless_the_values_scatter() -> None:
    steady, low = sample(40, *[50] * 40), sample(40, *[45] * 40)
    assert better.mean(steady, low, "leads").better == "a"
    wild = sample(40, *[0, 100] * 20)
    assert better.mean(wild, low, "leads").sentence == NO_DIFFERENCE


def test_the_cheaper_is_better_and_free_is_cheapest() -> None:
    assert better.price(Sample(100, 500), Sample(100, 1000), "new leads").better == "a"
    assert better.price(Sample(100, 500), Sample(100, 510), "new leads").better == ""
    assert better.price(Sample(100, 0), Sample(100, 10), "new leads").better == "a"
    assert better.price(Sample(0, 0), Sample(0, 0), "new leads") == better.NONE
