"""What becomes of a question: not yet, an answer, or a sentence that says why there is none."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from crm.ai import ai
from crm.credits import prices
from crm.outside import errors
from tests.ai.responses import (
    FOUND,
    IDENT,
    error,
    message,
    refusal,
    response,
    search,
    told,
)
from tests.ai.vendor import Vendor

pytestmark = pytest.mark.django_db
GET = f"GET /responses/{IDENT}"
Look = Callable[..., Any]


@pytest.mark.parametrize("status", ["queued", "in_progress"])
def test_an_answer_that_is_not_there_yet_is_waited_for(look: Look, status: str) -> None:
    assert look(response(status), started_at=timezone.now()) == ai.Pending(status)


def test_an_answer_carries_what_must_be_known_of_it(look: Look) -> None:
    answer = look(told())

    assert answer.data == FOUND
    assert answer.model == "gpt-5.6-terra"
    assert answer.prompt_hash == "cafe"
    assert answer.searches == 1
    assert answer.usage == ai.Usage(taken=10_000, cached=1_000, given=2_000, thought=500)
    assert answer.dropped == 0
    assert answer.kept()["pages"] == ["https://fern.example/contact?utm_source=openai"]


def test_an_answer_costs_its_tokens_and_its_searches(look: Look) -> None:
    answer = look(told())

    tokens = prices.answer("gpt-5.6-terra", taken=10_000, cached=1_000, given=2_000)
    assert answer.cost_micros == tokens + prices.vendor("openai", "web_search")
    assert answer.cost_micros > 0


def test_a_model_by_its_full_name_costs_what_it_costs_by_its_short_one(look: Look) -> None:
    short = look(told())

    dated = look(told(model="gpt-5.6-terra-2026-07-09"))

    assert dated.cost_micros == short.cost_micros


def test_pages_that_were_read_or_cited_are_sources_and_no_others(look: Look) -> None:
    answer = look(told(cited=["https://www.yell.example/it/leicester/?utm_source=openai"]))

    assert answer.page("http://www.fern.example/contact/")
    assert answer.page("yell.example/it/leicester#top")
    assert not answer.page("https://fern.example/")
    assert not answer.page("https://fern.example/contact/made-up")
    assert not answer.page("https://invented.example/contact")
    assert answer.page("fern.example/contact").startswith("https://fern.example/contact")
    assert answer.page("https://fern.example/") == ""
    assert set(answer.pages) == {"fern.example/contact", "yell.example/it/leicester"}


def test_an_answer_without_citations_has_no_sources(look: Look) -> None:
    answer = look(response(output=[message('{"organisations": []}', [])]))

    assert set(answer.pages) == set()
    assert answer.searches == 0
    assert not answer.page("https://fern.example/")


def test_sources_that_are_no_pages_are_passed_over(look: Look) -> None:
    weather = {"type": "search", "sources": [{"type": "api", "name": "oai-weather"}, None]}
    call = {"id": "ws_1", "type": "web_search_call", "status": "completed", "action": weather}

    answer = look(response(output=[call, message('{"organisations": []}', [])]))

    assert set(answer.pages) == set()
    assert answer.searches == 1


def test_the_final_answer_counts_and_not_what_was_said_on_the_way(look: Look) -> None:
    output = [
        message("Let me look.", [], phase="commentary"),
        search([]),
        message('{"organisations": []}', [], phase="final_answer"),
    ]

    assert look(response(output=output)).data == {"organisations": []}


def test_what_does_not_fit_the_form_is_dropped_and_counted(look: Look) -> None:
    fern = FOUND["organisations"][0]
    odd = [fern, {**fern, "name": 7}, {"name": "Half"}, "Text", {**fern, "note": "more"}]

    answer = look(told({"organisations": odd, "comment": "I found many."}))

    assert answer.data == {"organisations": [fern, fern]}
    assert answer.dropped == 5


def test_characters_that_no_database_holds_are_left_out(look: Look) -> None:
    text = '{"organisations": [{"name": "Fe\\u0000rn\\ud800", "website": null, "source_urls": []}]}'

    (organisation,) = look(told(text)).data["organisations"]

    assert organisation["name"] == "Fern"


@pytest.mark.parametrize(
    "text",
    ['{"organisations": [{"name": "Fe', "", "Here you are:", '{"organisations": NaN}', "[" * 9_999],
)
def test_a_whole_answer_that_is_no_json_is_paid_and_not_used(look: Look, text: str) -> None:
    with pytest.raises(ai.Unreadable, match="can't be read") as unreadable:
        look(told(text))

    assert unreadable.value.cost_micros > 0
    assert unreadable.value.may_pass


@pytest.mark.parametrize("data", [[], {"companies": []}, {"organisations": {}}, 7, None])
def test_an_answer_of_another_form_is_not_used(look: Look, data: Any) -> None:
    with pytest.raises(ai.Unreadable):
        look(told(data))


def test_an_answer_that_was_cut_is_never_read(look: Look) -> None:
    details = {"reason": "max_output_tokens"}
    cut = told(status="incomplete", incomplete_details=details)

    with pytest.raises(
        ai.Incomplete, match=r"cut at 20,000 tokens.*OPENAI_MAX_OUTPUT_TOKENS"
    ) as why:
        look(cut)

    assert why.value.cost_micros > 0


def test_an_answer_that_a_filter_stopped_says_so(look: Look) -> None:
    stopped = response("incomplete", incomplete_details={"reason": "content_filter"})

    with pytest.raises(ai.Incomplete, match="content filter"):
        look(stopped)


@pytest.mark.parametrize(
    ("code", "may_pass"),
    [("server_error", True), ("rate_limit_exceeded", True), ("bio_policy", False)],
)
def test_a_failed_answer_says_whether_it_is_worth_asking_again(
    look: Look, code: str, may_pass: bool
) -> None:
    failed = response("failed", error={"code": code, "message": "Something\nwent wrong."})

    with pytest.raises(ai.Failed, match=rf"\({code}: Something went wrong\)") as why:
        look(failed)

    assert why.value.may_pass is may_pass


def test_a_status_that_nobody_knows_is_a_failure(look: Look) -> None:
    with pytest.raises(ai.Failed, match="expired"):
        look(response("expired"))


def test_a_refusal_is_told_in_the_models_words(look: Look) -> None:
    refused = response(output=[search([]), refusal("I can't help with that.")])

    with pytest.raises(ai.RefusedByModel, match="would not answer: I can't help with that") as why:
        look(refused)

    assert why.value.cost_micros > 0


def test_an_answer_that_the_vendor_no_longer_has_is_gone(look: Look, vendor: Vendor) -> None:
    with pytest.raises(ai.Failed, match="The answer is gone"):
        look()

    vendor.on(GET, error("model_not_found"), status=404)
    with pytest.raises(ai.Failed, match="The answer is gone"):
        look()


def test_a_revoked_key_is_told_as_such(look: Look, vendor: Vendor) -> None:
    vendor.on(GET, error("invalid_api_key"), status=401)

    with pytest.raises(errors.Refused) as refused:
        look()

    assert refused.value.kind == "key"


def test_an_answer_is_held_against_the_schema_that_it_was_asked_with(look: Look) -> None:
    """Whatever the vendor says of it, or does not say."""
    said = told()

    for odd in (None, {}, {"format": {"type": "json_schema", "schema": {"type": "string"}}}):
        assert look({**said, "text": odd, "metadata": None}).data == FOUND


def test_what_an_answer_costs_is_read_in_one_question(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        micros = ai.most()
    assert micros > 0


@pytest.mark.parametrize(
    "odd",
    [
        {"output": "none"},
        {"output": [None, 7, {"type": "message", "content": {}}]},
        {"output": [{"type": "web_search_call", "action": "search"}]},
        {"usage": [], "output": [{"type": "message", "content": [{"type": "output_text"}]}]},
    ],
)
def test_an_answer_of_odd_parts_is_told_and_does_not_break(look: Look, odd: Any) -> None:
    with pytest.raises(ai.Unreadable):
        look(response(**odd))
