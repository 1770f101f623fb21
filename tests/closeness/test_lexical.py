"""The embedding that needs nobody: what is alike lies close, and nothing that is sent hurts it."""

import math
import random
import time
from array import array

import pytest

from crm.registers import sic
from scoring.closeness import lexical, shared
from scoring.closeness.words import MOST_LETTERS


def vector(text: str) -> "array[float]":
    found = lexical.embed(text)
    assert found is not None
    return found


def likeness(one: str, other: str) -> float:
    return sum(a * b for a, b in zip(vector(one), vector(other), strict=True))


@pytest.mark.parametrize(
    ("this", "near", "far"),
    [
        # Of official vocabularies and places, in other words than one another.
        ("Whitworth Precision. Machining of castings. Oldham OL1",
         "Hale Engineering. Manufacture of machine tools. Rochdale OL16",
         "Sunny Days Nursery. Child day-care activities. Truro TR1"),
        ("Restaurant or café in Leeds", "Licensed restaurants, LS2", "MOT garage in Leeds"),
        ("62020", "Information technology consultancy activities", "Growing of rice"),
        ("Farms and growers", "Growing of cereals", "Banks"),
        ("Dentist in Leicester", "Dental practice activities", "Banks in Leicester"),
    ],
)  # fmt: skip
def test_what_means_the_same_lies_closer_than_what_does_not(this: str, near: str, far: str) -> None:
    assert likeness(this, near) > likeness(this, far) + 0.1


def test_places_near_each_other_are_alike_and_far_ones_are_not() -> None:
    assert likeness("LE1", "LE2") > likeness("LE1", "AB10") + 0.1
    assert likeness("LE1", "NG1") > likeness("LE1", "AB10") + 0.1
    assert likeness("Leicester", "LE1") > likeness("Leicester", "LS1") + 0.1


def test_the_same_text_is_the_same_vector_in_whatever_process() -> None:
    text = "Quay Dental Practice\nDentist\nhealthcare\nLeicester LE1"
    found = vector(text)
    assert len(found) == lexical.SIZE == 256
    assert math.isclose(math.fsum(each * each for each in found), 1, abs_tol=1e-5)
    # Who changes what comes out has to count the version up, so that all is embedded anew.
    assert lexical.MODEL == "lexical-1"
    told = [round(each, 3) for each in found if each][:4]
    assert told == PINNED


PINNED = [-0.271, -0.073, 0.129, 0.146]


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "…", "Ltd & Co", "the of and", "日本"])
def test_a_text_that_says_nothing_has_no_vector(text: str) -> None:
    assert lexical.embed(text) is None


def test_a_text_of_a_megabyte_is_cut_and_takes_no_time() -> None:
    began = time.perf_counter()
    rest = " ".join(f"word{n}" for n in range(120_000))
    start = "dental practice " * (MOST_LETTERS // 16)
    assert vector(start + rest) == vector(start)
    assert lexical.embed("a" * 1_000_000) is None
    vector("é’ '" * 250_000 + "x")
    vector("dentist " + "1" * 999_000)
    assert time.perf_counter() - began < 2


def test_even_a_busy_machine_embeds_a_thousand_organisations_a_second() -> None:
    draw = random.Random(7)
    codes = list(sic.codes().values())
    texts = [
        f"{draw.choice(['Quay', 'Hale', 'Moor'])} {n} Ltd\n{draw.choice(codes)}\n"
        f"{draw.choice(codes)}\nLeeds LS{draw.randint(1, 29)}"
        for n in range(3_000)
    ]
    for text in texts[:500]:
        lexical.embed(text)
    began = time.process_time()
    for text in texts[500:]:
        lexical.embed(text)
    assert 2_500 / (time.process_time() - began) > 1_000


def test_what_two_have_in_common_is_said_in_their_words() -> None:
    this = "Quay Dental Practice\nDentist\nImplants, whitening\nLeicester LE1"
    other = "Harbour Dentists\nDentist\nWhitening and check-ups\nLeicester LE2"
    said = shared.words_of(this, other)
    assert said == ["Dental", "whitening", "Leicester"]
    assert shared.words_of(this, "Growing of rice") == []
