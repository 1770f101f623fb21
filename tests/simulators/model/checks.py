"""What the vendor refuses before the model sees it, in the vendor's words."""

import re
from typing import Any

from tests.simulators.model import strict

Body = dict[str, Any]
LEAST_TOKENS = 16
PARAMETERS = re.findall(
    r"\w+",
    """background conversation context_management include input instructions max_output_tokens
    max_tool_calls metadata model moderation parallel_tool_calls previous_response_id prompt
    prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier
    service_tier store stream stream_options temperature text tool_choice tools top_logprobs top_p
    truncation user""",
)
INCLUDES = (
    "file_search_call.results",
    "web_search_call.results",
    "web_search_call.action.sources",
    "message.input_image.image_url",
    "computer_call_output.output.image_url",
    "code_interpreter_call.outputs",
    "reasoning.encrypted_content",
    "message.output_text.logprobs",
)
EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
SIZES = ("low", "medium", "high")
SEARCHES = ("web_search", "web_search_2025_08_26", "web_search_preview")
REASONERS = re.compile(r"gpt-[5-9]|o\d")


class Refused(Exception):
    """A request the vendor answers with an error."""

    def __init__(
        self,
        message: str,
        param: str | None = None,
        code: str | None = None,
        status: int = 400,
        kind: str = "invalid_request_error",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"message": message, "type": kind, "param": param, "code": code}


def unknown_model(model: str) -> Refused:
    return Refused(
        f"The model `{model}` does not exist or you do not have access to it.",
        None, "model_not_found", 404,
    )  # fmt: skip


def not_one_of(param: str, value: Any, known: tuple[str, ...]) -> Refused:
    listed = ", ".join(f"'{one}'" for one in known[:-1]) + f", and '{known[-1]}'"
    message = f"Invalid value: '{value}'. Supported values are: {listed}."
    return Refused(message, param, "invalid_value")


def check(body: Any, models: dict[str, Any]) -> None:
    """Raise Refused for the first thing that is wrong."""
    if not isinstance(body, dict):
        raise Refused("We could not parse the JSON body of your request.")
    if "response_format" in body:
        raise Refused(
            "Unsupported parameter: 'response_format'. In the Responses API, this parameter has "
            "moved to 'text.format'. Try again with the new parameter.",
            None, "unsupported_parameter",
        )  # fmt: skip
    for name in body:
        if name not in PARAMETERS:
            raise Refused(f"Unknown parameter: '{name}'.", name, "unknown_parameter")
    for name in ("model", "input"):
        if not body.get(name):
            raise Refused(
                f"Missing required parameter: '{name}'.", name, "missing_required_parameter"
            )
    if body["model"] not in models:
        raise unknown_model(body["model"])
    check_limits(body)
    check_reasoning(body)
    check_tools(body)
    check_format((body.get("text") or {}).get("format") or {"type": "text"})


def check_limits(body: Body) -> None:
    most = body.get("max_output_tokens")
    if most is not None and most < LEAST_TOKENS:
        raise Refused(
            "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= "
            f"{LEAST_TOKENS}, but got {most} instead.",
            "max_output_tokens", "integer_below_min_value",
        )  # fmt: skip
    if body.get("background") and body.get("store") is False:
        raise Refused("Background mode requires 'store' to be true.", "store", "invalid_value")
    for at, name in enumerate(body.get("include") or []):
        if name not in INCLUDES:
            raise not_one_of(f"include[{at}]", name, INCLUDES)
    for name, length in (("safety_identifier", 64), ("prompt_cache_key", 64)):
        too_long(name, body.get(name), length)
    metadata = body.get("metadata") or {}
    if len(metadata) > 16:
        raise Refused(
            "Invalid 'metadata': too many properties. Expected an object with at most 16 "
            f"properties, but got an object with {len(metadata)} properties instead.",
            "metadata", "object_above_max_properties",
        )  # fmt: skip
    for name, value in metadata.items():
        if not isinstance(value, str):
            raise Refused(
                f"Invalid type for 'metadata.{name}': expected a string.",
                f"metadata.{name}", "invalid_type",
            )  # fmt: skip
        too_long(f"metadata.{name}", value, 512)


def too_long(name: str, value: Any, length: int) -> None:
    if isinstance(value, str) and len(value) > length:
        raise Refused(
            f"Invalid '{name}': string too long. Expected a string with maximum length {length}, "
            f"but got a string with length {len(value)} instead.",
            name, "string_above_max_length",
        )  # fmt: skip


def check_reasoning(body: Body) -> None:
    effort = (body.get("reasoning") or {}).get("effort")
    if effort is not None and effort not in EFFORTS:
        raise not_one_of("reasoning.effort", effort, EFFORTS)
    if not REASONERS.match(body["model"]):
        return
    for name in ("temperature", "top_p"):
        if body.get(name) is not None:
            message = f"Unsupported parameter: '{name}' is not supported with this model."
            raise Refused(message, name)
    if effort == "minimal" and any(
        tool.get("type") in SEARCHES for tool in body.get("tools") or []
    ):
        raise Refused(
            "The following tools cannot be used with reasoning.effort 'minimal': web_search.",
            "tools",
        )


def check_tools(body: Body) -> None:
    for at, tool in enumerate(body.get("tools") or []):
        kind = tool.get("type")
        if kind not in (*SEARCHES, "function"):
            raise not_one_of(f"tools[{at}].type", kind, (*SEARCHES, "function"))
        size = tool.get("search_context_size")
        if size is not None and size not in SIZES:
            raise not_one_of(f"tools[{at}].search_context_size", size, SIZES)
        domains = (tool.get("filters") or {}).get("allowed_domains") or []
        name = f"tools[{at}].filters.allowed_domains"
        if len(domains) > 100:
            message = f"Invalid '{name}': array too long. Expected at most 100 items."
            raise Refused(message, name, "array_above_max_length")
        for domain in domains:
            if "/" in domain or ":" in domain:
                raise Refused(f"Invalid '{name}': '{domain}' is not a domain.", name)
        country = (tool.get("user_location") or {}).get("country")
        if country is not None and not re.fullmatch(r"[A-Z]{2}", str(country)):
            name = f"tools[{at}].user_location.country"
            raise Refused(f"Invalid '{name}': expected a two-letter ISO country code.", name)


def check_format(given: Body) -> None:
    kind = given.get("type")
    if kind not in ("text", "json_object", "json_schema"):
        raise not_one_of("text.format.type", kind, ("text", "json_object", "json_schema"))
    if kind != "json_schema":
        return
    for name in ("name", "schema"):
        if not given.get(name):
            param = f"text.format.{name}"
            message = f"Missing required parameter: '{param}'."
            raise Refused(message, param, "missing_required_parameter")
    if not re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", given["name"]):
        raise Refused(
            "Invalid 'text.format.name': string does not match pattern. Expected a string that "
            "matches the pattern '^[a-zA-Z0-9_-]+$'.",
            "text.format.name", "invalid_value",
        )  # fmt: skip
    if given.get("strict"):
        for context, reason in strict.faults(given["schema"]):
            raise Refused(
                f"Invalid schema for response_format '{given['name']}': {context}{reason}",
                "text.format.schema", "invalid_json_schema",
            )  # fmt: skip
