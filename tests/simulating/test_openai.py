"""OpenAI's manners: background jobs, refusals, faults, keys and limits."""

import math
from collections.abc import Iterator

import pytest

from tests.simulating.asking import ask, finished, pages_seen, request, said
from tests.simulators import running
from tests.simulators.openai import OpenAI

QUESTION = "Find IT support companies within 10 miles of LE1 1AA."
OPEN = {"model": "gpt-5.6-terra", "input": "hello"}


@pytest.fixture(scope="module")
def started() -> Iterator[OpenAI]:
    with running("openai", speed=500) as all_of_them:
        yield all_of_them.openai


@pytest.fixture
def openai(started: OpenAI) -> Iterator[OpenAI]:
    started.forget()
    yield started
    started.faults.clear()
    started.keys.set()
    started.gullible = False


def test_a_background_response_is_queued_then_worked_on_then_done(openai: OpenAI) -> None:
    _, response, _ = ask(openai, "POST", "/v1/responses", request(QUESTION))
    path = f"/v1/responses/{response['id']}"
    first = response["status"]
    openai.clock.advance(10)
    second = ask(openai, "GET", path)[1]["status"]
    openai.clock.advance(180)
    last = ask(openai, "GET", path)[1]

    assert (first, second, last["status"]) == ("queued", "in_progress", "completed")
    assert 60 <= last["completed_at"] - last["created_at"] <= 181
    assert response["output"] == []
    assert response["usage"] is None


def test_a_plain_request_answers_when_it_is_done(openai: OpenAI) -> None:
    before = openai.clock.now()

    _, response, _ = ask(openai, "POST", "/v1/responses", request(QUESTION, background=None))

    assert response["status"] == "completed"
    assert openai.clock.now() - before >= 60


def test_the_output_is_made_of_the_vendors_items(openai: OpenAI) -> None:
    response = finished(openai, QUESTION)
    kinds = [item["type"] for item in response["output"]]
    usage = response["usage"]

    assert kinds[0] == "reasoning"
    assert "web_search_call" in kinds
    assert kinds[-1] == "message"
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"]
    assert usage["output_tokens_details"]["reasoning_tokens"] > 0


def test_citations_mark_addresses_in_the_text(openai: OpenAI) -> None:
    response = finished(openai, QUESTION)
    content = response["output"][-1]["content"][0]

    assert content["annotations"]
    for note in content["annotations"]:
        marked = content["text"][note["start_index"] : note["end_index"]]
        assert note["url"].split("?")[0] == marked
        assert marked in pages_seen(response)


def test_sources_come_only_when_asked_for(openai: OpenAI) -> None:
    response = finished(openai, QUESTION, include=None)
    path = f"/v1/responses/{response['id']}?include[]=web_search_call.action.sources"

    assert not pages_seen(response)
    assert pages_seen(ask(openai, "GET", path)[1])


def test_calls_to_tools_stay_within_their_number(openai: OpenAI) -> None:
    response = finished(openai, QUESTION, max_tool_calls=2)

    assert sum(item["type"] == "web_search_call" for item in response["output"]) <= 2


def test_a_cancelled_response_stays_cancelled(openai: OpenAI) -> None:
    _, response, _ = ask(openai, "POST", "/v1/responses", request(QUESTION))
    path = f"/v1/responses/{response['id']}"
    ask(openai, "POST", f"{path}/cancel")
    openai.clock.advance(300)

    assert ask(openai, "GET", path)[1]["status"] == "cancelled"
    assert ask(openai, "POST", f"{path}/cancel")[1]["status"] == "cancelled"


def test_a_deleted_response_is_gone(openai: OpenAI) -> None:
    _, response, _ = ask(openai, "POST", "/v1/responses", request(QUESTION))
    path = f"/v1/responses/{response['id']}"

    assert ask(openai, "DELETE", path)[1]["deleted"] is True
    assert ask(openai, "GET", path)[0] == 404


def test_too_few_tokens_end_in_an_incomplete_response(openai: OpenAI) -> None:
    response = finished(openai, QUESTION, max_output_tokens=1_500)

    assert response["status"] == "incomplete"
    assert response["incomplete_details"] == {"reason": "max_output_tokens"}
    assert response["usage"]["output_tokens"] == 1_500


@pytest.mark.parametrize(
    ("kind", "status"),
    [("failed", "failed"), ("incomplete", "incomplete"), ("content-filter", "incomplete"),
     ("refusal", "completed"), ("stuck", "in_progress")],
)  # fmt: skip
def test_a_response_can_be_made_to_end_badly(openai: OpenAI, kind: str, status: str) -> None:
    openai.faults.add(kind)

    assert finished(openai, QUESTION)["status"] == status


def test_an_incomplete_answer_is_cut_in_the_middle(openai: OpenAI) -> None:
    openai.faults.add("incomplete")

    with pytest.raises(ValueError, match=r"delimiter|Unterminated|Expecting"):
        said(finished(openai, QUESTION))


def test_an_answer_can_come_without_citations(openai: OpenAI) -> None:
    openai.faults.add("no-citations")
    response = finished(openai, QUESTION)

    assert response["output"][-1]["content"][0]["annotations"] == []
    assert not pages_seen(response)
    assert said(response)["organisations"]


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("insufficient_quota", 429, "insufficient_quota"),
        ("model-off", 404, "model_not_found"),
        ("revoked", 401, "invalid_api_key"),
        ("429", 429, "rate_limit_exceeded"),
        ("500", 500, None),
    ],
)
def test_a_call_can_be_made_to_fail(
    openai: OpenAI, kind: str, status: int, code: str | None
) -> None:
    openai.faults.add(kind, path="/v1/responses")

    got, body, _ = ask(openai, "POST", "/v1/responses", OPEN)

    assert (got, body["error"]["code"]) == (status, code)


def test_too_many_responses_in_a_minute_are_refused(openai: OpenAI) -> None:
    openai.clock.advance(120)
    openai.minute.limit = 3
    try:
        got = [ask(openai, "POST", "/v1/responses", request("x")) for _ in range(4)]
    finally:
        openai.minute.limit = 500

    assert [status for status, _, _ in got] == [200, 200, 200, 429]
    assert int(got[3][2]["retry-after"]) >= 1
    assert openai.stats()["limit_breaches"] == 1
    assert openai.stats()["billed"] == 3


def test_models_say_when_they_are_shut_down(openai: OpenAI) -> None:
    models = {one["id"]: one for one in ask(openai, "GET", "/v1/models")[1]["data"]}

    assert models["gpt-5.6-terra"]["shutdown_date"] is None
    assert "gpt-5-mini" not in models or models["gpt-5-mini"]["shutdown_date"] == "2026-12-11"


def test_embeddings_are_unit_vectors_and_always_the_same(openai: OpenAI) -> None:
    texts = ["managed IT support", "IT support, managed", "a bakery"]
    body = {"model": "text-embedding-3-small", "input": texts, "dimensions": 256}

    first, second = (ask(openai, "POST", "/v1/embeddings", body)[1]["data"] for _ in range(2))
    vectors = [one["embedding"] for one in first]
    near, far = (
        sum(a * b for a, b in zip(vectors[0], other, strict=True)) for other in vectors[1:]
    )

    assert first == second
    assert all(math.isclose(math.hypot(*vector), 1, abs_tol=1e-5) for vector in vectors)
    assert near > far
