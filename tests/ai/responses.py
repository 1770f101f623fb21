"""Answers in the vendor's form, put together for tests."""

import json
from typing import Any

IDENT = "resp_fern1"
FOUND = {
    "organisations": [
        {
            "name": "Fern & Co",
            "website": "https://fern.example/",
            "source_urls": ["https://fern.example/contact"],
        }
    ]
}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["organisations"],
    "properties": {
        "organisations": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "website", "source_urls"],
                "properties": {
                    "name": {"type": "string"},
                    "website": {"type": ["string", "null"]},
                    "source_urls": {"type": "array", "items": {"type": "string"}},
                },
            },
        }
    },
}


def response(status: str = "completed", output: list[Any] | None = None, **more: Any) -> Any:
    """A whole response, as the vendor's document describes it."""
    return {
        "id": IDENT,
        "object": "response",
        "created_at": 1_779_157_193,
        "status": status,
        "background": True,
        "error": None,
        "incomplete_details": None,
        "instructions": "Find organisations.",
        "max_output_tokens": 20_000,
        "metadata": {"prompt": "cafe"},
        "model": "gpt-5.6-terra",
        "output": output or [],
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "text": {"format": {"type": "json_schema", "name": "found", "schema": SCHEMA}},
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "usage": None if status in ("queued", "in_progress") else usage(),
        **more,
    }


def told(data: Any = FOUND, *, cited: list[str] | None = None, **more: Any) -> Any:
    """A completed response with this answer, after a search that read the pages of Fern & Co."""
    text = data if isinstance(data, str) else json.dumps(data)
    output = [
        {"id": "rs_1", "type": "reasoning", "summary": []},
        search(["https://fern.example/contact?utm_source=openai"]),
        opened("https://fern.example/contact"),
        message(text, cited or []),
    ]
    return response(output=output, **more)


def search(sources: list[str]) -> dict[str, Any]:
    found = [{"type": "url", "url": url} for url in sources]
    action = {"type": "search", "queries": ["it support leicester"], "sources": found}
    return {"id": "ws_1", "type": "web_search_call", "status": "completed", "action": action}


def opened(url: str) -> dict[str, Any]:
    action = {"type": "open_page", "url": url}
    return {"id": "ws_2", "type": "web_search_call", "status": "completed", "action": action}


def message(text: str, cited: list[str], phase: str | None = None) -> dict[str, Any]:
    notes = [
        {"type": "url_citation", "url": url, "title": "", "start_index": 0, "end_index": 1}
        for url in cited
    ]
    part = {"type": "output_text", "text": text, "annotations": notes, "logprobs": []}
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "status": "completed",
        "phase": phase,
        "content": [part],
    }


def refusal(said: str) -> dict[str, Any]:
    part = {"type": "refusal", "refusal": said}
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "status": "completed",
        "content": [part],
    }


def usage(taken: int = 10_000, given: int = 2_000, cached: int = 1_000) -> dict[str, Any]:
    return {
        "input_tokens": taken,
        "input_tokens_details": {"cached_tokens": cached, "cache_write_tokens": 0},
        "output_tokens": given,
        "output_tokens_details": {"reasoning_tokens": 500},
        "total_tokens": taken + given,
    }


def error(code: str, message: str = "No.", kind: str = "invalid_request_error") -> Any:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}
