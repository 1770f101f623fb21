"""Whose the labelled pages are: never taken from their own organisation, hardly ever given away."""

import random

import pytest

from enrichment import whose
from enrichment.whose import Ours, Stranger
from tests.extraction import measuring
from tests.extraction.measuring import Read

pytestmark = pytest.mark.django_db
OTHERS = 6


@pytest.fixture(scope="module")
def named() -> list[Read]:
    """The pages that name somebody."""
    every = measuring.read(measuring.pages())
    return [each for each in every if each.labelled.label["company"]]


def judge(read: Read, name: str) -> Stranger | None:
    """Say whose a page is to an organisation of which no more than its name is known."""
    page, url = read.page, read.labelled.fetched.url
    return whose.stranger(page.told, [page.text], [url], Ours([name]))


def test_no_page_is_taken_from_its_own_organisation(named: list[Read]) -> None:
    alarms = [
        (each.labelled.label["file"], name)
        for each in named
        for name in _spelt(each)
        if judge(each, name) is not None
    ]
    assert alarms == []


def test_nearly_all_others_find_that_a_page_is_not_theirs(named: list[Read]) -> None:
    drawn = random.Random(3)
    pairs = [
        (each, other.labelled.label["company"])
        for each in named
        for other in drawn.sample([one for one in named if one is not each], OTHERS)
    ]
    caught = sum(judge(each, name) is not None for each, name in pairs)
    assert caught / len(pairs) >= 0.95


def _spelt(read: Read) -> list[str]:
    """Give its names as a person, or a register, would write them."""
    label = read.labelled.label
    given = [name for name in (label["company"], label["legal_name"]) if name]
    return [*given, *(f"{name.upper()} LIMITED" for name in given)]
