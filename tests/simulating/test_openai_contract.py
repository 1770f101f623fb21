"""OpenAI's answers against OpenAI's own document, where that is at hand."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulating.asking import finished, request
from tests.simulating.calling import ask
from tests.simulators import running
from tests.simulators.openai import OpenAI
from tests.simulators.validation import contract

pytestmark = pytest.mark.skipif(contract("openai") is None, reason="VENDOR_SPECS is not set")
QUESTION = "Find IT companies within 10 miles of LE1 1AA."


@pytest.fixture(scope="module")
def openai() -> Iterator[OpenAI]:
    with running("openai", speed=500) as started:
        yield started.openai


def faults_of(openai: OpenAI, method: str, path: str, body: Any = None) -> list[str]:
    """What is wrong with the answer to a call, and with the call."""
    headers = {"Authorization": "Bearer sim-openai"}
    reply = ask(f"{openai.url}{path}", body, headers, method)
    document = contract("openai")
    assert document is not None
    found = document.reply_problems(method, path, reply.status, reply.content_type, reply.body)
    return found + document.problems(openai.calls()[-1])


@pytest.mark.parametrize("more", [{}, {"schema": None}, {"max_output_tokens": 1_500}])
@pytest.mark.parametrize("kind", ["", "failed", "refusal", "incomplete", "no-citations"])
def test_a_finished_response_is_as_documented(
    openai: OpenAI, more: dict[str, Any], kind: str
) -> None:
    if kind:
        openai.faults.add(kind)

    response = finished(openai, QUESTION, **more)

    assert faults_of(openai, "GET", f"/v1/responses/{response['id']}") == []


def test_making_cancelling_and_deleting_are_as_documented(openai: OpenAI) -> None:
    response = finished(openai, QUESTION)
    path = f"/v1/responses/{response['id']}"

    assert faults_of(openai, "POST", "/v1/responses", request(QUESTION)) == []
    assert faults_of(openai, "POST", f"{path}/cancel") == []
    assert faults_of(openai, "DELETE", path) == []


def test_the_rest_is_as_documented(openai: OpenAI) -> None:
    vectors = {"model": "text-embedding-3-small", "input": ["a", "b"]}

    assert faults_of(openai, "GET", "/v1/models") == []
    assert faults_of(openai, "GET", "/v1/models/gpt-5.6-terra") == []
    assert faults_of(openai, "POST", "/v1/embeddings", vectors) == []
    assert faults_of(openai, "POST", "/v1/responses", {"model": "gpt-5.6-terra"}) == []
