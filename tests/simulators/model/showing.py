"""The response object as the vendor gives it back."""

from typing import Any

from tests.simulators.model.jobs import FINAL, Job

SEARCH_DEFAULTS = {"filters": None, "search_context_size": "medium", "user_location": None}
LOCATION = ("city", "country", "region", "timezone")


def shown(job: Job, now: float, include: list[str]) -> dict[str, Any]:
    body, status = job.body, job.status(now)
    written = job.outcome(status)
    reasoning = body.get("reasoning") or {}
    return {
        "id": job.id,
        "object": "response",
        "created_at": int(job.created),
        "status": status,
        "background": bool(body.get("background")),
        "billing": {"payer": "developer"},
        "completed_at": int(job.ends) if status == "completed" else None,
        "error": error(job, status),
        "frequency_penalty": 0.0,
        "incomplete_details": details(job, status),
        "instructions": body.get("instructions"),
        "max_output_tokens": body.get("max_output_tokens"),
        "max_tool_calls": body.get("max_tool_calls"),
        "metadata": body.get("metadata") or {},
        "model": job.model,
        "moderation": None,
        "output": [trimmed(item, [*include, *(body.get("include") or [])])
                   for item in written.items],
        "parallel_tool_calls": body.get("parallel_tool_calls") is not False,
        "presence_penalty": 0.0,
        "previous_response_id": body.get("previous_response_id"),
        "prompt_cache_key": body.get("prompt_cache_key"),
        "prompt_cache_retention": body.get("prompt_cache_retention"),
        "reasoning": {
            "effort": reasoning.get("effort") or "medium",
            "summary": reasoning.get("summary"),
        },
        "safety_identifier": body.get("safety_identifier"),
        "service_tier": "default" if status in FINAL else "auto",
        "store": body.get("store") is not False,
        "temperature": 1.0,
        "text": text(body),
        "tool_choice": body.get("tool_choice") or "auto",
        "tool_usage": {"web_search": {"num_requests": written.searches}},
        "tools": [tool(one) for one in job.tools],
        "top_logprobs": 0,
        "top_p": 1.0,
        "truncation": "disabled",
        "usage": written.usage or None,
        **({"user": body["user"]} if body.get("user") else {}),
    }  # fmt: skip


def trimmed(item: dict[str, Any], include: list[str]) -> dict[str, Any]:
    """Without the pages of a search, unless they were asked for."""
    action = item.get("action", {})
    if "sources" not in action or "web_search_call.action.sources" in include:
        return item
    return item | {"action": {key: one for key, one in action.items() if key != "sources"}}


def error(job: Job, status: str) -> dict[str, str] | None:
    if status != "failed":
        return None
    message = (
        "An error occurred while processing your request. You can retry your request, or contact "
        f"us through our help center if the error persists. Please include the ID {job.id}."
    )
    return {"code": "server_error", "message": message}


def details(job: Job, status: str) -> dict[str, str] | None:
    if status != "incomplete":
        return None
    filtered = job.fault == "content-filter"
    return {"reason": "content_filter" if filtered else "max_output_tokens"}


def text(body: dict[str, Any]) -> dict[str, Any]:
    given = body.get("text") or {}
    form = dict(given.get("format") or {"type": "text"})
    if form["type"] == "json_schema":
        form = {"strict": False, **form}
    return {"format": form, "verbosity": given.get("verbosity") or "medium"}


def tool(given: dict[str, Any]) -> dict[str, Any]:
    if not str(given.get("type")).startswith("web_search"):
        return given
    found = {**SEARCH_DEFAULTS, **given}
    if found["user_location"]:
        found["user_location"] = {
            "type": "approximate",
            **dict.fromkeys(LOCATION),
            **found["user_location"],
        }
    return found
