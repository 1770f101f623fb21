"""Floors of precision and recall on the labelled pages; see `labelled/README.md`."""

import pytest

from tests.extraction import measuring, sites
from tests.extraction.measuring import Read, Score

FLOORS = {
    "phone": (0.97, 0.85),
    "postcode": (0.97, 0.85),
    "company_number": (0.97, 0.85),
    "email": (0.97, 0.9),
}
# Of the whole websites, half of which no rule was made by.
SITE_FLOORS = FLOORS | {"phone": (0.94, 0.95), "postcode": (0.92, 0.94)}


@pytest.fixture(scope="module")
def every() -> list[Read]:
    return measuring.read(measuring.pages())


@pytest.fixture(scope="module")
def scores(every: list[Read]) -> dict[str, Score]:
    return measuring.scores(every)


@pytest.fixture(scope="module")
def fresh(every: list[Read]) -> dict[str, Score]:
    """Of the pages that are harder on purpose, which the others must not make up for."""
    return measuring.scores(each for each in every if each.is_fresh)


@pytest.mark.parametrize("field", FLOORS)
def test_what_is_read_is_right_and_hardly_anything_is_missed(
    scores: dict[str, Score], field: str
) -> None:
    precision, recall = FLOORS[field]
    assert scores[field].precision >= precision
    assert scores[field].recall >= recall


@pytest.mark.parametrize("field", FLOORS)
def test_hard_pages_are_read_as_well(fresh: dict[str, Score], field: str) -> None:
    precision, recall = FLOORS[field]
    assert fresh[field].precision >= precision
    assert fresh[field].recall >= recall


def test_whatever_is_told_stands_in_the_text_of_its_page(every: list[Read]) -> None:
    unproved = [
        (each.labelled.label["file"], told)
        for each in every
        for told in each.page.told
        if told.quote not in each.page.text
    ]
    assert unproved == []


def test_pages_that_are_nobodys_tell_of_nobody(every: list[Read]) -> None:
    for each in every:
        if each.labelled.label["state"] in ("parked", "empty"):
            about = [told for told in each.page.told if told.field != "technologies"]
            assert about == [], each.labelled.label["file"]


@pytest.fixture(scope="module")
def whole() -> dict[str, Score]:
    return sites.scores(sites.read())


@pytest.mark.parametrize("field", FLOORS)
def test_whole_websites_are_read_as_one(whole: dict[str, Score], field: str) -> None:
    precision, recall = SITE_FLOORS[field]
    assert whole[field].precision >= precision
    assert whole[field].recall >= recall
