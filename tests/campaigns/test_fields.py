"""Numbers within bounds: one place says them to the browser, the check and the reader."""

import pytest
from django import forms

from campaigns import criteria, kinds, words
from campaigns.fields import WholeField, from_to
from campaigns.forms import CriteriaForm

BOUNDS = {
    "miles": criteria.MILES,
    "max_results": criteria.MAXIMUM,
    "min_employees": criteria.PEOPLE,
    "max_employees": criteria.PEOPLE,
    "min_score": criteria.POINTS,
}


def form(**given: str) -> CriteriaForm:
    asked = {"miles": "15", "max_results": "100"} | given
    return CriteriaForm(asked, kind=kinds.get("healthcare"))


@pytest.mark.parametrize("name", BOUNDS)
def test_a_number_is_taken_from_bound_to_bound(name: str) -> None:
    least, most = BOUNDS[name][0], BOUNDS[name][-1]
    for number in (least, most):
        taken = form(**{name: str(number)})
        assert not taken.errors
        assert taken.cleaned_data[name] == number
    for number in (least - 1, most + 1):
        [said] = form(**{name: str(number)}).errors[name]
        assert f"{least:,} to " in said
        assert f"{number} is outside that." in said
    [said] = form(**{name: "many"}).errors[name]
    assert said == "Enter a whole number."
    attributes = form()[name].as_widget()
    assert f'min="{least}"' in attributes
    assert f'max="{most}"' in attributes


def test_what_may_be_left_open_is_and_what_may_not_is_asked_for() -> None:
    taken = form(min_employees="", max_employees="", min_score="")
    assert not taken.errors
    assert taken.cleaned_data["min_employees"] is None
    refused = form(miles="", max_results="")
    assert refused.errors["miles"] == ["Give a radius from 1 to 200 miles."]
    assert refused.errors["max_results"] == ["Give a maximum from 1 to 500."]


def test_a_check_speaks_for_itself() -> None:
    def check(number: int | None) -> None:
        if number != 7:
            raise criteria.Unfit("Only seven will do.")

    field = WholeField(range(1, 1_001), check)
    assert field.clean("7") == 7
    with pytest.raises(forms.ValidationError, match="Only seven"):
        field.clean("8")
    assert from_to(range(1, 1_001)) == "from 1 to 1,000"


def test_options_are_what_goes_beyond_kind_circle_and_maximum() -> None:
    kind = kinds.get("healthcare")
    plain = criteria.Criteria(kind=kind, postcode="LE1 1AA", miles=7, max_results=30)
    assert words.options(plain) == []
    more = criteria.Criteria(
        kind=kind, postcode="LE1 1AA", miles=7, max_results=30, min_score=40, credits_most=5
    )
    assert {fact.label for fact in words.options(more)} == {"Lowest score", "Credits"}
