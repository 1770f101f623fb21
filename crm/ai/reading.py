"""Reading an answer: it counts only when it is whole, and nothing in it is taken on trust."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from crm.ai import cost, pages
from crm.ai.answer import Pending, Told
from crm.ai.cost import Usage
from crm.ai.errors import Failed, Incomplete, Late, RefusedByModel, Unreadable
from crm.ai.fitting import DoesNotFit, fitted, whole
from crm.ai.question import HASH

PENDING = ("queued", "in_progress")
# What the vendor names so may be gone when the same is asked again.
PASSING = ("server_error", "rate_limit_exceeded", "vector_store_timeout")
LONGEST_QUOTE = 200


def read(response: Mapping[str, Any], schema: Mapping[str, Any]) -> Pending | Told:
    """Tell what has become of a question that was asked with this schema; raises a NoAnswer."""
    status = response.get("status")
    if status in PENDING:
        return Pending(str(status))
    if status == "completed":
        return _told(response, schema)
    if status == "incomplete":
        raise Incomplete(_why_cut(response), cost_micros=costs(response))
    if status == "cancelled":
        # Ended before its use was counted, it may have used all that it was allowed.
        is_told = isinstance(response.get("usage"), dict)
        micros = costs(response) if is_told else cost.most(_text(response.get("model")))
        raise Late("The question was called off before it was answered.", cost_micros=micros)
    error = response.get("error")
    error = error if isinstance(error, dict) else {}
    code = quoted(error.get("code")) or quoted(status) or "no reason given"
    again = "It can be asked again." if code in PASSING else "Ask it in other words."
    raise Failed(
        f"OpenAI could not answer the question ({_with(code, error.get('message'))}). {again}",
        cost_micros=costs(response),
        may_pass=code in PASSING,
    )


def costs(response: Mapping[str, Any]) -> int:
    """Give what the vendor charges for it, as far as it says."""
    usage = Usage.read(response.get("usage"))
    return cost.of(_text(response.get("model")), usage, _searches(response))


def quoted(text: Any) -> str:
    """Give what a vendor or a model says as part of a sentence of ours."""
    plain = "".join(sign if sign.isprintable() else " " for sign in _text(text))
    plain = " ".join(plain.split())
    return plain if len(plain) <= LONGEST_QUOTE else f"{plain[:LONGEST_QUOTE]}…"


def _told(response: Mapping[str, Any], schema: Mapping[str, Any]) -> Told:
    micros = costs(response)
    contents = list(_contents(response))
    for part in contents:
        if part.get("type") == "refusal":
            said = quoted(part.get("refusal")) or "it gave no reason"
            raise RefusedByModel(
                f"The model would not answer: {said} Ask for something else.", cost_micros=micros
            )
    answer = _parsed("".join(_text(part.get("text")) for part in contents), micros)
    try:
        data, dropped = fitted(answer, schema)
        raw = whole(answer)
    except (DoesNotFit, RecursionError) as error:
        raise _unreadable(str(error), micros) from None
    metadata = response.get("metadata")
    return Told(
        data=data,
        pages=pages.told(_addresses(response)),
        cost_micros=micros,
        usage=Usage.read(response.get("usage")),
        searches=_searches(response),
        model=_text(response.get("model")),
        prompt_hash=_text(metadata.get(HASH)) if isinstance(metadata, dict) else "",
        dropped=dropped,
        raw=raw,
    )


def _parsed(text: str, micros: int) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise _unreadable("it is no JSON" if text else "it is empty", micros) from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number.")


def _unreadable(why: str, micros: int) -> Unreadable:
    return Unreadable(
        f"The model's answer can't be read: {why}. It can be asked again.", cost_micros=micros
    )


def _why_cut(response: Mapping[str, Any]) -> str:
    details = response.get("incomplete_details")
    reason = quoted(details.get("reason")) if isinstance(details, dict) else ""
    if reason == "max_output_tokens":
        many = response.get("max_output_tokens")
        at = f" at {many:,} tokens" if isinstance(many, int) else ""
        return (
            f"The model's answer was cut{at}, before it was whole. Ask for fewer at once, or raise "
            "OPENAI_MAX_OUTPUT_TOKENS."
        )
    if reason == "content_filter":
        return "OpenAI's content filter stopped the answer. Ask for something else."
    return f"The model's answer was cut before it was whole ({reason or 'no reason given'})."


def _with(code: str, message: Any) -> str:
    said = quoted(message).rstrip(".")
    return f"{code}: {said}" if said else code


def _output(response: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    output = response.get("output")
    items = output if isinstance(output, list) else []
    return [item for item in items if isinstance(item, dict) and item.get("type") == kind]


def _contents(response: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What the last message holds, or the one that the model calls its final answer."""
    messages = _output(response, "message")
    final = [each for each in messages if each.get("phase") == "final_answer"] or messages
    for message in final[-1:]:
        yield from _dicts(message.get("content"))


def _searches(response: Mapping[str, Any]) -> int:
    """Count the searches; to open a page or to look for words in it is charged as tokens only."""
    return sum(action.get("type", "search") == "search" for action in _actions(response))


def _addresses(response: Mapping[str, Any]) -> Iterator[str]:
    for action in _actions(response):
        for source in _dicts(action.get("sources")):
            yield _text(source.get("url"))
    for message in _output(response, "message"):
        for part in _dicts(message.get("content")):
            for note in _dicts(part.get("annotations")):
                if note.get("type") == "url_citation":
                    yield _text(note.get("url"))


def _actions(response: Mapping[str, Any]) -> list[dict[str, Any]]:
    calls = _output(response, "web_search_call")
    return [each["action"] for each in calls if isinstance(each.get("action"), dict)]


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
