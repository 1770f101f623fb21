"""Asking the simulated OpenAI and visiting the simulated websites."""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.simulating import calling
from tests.simulators.core import Simulator

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
SEARCH: dict[str, Any] = {
    "type": "web_search",
    "user_location": {"type": "approximate", "country": "GB"},
}
TEXT_OR_NULL = {"type": ["string", "null"]}
FINAL = {"completed", "failed", "incomplete", "cancelled"}


def strict(**properties: Any) -> dict[str, Any]:
    """An object schema as strict mode wants it."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


ORGANISATIONS = strict(
    organisations={
        "type": "array",
        "items": strict(
            name={"type": "string"},
            website=TEXT_OR_NULL,
            postcode=TEXT_OR_NULL,
            address=TEXT_OR_NULL,
            town=TEXT_OR_NULL,
            phone=TEXT_OR_NULL,
            company_number=TEXT_OR_NULL,
            what_they_do={"type": "string"},
            why={"type": "string"},
            source_urls={"type": "array", "items": {"type": "string"}},
        ),
    }
)


def request(
    question: str, schema: dict[str, Any] | None = ORGANISATIONS, **changed: Any
) -> dict[str, Any]:
    """A research request; a value of None leaves a field out."""
    body: dict[str, Any] = {
        "model": "gpt-5.6-terra",
        "input": question,
        "tools": [SEARCH],
        "include": ["web_search_call.action.sources"],
        "max_output_tokens": 8_000,
        "background": True,
        "store": True,
    }
    if schema is not None:
        format_ = {"type": "json_schema", "name": "answer", "strict": True, "schema": schema}
        body["text"] = {"format": format_}
    return {name: value for name, value in (body | changed).items() if value is not None}


def ask(
    simulator: Simulator, method: str, path: str, body: Any = None, key: str = "sim-openai"
) -> tuple[int, Any, dict[str, str]]:
    """Status, JSON and headers, whatever the status is."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    answer = calling.ask(f"{simulator.url}{path}", body, headers, method)
    return answer.status, json.loads(answer.body or "null"), answer.headers


def visit(simulator: Simulator, url: str, agent: str = BROWSER) -> tuple[int, str, dict[str, str]]:
    """A page of a simulated website; redirects are not followed."""
    parts = urlsplit(url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    headers = {"Host": parts.netloc, "User-Agent": agent}
    answer = calling.ask(f"{simulator.url}{target}", headers=headers)
    return answer.status, answer.body.decode(), answer.headers


def finished(
    simulator: Simulator,
    question: str,
    schema: dict[str, Any] | None = ORGANISATIONS,
    **changed: Any,
) -> Any:
    """The response to a question when all its time has passed."""
    status, response, _ = ask(
        simulator, "POST", "/v1/responses", request(question, schema, **changed)
    )
    assert status == 200, response
    if response["status"] not in FINAL:
        simulator.clock.advance(200)
        _, response, _ = ask(simulator, "GET", f"/v1/responses/{response['id']}{seen(changed)}")
    return response


def seen(changed: dict[str, Any]) -> str:
    """What a second look has to ask for again to show the sources."""
    wanted = changed.get("include", ["web_search_call.action.sources"])
    return "?include[]=web_search_call.action.sources" if wanted else ""


def said(response: Any) -> Any:
    """The JSON of the answer."""
    return json.loads(response["output"][-1]["content"][0]["text"])


def pages_seen(response: Any) -> set[str]:
    """The addresses that the searches name as their sources."""
    actions = [item["action"] for item in response["output"] if item["type"] == "web_search_call"]
    return {source["url"] for action in actions for source in action.get("sources") or []}


def wait(simulator: Simulator, until: Callable[[], bool]) -> None:
    """Give the simulator a moment to finish its bookkeeping."""
    for _ in range(200):
        if until():
            return
        time.sleep(0.01)
    raise AssertionError(f"{simulator.name} is not done.")
