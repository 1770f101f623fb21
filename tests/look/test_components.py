"""The template tags: what they say aloud, and that they never let markup through."""

from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

EVIL = '<script>alert("x")</script>'


def draw(source: str, **context: Any) -> str:
    return Template("{% load look %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{% badge evil %}",
        "{% tier evil %}",
        "{% score 5 evil %}",
        "{% stage stage %}",
        "{% avatar person %}",
        "{% stat evil evil href=evil hint=evil %}",
        "{% button evil href=evil title=evil %}",
        "{% progress 1 2 evil %}",
        "{% panel evil %}{{ evil }}{% endpanel %}",
        "{% empty evil %}{{ evil }}{% endempty %}",
        "{% page_header evil lead=evil back=evil back_label=evil %}{{ evil }}{% endpage_header %}",
    ],
)
def test_no_markup_gets_through(source: str) -> None:
    stage = SimpleNamespace(kind=EVIL, name=EVIL)
    person = SimpleNamespace(name=EVIL, email=EVIL)
    html = draw(source, evil=EVIL, stage=stage, person=person)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_score_is_a_number_in_words_and_in_a_ring() -> None:
    html = draw('{% score 72 "hot" %}')
    assert 'title="Score 72 of 100, hot"' in html
    assert 'stroke-dasharray="72 100"' in html


def test_an_unknown_score_is_not_zero() -> None:
    html = draw('{% score None "cold" %}')
    assert "Score unknown" in html
    assert ">0<" not in html


def test_nobody_yet_has_an_avatar_that_says_so() -> None:
    assert 'aria-label="No owner yet"' in draw("{% avatar None %}")


def test_an_icon_that_does_not_exist_is_a_circle() -> None:
    assert "<circle" in draw('{% icon "no-such-icon" %}')


def test_a_button_with_an_address_is_a_link() -> None:
    assert draw('{% button "Open" href="/x/" %}').startswith('<a class="button" href="/x/"')
    assert 'type="submit"' in draw('{% button "Send" %}')
    assert 'hx-get="/y/"' in draw('{% button "More" href="/x/" hx_get="/y/" %}')


class Form(forms.Form):
    miles = forms.IntegerField(help_text="From 1 to 200.")
    agreed = forms.BooleanField(required=False)


def test_a_field_points_at_its_hint_and_its_error() -> None:
    html = draw("{% field form.miles %}", form=Form({"miles": "far"}))
    assert 'aria-describedby="id_miles-hint id_miles-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_miles-error"' in html
    assert "Enter a whole number." in html


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "(optional)" not in draw("{% field form.miles %}", form=Form())
    html = draw("{% field form.agreed %}", form=Form())
    assert 'class="check"' in html


def test_the_funnel_has_its_numbers_in_a_table_too() -> None:
    stage = SimpleNamespace(name="Lead", kind="lead")
    steps = [SimpleNamespace(stage=stage, count=count, value_pence=0) for count in (1200, 0)]
    html = draw("{% funnel_chart steps %}", steps=steps)
    assert "100%" in html
    assert "1,200" in html
    assert 'width="0.6"' in html  # an empty stage keeps a hairline


def test_the_funnel_of_an_empty_company_divides_by_nothing() -> None:
    stage = SimpleNamespace(name="Lead", kind="lead")
    steps = [SimpleNamespace(stage=stage, count=0, value_pence=None)]
    assert "0%" in draw("{% funnel_chart steps %}", steps=steps)
    assert "<table" in draw("{% funnel_chart steps %}", steps=[])


def test_columns_are_as_high_as_their_part_of_the_busiest_minute() -> None:
    minutes = [
        SimpleNamespace(done=done, failed=failed) for done, failed in ((0, 0), (60, 20), (1, 0))
    ]
    html = draw('{% columns_chart minutes "An hour" %}', minutes=minutes)
    assert 'viewBox="0 0 3 100"' in html
    assert 'aria-label="An hour"' in html
    assert html.count("<rect") == 3
    assert '<rect class="column-done" x="1.1" y="27.2" width="0.8" height="72.8"/>' in html
    # What failed stands on what was done.
    assert '<rect class="column-failed" x="1.1" y="3.0" width="0.8" height="24.2"/>' in html
    # A little is seen too.
    assert 'height="1.5"' in html


def test_columns_of_nothing_divide_by_nothing() -> None:
    assert "<rect" not in draw('{% columns_chart minutes "An hour" %}', minutes=[])
