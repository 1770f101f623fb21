"""The form of one rule: conditions added by buttons, joined by all or any, or per happening."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from leads.models import Scorecard
from leads.scorecards import cards
from scoring.card import FIRST
from scoring.problems import Wrong
from tests.factories.own import CustomFieldFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
Form = dict[str, Any]
Reading = Callable[[str, str], Form]
NAMED = {"name": "Big and hiring", "points": "6", "group": "signals", "kind": "when"}


def post(browser: Client, card: Scorecard, form: Form, key: str = "") -> Any:
    path = f"/scorecards/{card.pk}/rule/" + (f"?key={key}" if key else "")
    return browser.post(path, {"then": "save"} | form)


def rules(card: Scorecard) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Scorecard.of(card.tenant).get(pk=card.pk).written["rules"]
    return found


def test_a_rule_is_made_by_buttons_alone(
    ada: Client, cast: Cast, draft: Scorecard, form_of: Reading
) -> None:
    own = CustomFieldFactory(tenant=cast.tenant, label="Region", kind="choice", choices="N\nS")
    form: Form = form_of(ada.get(f"/scorecards/{draft.pk}/rule/").content.decode(), "rule-form")

    def press(then: str, **typed: Any) -> None:
        nonlocal form
        answer = post(ada, draft, form | typed | {"then": then})
        assert answer.status_code == 200
        form = form_of(answer.content.decode(), "rule-form")

    press("look", **NAMED, c0_0_field="employees")
    press("add:0", c0_0_op="atleast")
    press("look", c0_0_value="1,000", c0_1_field="event:replied")
    press("group", c0_1_value="2", c0_1_within="30", join_0="any")
    press("look", c1_0_field=own.short)
    press("look", c1_0_op="is")
    press("add:1", c1_0_choice=["N", "S"])
    press("drop:1:1")
    assert rules(draft) == FIRST["rules"]
    answer = post(ada, draft, form)

    assert answer.status_code == 302
    assert answer.url == f"/scorecards/{draft.pk}/?open=rules#rules"
    made = rules(draft)[-1]
    assert made.pop("key")
    assert made == {
        "name": "Big and hiring", "group": "signals", "aspect": "growth", "points": 6,
        "when": {"all": [
            {"any": [
                {"field": "employees", "op": "atleast", "value": 1000},
                {"event": "replied", "op": "atleast", "value": 2, "within": 30},
            ]},
            {"field": own.short, "op": "is", "value": ["N", "S"]},
        ]},
    }  # fmt: skip
    text = unescape(ada.get(f"/scorecards/{draft.pk}/").content.decode())
    said = "(Employees is at least 1,000 or 2 replies or more in the last 30 days) and Region is"
    assert said in text
    assert "It can’t be published yet" not in text


def test_every_rule_of_the_standard_card_is_the_same_after_its_form(
    ada: Client, draft: Scorecard, form_of: Reading
) -> None:
    edition = draft.edition
    for rule in FIRST["rules"]:
        path = f"/scorecards/{draft.pk}/rule/?key={rule['key']}"
        form = form_of(ada.get(path).content.decode(), "rule-form")
        assert ada.post(path, form | {"then": "save"}).status_code == 302
    assert rules(draft) == FIRST["rules"]
    assert Scorecard.of(draft.tenant).get(pk=draft.pk).edition == edition


def test_a_rule_for_each_happening(ada: Client, draft: Scorecard) -> None:
    form = {
        "edition": "1", "name": "Meetings", "points": "7", "group": "engagement",
        "kind": "event", "event": "meeting", "most": "21", "fades": "60",
    }  # fmt: skip
    assert post(ada, draft, form).status_code == 302
    made = rules(draft)[-1]
    assert (made["event"], made["most"], made["fades"], "when" in made) == (
        "meeting",
        21,
        60,
        False,
    )
    assert (
        "21 at the most, faded in 60 days" in ada.get(f"/scorecards/{draft.pk}/").content.decode()
    )
    told = unescape(ada.get(f"/scorecards/{draft.pk}/publish/").content.decode())
    assert "Rule “Meetings” added: +7 for each meeting; 21 at the most, faded in 60 days" in told


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Give the rule a name."),
        ({"points": "many"}, "Give the points as a whole number."),
        ({"points": "0"}, "It gives no points"),
        ({"points": "1000"}, "Give the points between -100 and 100."),
        ({"group": "nonsense"}, "Choose the group that it belongs to."),
        ({"c0_0_field": ""}, "A condition is missing."),
        ({"c0_0_field": "f_gone"}, "“f_gone”, which is not there (any more)."),
        ({"c0_0_op": ""}, "Choose how employees is compared."),
        ({"c0_0_op": "has"}, "Choose how employees is compared."),
        ({"c0_0_value": "lots"}, "Give employees as a number."),
        ({"kind": "event", "event": "x"}, "Choose what happens from the list."),
        ({"kind": "event", "event": "replied", "fades": "-3"}, "Give the days in which it fades"),
        ({f"c0_{each}_field": "email" for each in range(30)}, "20 are the most."),
    ],
)
def test_what_makes_no_sense_is_said_and_what_was_typed_is_kept(
    ada: Client, draft: Scorecard, typed: Form, said: str
) -> None:
    sound = NAMED | {
        "edition": "1", "c0_0_field": "employees", "c0_0_op": "atleast", "c0_0_takes": "number",
        "c0_0_value": "100",
    }  # fmt: skip
    answer = post(ada, draft, sound | typed)
    text = unescape(answer.content.decode())

    assert answer.status_code == 422
    assert said in text
    assert f'name="name" value="{typed.get("name", NAMED["name"])}"' in text
    assert rules(draft) == FIRST["rules"]


def test_all_that_is_wrong_is_said_at_once_each_at_its_field(ada: Client, draft: Scorecard) -> None:
    form = {
        "edition": "1", "name": "", "points": "1000", "group": "", "aspect": "nonsense",
        "kind": "event", "event": "", "most": "0", "fades": "never",
    }  # fmt: skip
    text = unescape(post(ada, draft, form).content.decode())
    at = {
        "name": "Give the rule a name.",
        "points": "Give the points between -100 and 100.",
        "group": "Choose the group that it belongs to.",
        "aspect": "Choose the aspect under which it is read.",
        "event": "Choose what happens from the list.",
        "most": "Give the points at the most between 1 and 100.",
        "fades": "Give the days in which it fades as a whole number.",
    }
    for name, said in at.items():
        box = text.partition(f'name="{name}"')[2].partition("</div>")[0]
        field = text.partition(f'name="{name}"')[0].rpartition("<")[2] + box.partition(">")[0]
        assert f'aria-invalid="true" aria-describedby="{name}-error"' in field, name
        told = text.partition(f'id="{name}-error"')[2].partition("</p>")[0]
        assert said in told, name
        assert text.count(said) == 1
    assert rules(draft) == FIRST["rules"]

    sound = NAMED | {"edition": "1", "points": "", "c0_0_field": "employees"}
    text = unescape(post(ada, draft, sound).content.decode())
    assert "Give the points as a whole number." in text.partition('id="points-error"')[2]
    assert "<b>Conditions:</b> Choose how employees is compared." in text
    assert text.count('aria-invalid="true"') == 1


def test_a_rule_is_put_into_what_a_colleague_saved(
    ada: Client, cast: Cast, draft: Scorecard, form_of: Reading
) -> None:
    mia = as_person(cast.join("Mia", "manager"))
    whole = {
        "edition": "1", "c0_0_field": "email", "c0_0_op": "filled",
    } | NAMED  # fmt: skip
    assert post(mia, draft, whole | {"name": "Hers"}).status_code == 302
    answer = post(ada, draft, whole | {"name": "Adas"})

    assert answer.status_code == 409
    assert "Mia saved this draft meanwhile" in unescape(answer.content.decode())
    again = form_of(answer.content.decode(), "rule-form")
    assert post(ada, draft, again).status_code == 302
    assert [each["name"] for each in rules(draft)[-2:]] == ["Hers", "Adas"]


def test_ten_thousand_rules_are_refused_and_the_draft_stays(
    ada: Client, cast: Cast, draft: Scorecard
) -> None:
    many = [{**FIRST["rules"][0], "key": str(each)} for each in range(10_000)]
    with pytest.raises(Wrong, match="There are 10,000 rules; 300 are the most"):
        cards.save(draft, {**draft.written, "rules": many}, 1, by=cast.ada)
    cards.save(draft, {**draft.written, "rules": many[:300]}, 1, by=cast.ada)

    full = NAMED | {"edition": "2", "c0_0_field": "email", "c0_0_op": "filled"}
    answer = post(ada, draft, full)
    assert answer.status_code == 422
    assert "There are 301 rules; 300 are the most." in answer.content.decode()
    posted = full | {f"c0_{each}_field": "email" for each in range(10_000)}
    assert post(ada, draft, posted).status_code == 400
    assert len(rules(draft)) == 300


def test_a_rule_is_taken_away(ada: Client, draft: Scorecard, form_of: Reading) -> None:
    form = form_of(ada.get(f"/scorecards/{draft.pk}/").content.decode(), "card-form")
    answer = ada.post(f"/scorecards/{draft.pk}/", form | {"then": "drop:hiring"}, follow=True)

    assert "hiring" not in [each["key"] for each in rules(draft)]
    assert "Rule “Advertises vacancies” taken away" in unescape(answer.content.decode())
    assert ada.get(f"/scorecards/{draft.pk}/rule/?key=hiring").status_code == 404
