"""The four calls to the vendor; what comes back is its JSON, untouched."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crm.outside.errors import NotReadable
from crm.outside.key import Key

if TYPE_CHECKING:
    from openai import OpenAI


def create(key: Key, body: Mapping[str, Any]) -> dict[str, Any]:
    """Send a question, once only: it is paid for."""
    asked = _client(key, repeatable=False)
    return _content(asked.responses.with_raw_response.create(**body))


def retrieve(key: Key, response_id: str) -> dict[str, Any]:
    """Fetch an answer as far as it is."""
    return _content(_client(key).responses.with_raw_response.retrieve(response_id))


def cancel(key: Key, response_id: str) -> dict[str, Any]:
    """End what still runs; what has ended stays as it is."""
    return _content(_client(key).responses.with_raw_response.cancel(response_id))


def models(key: Key, *, deadline: float | None = None) -> dict[str, Any]:
    """Fetch the list of the models that there are for this key."""
    return _content(_client(key, deadline=deadline).models.with_raw_response.list())


def _client(key: Key, *, deadline: float | None = None, repeatable: bool = True) -> "OpenAI":
    # Whoever asks nothing doesn't pay the second that its import takes.
    from crm.ai.client import client  # noqa: PLC0415

    return client(key, deadline=deadline, repeatable=repeatable)


def _content(raw: Any) -> dict[str, Any]:
    from crm.ai.client import said  # noqa: PLC0415

    content = said(raw.http_response)
    if not isinstance(content, dict):
        raise NotReadable("OpenAI's answer is not of the form that its documents describe.")
    return content
