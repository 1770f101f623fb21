"""What a campaign may ask for, and the sentence for each thing it may not."""

from typing import Any

import pytest

from campaigns import criteria, kinds
from crm.places.postcode import NotAPostcode
from tests.people import Cast, as_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]
GOOD = {"postcode": "LE1 1AA", "miles": 15, "max_results": 100}
# What a person writes, and a part of the sentence that comes back.
BAD = [
    ({"postcode": "ZZ99 9ZZ"}, "There is no postcode that begins with ZZ99."),
    ({"postcode": "LE1"}, "LE1 is only the first half of a postcode."),
    ({"postcode": "JE2 3AB"}, "JE2 3AB is in Jersey."),
    ({"postcode": "GY1 1AA"}, "GY1 1AA is in Guernsey."),
    ({"postcode": "IM1 1AA"}, "IM1 1AA is in the Isle of Man."),
    ({"miles": 0}, "The radius is from 1 to 200 miles; 0 is outside that."),
    ({"miles": 201}, "The radius is from 1 to 200 miles; 201 is outside that."),
    ({"max_results": 0}, "The maximum is from 1 to 500; 0 is outside that."),
    ({"max_results": 501}, "The maximum is from 1 to 500; 501 is outside that."),
]


def check(**wanted: Any) -> criteria.Criteria:
    return criteria.check(kinds.get("healthcare"), **(GOOD | wanted))


@pytest.mark.parametrize(("wanted", "sentence"), BAD)
def test_a_criterion_out_of_bounds_gets_its_sentence(wanted: dict[str, Any], sentence: str) -> None:
    with pytest.raises((criteria.Unfit, NotAPostcode)) as refused:
        check(**wanted)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(("wanted", "sentence"), BAD)
@pytest.mark.parametrize("step", ["preview", "launch"])
def test_the_wizard_says_the_same_sentence_and_creates_nothing(
    cast: Cast, wanted: dict[str, Any], sentence: str, step: str
) -> None:
    ben = as_person(cast.ben)
    asked = GOOD | wanted
    if step == "preview":
        answer = ben.get("/campaigns/new/healthcare/preview/", asked)
    else:
        token = "0195f3a0-0000-7000-8000-000000000000"
        answer = ben.post(
            "/campaigns/launch/", asked | {"kind": "healthcare", "launch_token": token}
        )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ben.get("/campaigns/").context["page"]


@pytest.mark.parametrize("asked", ["", "x" * 400, "<script>", "15", "LE1 1AA; DROP TABLE"])
def test_nonsense_for_a_postcode_is_answered_in_words(cast: Cast, asked: str) -> None:
    answer = as_person(cast.ben).get(
        "/campaigns/new/healthcare/preview/", GOOD | {"postcode": asked}
    )
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode().replace('<script src="', "")


@pytest.mark.parametrize("field", ["miles", "max_results"])
@pytest.mark.parametrize("asked", ["", "many", "1.5", "9" * 40, "-3"])
def test_nonsense_for_a_number_is_answered_in_words(cast: Cast, field: str, asked: str) -> None:
    answer = as_person(cast.ben).get("/campaigns/new/healthcare/preview/", GOOD | {field: asked})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "wanted", [{"miles": 1}, {"miles": 200}, {"max_results": 1}, {"max_results": 500}]
)
def test_the_bounds_themselves_are_fine(wanted: dict[str, int]) -> None:
    assert check(**wanted).postcode == "LE1 1AA"


@pytest.mark.parametrize("written", ["le11aa", "LE11AA", " le1  1aa ", "Le1 1aA"])
def test_the_same_place_written_otherwise_is_the_same_campaign(written: str) -> None:
    assert check(postcode=written).fingerprint == check().fingerprint


@pytest.mark.parametrize(
    "wanted", [{"miles": 16}, {"max_results": 101}, {"postcode": "LE1 1AB"}, {"extra": {"x": "y"}}]
)
def test_other_criteria_are_another_campaign(wanted: dict[str, Any]) -> None:
    assert check(**wanted).fingerprint != check().fingerprint


def test_a_radius_of_one_is_a_mile() -> None:
    near = criteria.check(kinds.get("healthcare"), postcode="LE1 1AA", miles=1, max_results=5)
    assert near.name == "Healthcare within 1 mile of LE1 1AA"
