"""What OpenAI refuses, and how it says so."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulating.asking import ask, request, wait
from tests.simulators import running
from tests.simulators.openai import OpenAI

QUESTION = "Find IT support companies within 10 miles of LE1 1AA."
OPEN = {"model": "gpt-5.6-terra", "input": "hello"}


@pytest.fixture(scope="module")
def started() -> Iterator[OpenAI]:
    with running("openai", speed=500) as all_of_them:
        yield all_of_them.openai


@pytest.fixture
def openai(started: OpenAI) -> OpenAI:
    started.forget()
    return started


@pytest.mark.parametrize(
    ("changed", "status", "code", "param"),
    [
        ({"model": "gpt-9"}, 404, "model_not_found", None),
        ({"max_output_tokens": 15}, 400, "integer_below_min_value", "max_output_tokens"),
        ({"response_format": {"type": "json_object"}}, 400, "unsupported_parameter", None),
        ({"maximum": 3}, 400, "unknown_parameter", "maximum"),
        ({"background": True, "store": False}, 400, "invalid_value", "store"),
        ({"include": ["everything"]}, 400, "invalid_value", "include[0]"),
        ({"temperature": 0.2}, 400, None, "temperature"),
        ({"safety_identifier": "x" * 65}, 400, "string_above_max_length", "safety_identifier"),
        ({"metadata": {"a": "x" * 513}}, 400, "string_above_max_length", "metadata.a"),
        ({"input": ""}, 400, "missing_required_parameter", "input"),
        ({"tools": [{"type": "browser"}]}, 400, "invalid_value", "tools[0].type"),
        (
            {"tools": [{"type": "web_search"}], "reasoning": {"effort": "minimal"}},
            400,
            None,
            "tools",
        ),
        (
            {"tools": [{"type": "web_search", "filters": {"allowed_domains": ["https://x.y"]}}]},
            400,
            None,
            "tools[0].filters.allowed_domains",
        ),
    ],
)
def test_what_the_vendor_refuses(
    openai: OpenAI, changed: dict[str, Any], status: int, code: str | None, param: str | None
) -> None:
    got, body, _ = ask(openai, "POST", "/v1/responses", OPEN | changed)

    assert got == status
    assert (body["error"]["code"], body["error"]["param"]) == (code, param)
    assert openai.stats()["billed"] == 0


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "array", "items": {"type": "string"}}, "got 'type: \"array\"'"),
        ({"type": "object", "properties": {}}, "'additionalProperties' is required"),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}, "required": [],
             "additionalProperties": False},
            "Missing 'a'",
        ),
        (
            {"type": "object", "properties": {"a": {"type": "string", "format": "uri"}},
             "required": ["a"], "additionalProperties": False},
            "'uri' is not a valid format",
        ),
    ],
)  # fmt: skip
def test_a_strict_schema_keeps_the_vendors_rules(
    openai: OpenAI, schema: dict[str, Any], words: str
) -> None:
    status, body, _ = ask(openai, "POST", "/v1/responses", request(QUESTION, schema))

    assert status == 400
    assert words in body["error"]["message"]
    assert body["error"]["code"] == "invalid_json_schema"


@pytest.mark.parametrize(
    ("key", "status", "code"),
    [("", 401, None), ("sim-revoked", 401, "invalid_api_key"),
     ("sim-empty", 429, "insufficient_quota")],
)  # fmt: skip
def test_some_keys_do_not_open(openai: OpenAI, key: str, status: int, code: str | None) -> None:
    got, body, _ = ask(openai, "POST", "/v1/responses", OPEN, key=key)

    assert (got, body["error"]["code"]) == (status, code)


@pytest.mark.parametrize("given", ["", [], ["good", ""], ["x"] * 2_049, "word " * 8_000])
def test_texts_that_have_no_vector(openai: OpenAI, given: Any) -> None:
    body = {"model": "text-embedding-3-small", "input": given}

    assert ask(openai, "POST", "/v1/embeddings", body)[0] == 400


def test_a_malformed_body_is_refused_and_nothing_breaks(openai: OpenAI) -> None:
    status, _, _ = ask(openai, "POST", "/v1/responses", "not an object")
    wait(openai, lambda: openai.stats()["calls"] == 1)

    assert status == 400
    assert openai.stats()["errors"] == 0
