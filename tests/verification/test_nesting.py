"""A page that is nested thousandfold takes no longer to read than another of its size."""

import time

import pytest

from campaigns.verification import pages

MOST_SECONDS = 2.0


@pytest.mark.parametrize("opening", ["<div>", "<ul><li>", "<b>", "<table><tr><td>"])
def test_a_page_that_is_nested_without_end_is_read_as_far_as_it_is_a_page(opening: str) -> None:
    html = "<title>Acorn Widgets Ltd</title><p>LE1 5ET</p>" + opening * (400_000 // len(opening))
    began = time.monotonic()
    leaf = pages.read("https://acorn.example/", html)
    assert time.monotonic() - began < MOST_SECONDS
    assert (leaf.title, leaf.postcodes) == ("Acorn Widgets Ltd", ("LE1 5ET",))


def test_many_things_side_by_side_are_read_to_the_end() -> None:
    html = "<p>One<br>" * 20_000 + "<div><b>two</b></div>" * 5_000 + "<p>LE1 5ET"
    assert pages.read("https://acorn.example/", html).postcodes == ("LE1 5ET",)
