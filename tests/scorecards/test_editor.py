"""The editor of a draft, as a browser without scripts sends it: kept as typed, wrongs named."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from leads.models import Scorecard
from leads.scorecards import cards
from leads.scored import catalogue
from scoring import reading
from scoring.card import FIRST
from tests.factories.own import CustomFieldFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
Form = dict[str, Any]
Reading = Callable[[str, str], Form]


def page(browser: Client, card: Scorecard, query: str = "") -> str:
    answer = browser.get(f"/scorecards/{card.pk}/{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def opened(browser: Client, card: Scorecard, form_of: Reading) -> Form:
    return form_of(browser.get(f"/scorecards/{card.pk}/").content.decode(), "card-form")


def now(card: Scorecard) -> Scorecard:
    return Scorecard.of(card.tenant).select_related("tenant").get(pk=card.pk)


def test_saving_an_untouched_form_changes_nothing(
    ada: Client, draft: Scorecard, form_of: Reading
) -> None:
    form = opened(ada, draft, form_of)
    answer = ada.post(f"/scorecards/{draft.pk}/", form, follow=True)

    assert answer.status_code == 200
    assert now(draft).written == FIRST
    assert now(draft).edition == draft.edition
    assert "Nothing, against the standard card." in answer.content.decode()


def test_what_is_typed_is_saved_and_told(ada: Client, draft: Scorecard, form_of: Reading) -> None:
    typed = {
        "title": "More on vacancies", "hot": "75", "cap_signals": "30", "given_email": "12",
        "source_paid": "2", "industry_construction": "high", "worth_other": "3", "size_3_least":
        "5", "size_3_points": "1", "size_3_name": "Tiny", "semantic": "20", "ideal_least":
        "20", "ideal_jobs": "IT manager, CTO", "ideal_industry": ["healthcare"],
    }  # fmt: skip
    ada.post(f"/scorecards/{draft.pk}/", opened(ada, draft, form_of) | typed)

    card = now(draft)
    assert (card.title, card.edition) == ("More on vacancies", draft.edition + 1)
    assert card.written["sizes"][-1] == [5, 1, "Tiny"]
    text = page(ada, card)
    for said in (
        "Hot from 70 → 75",
        "Signals gives at the most 15 → 30",
        "Points for e-mail address 10 → 12",
        "Paid search or social 10 → 2",
        "Industries of high value: with construction",
        "Industries of medium value: without construction",
        "Points for industries of other value 5 → 3",
        "Points for likeness to customers 30 → 20",
        "Ideal job titles: with IT manager, with CTO",
        "Ideal employees from nothing → 20",
    ):
        assert said in text, said
    assert "It can’t be published yet" not in text


def test_nobody_is_asked_here_for_words_that_closeness_takes_from_its_own_page(
    ada: Client, draft: Scorecard, form_of: Reading
) -> None:
    form = opened(ada, draft, form_of)
    assert "ideal_words" not in form
    assert 'href="/leads/closeness/"' in page(ada, draft)
    # Those of an earlier draft stay with it.
    Scorecard.of(draft.tenant).update(written={**draft.written, "ideal": {"words": "Practices"}})
    ada.post(f"/scorecards/{draft.pk}/", form | {"ideal_words": "Others", "hot": "75"})
    assert now(draft).written["ideal"] == {"words": "Practices"}
    assert now(draft).written["tiers"]["hot"] == 75


def test_the_miles_around_a_place_are_told_from_those_that_hold_without_any(
    ada: Client, draft: Scorecard, form_of: Reading
) -> None:
    form = opened(ada, draft, form_of)
    ada.post(f"/scorecards/{draft.pk}/", form | {"ideal_miles": "0"})
    assert "Miles around the ideal places 25 → 0" in page(ada, draft)
    card = reading.read(now(draft).written, catalogue.of(draft.tenant))
    assert card.ideal.miles == 0


def test_what_is_wrong_with_the_sizes_stands_with_them_and_not_with_the_caps(
    ada: Client, draft: Scorecard, form_of: Reading
) -> None:
    form = opened(ada, draft, form_of)
    ada.post(f"/scorecards/{draft.pk}/", form | {"size_0_points": "many"})
    text = page(ada, draft)
    assert "Company sizes: Give the points as a whole number." in text
    parts = [each.partition('"') for each in text.split('class="card-section" id="')]
    told = {name for name, _, part in parts if "Give the points as a whole number." in part}
    assert "sizes" in told
    assert "groups" not in told


def test_what_makes_no_sense_is_kept_as_typed_and_named_with_its_place(
    ada: Client, draft: Scorecard, form_of: Reading
) -> None:
    typed = {
        "hot": "very", "warm": "80", "weight_0_potential": "50", "grade_B": "95",
        "ideal_places": "LE1 1AA, ZZ99 9ZZ, nonsense", "ideal_least": "50", "ideal_most": "10",
    }  # fmt: skip
    ada.post(f"/scorecards/{draft.pk}/", opened(ada, draft, form_of) | typed)

    text = page(ada, draft)
    assert "It can’t be published yet" in text
    for said in (
        "Tiers: Give from when a lead is hot as a whole number.",
        "Weights: They add up to 135, not to 100.",
        "Grades: Each must begin lower than the one above it.",
        "Ideal customer: From 50 to 10 employees is nobody.",
        "Ideal customer: There is no postcode that begins with ZZ99.",
        "Ideal customer: “NONSENSE”",
    ):
        assert said in text, said
    assert 'name="hot" value="very"' in text
    assert "LE1 1AA, ZZ99 9ZZ, NONSENSE" in text
    assert 'Together: <b class="number">135</b> of 100' in text
    answer = ada.post(f"/scorecards/{draft.pk}/publish/", {"edition": now(draft).edition})
    assert answer.status_code == 422
    assert cards.current(draft.tenant) is None


def test_weights_of_an_industry_are_added_and_taken_away(
    ada: Client, draft: Scorecard, form_of: Reading
) -> None:
    more = {"then": "weights", "another": "healthcare"}
    ada.post(f"/scorecards/{draft.pk}/", opened(ada, draft, form_of) | more)
    weights = now(draft).written["weights"]
    assert weights["healthcare"] == weights[""]

    form = opened(ada, draft, form_of)
    ada.post(f"/scorecards/{draft.pk}/", form | {"weight_1_potential": "14"})
    assert "Weights for healthcare: They add up to 99" in page(ada, draft)
    ada.post(
        f"/scorecards/{draft.pk}/",
        opened(ada, draft, form_of) | {"then": "weightless:healthcare"},
    )
    assert list(now(draft).written["weights"]) == [""]
    assert "It can’t be published yet" not in page(ada, draft)


def test_of_two_who_save_at_once_the_second_loses_nothing(
    ada: Client, cast: Cast, draft: Scorecard, form_of: Reading
) -> None:
    mia = as_person(cast.join("Mia", "manager"))
    hers, adas = opened(mia, draft, form_of), opened(ada, draft, form_of)
    mia.post(f"/scorecards/{draft.pk}/", hers | {"hot": "80"})
    answer = ada.post(f"/scorecards/{draft.pk}/", adas | {"warm": "33", "title": "Mine"})

    text = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Mia saved this draft meanwhile" in text
    assert "(save 2" in text
    assert "you began at save 1" in text
    assert "Hot from 80 → 70" in text
    assert 'name="warm" value="33"' in text
    assert 'value="Mine"' in text
    assert now(draft).written["tiers"] == {"hot": 80, "warm": 40}

    again = form_of(answer.content.decode(), "card-form")
    ada.post(f"/scorecards/{draft.pk}/", again | {"hot": "80"})
    assert now(draft).written["tiers"] == {"hot": 80, "warm": 33}
    assert now(draft).title == "Mine"


def test_what_is_typed_into_one_that_was_published_meanwhile_is_a_new_draft(
    ada: Client, cast: Cast, draft: Scorecard, form_of: Reading
) -> None:
    form = opened(ada, draft, form_of)
    cards.publish(draft, draft.edition, by=cast.ada)
    answer = ada.post(f"/scorecards/{draft.pk}/", form | {"hot": "90"}, follow=True)

    assert "Version 1 was published meanwhile." in answer.content.decode()
    assert now(draft).written["tiers"]["hot"] == 70
    assert Scorecard.of(cast.tenant).get(state="draft").written["tiers"]["hot"] == 90


def test_the_form_holds_what_a_hostile_browser_sends(
    ada: Client, draft: Scorecard, form_of: Reading
) -> None:
    form = opened(ada, draft, form_of)
    huge = {
        "hot": "9" * 5_000, "title": "t\0" * 5_000, "ideal_words": "x" * 90_000,
        "ideal_jobs": '"' * 50_000, "ideal_industry": ["i"] * 200, "edition": "x" * 90,
        "then": "weightless:\0", "another": "a" * 9_000, "weights_0": "b" * 9_000,
    }  # fmt: skip
    for name, value in huge.items():
        answer = ada.post(f"/scorecards/{draft.pk}/", form | {name: value}, follow=True)
        assert answer.status_code in (200, 409), name
        form = opened(ada, draft, form_of)
    many = {f"weight_{each}_x": "1" for each in range(10_000)}
    assert ada.post(f"/scorecards/{draft.pk}/", form | many).status_code == 400


def test_a_rule_on_a_field_that_is_gone_is_named_and_not_published(
    ada: Client, cast: Cast, draft: Scorecard
) -> None:
    field = CustomFieldFactory(tenant=cast.tenant, label="Seats")
    rule = {
        "key": "seats", "name": "Many seats", "group": "signals", "aspect": "growth",
        "points": 5, "when": {"field": field.short, "op": "filled"},
    }  # fmt: skip
    card = cards.save(draft, {**draft.written, "rules": [rule]}, 1, by=cast.ada)
    assert "Seats is known" in page(ada, card)
    field.delete()

    text = page(ada, card)
    assert "Rule 1 (Many seats): It asks about" in text
    assert "Edit the rule, or take it away." in text
    answer = ada.post(f"/scorecards/{card.pk}/publish/", {"edition": card.edition})
    assert answer.status_code == 422
    assert "Leads are scored as before." in answer.content.decode()


def test_only_managers_come_in_and_strangers_find_nothing(cast: Cast, draft: Scorecard) -> None:
    paths = ["", "rule/", "publish/", "preview/"]
    for path in paths:
        assert as_person(cast.ben).get(f"/scorecards/{draft.pk}/{path}").status_code == 403
        assert as_person(cast.charlie).get(f"/scorecards/{draft.pk}/{path}").status_code == 404
    for path in ("", "rule/", "publish/", "discard/", "back/", "preview/"):
        assert as_person(cast.ben).post(f"/scorecards/{draft.pk}/{path}").status_code == 403
        assert as_person(cast.charlie).post(f"/scorecards/{draft.pk}/{path}").status_code == 404
    refused = as_person(cast.ben).get("/scorecards/")
    assert refused.status_code == 403
    assert "As a rep you may not look at scorecards or change them." in refused.content.decode()
    assert as_person(cast.ben).post("/scorecards/draft/").status_code == 403
    assert now(draft).state == "draft"
