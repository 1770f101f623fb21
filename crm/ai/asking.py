"""Sending a question."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from crm.ai import question, sending
from crm.ai.answer import Started
from crm.ai.errors import ModelGone
from crm.ai.prompt import Prompt
from crm.outside.errors import NotReadable, NotThere, Refused
from crm.outside.key import Key


def ask(
    key: Key,
    *,
    prompt: Prompt,
    given: Mapping[str, Any],
    schema: Mapping[str, Any],
    name: str,
    city: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    searches: bool = True,
) -> Started:
    """Send a question; keep the id that comes back before anything waits for the answer.

    `given` is what the question is about; nothing in it is an instruction. `name` is the schema's.
    Without `searches` the model sees nothing of the web, and nothing of it is paid for.
    Raises ModelGone and what `crm.outside.errors` holds.
    """
    body = question.body(
        prompt, given, schema, name=name, city=city, metadata=metadata, searches=searches
    )
    if key.tenant_id:
        body["safety_identifier"] = question.whose(key.tenant_id)
    response = _sent(key, body)
    ident = response.get("id")
    if not isinstance(ident, str) or not ident:
        raise NotReadable("OpenAI took the question and did not say by which id it is answered.")
    sent = f"{body['instructions']}\n\n{body['input']}"
    return Started(ident, prompt.hash, sha256(sent.encode()).hexdigest())


def _sent(key: Key, body: Mapping[str, Any]) -> dict[str, Any]:
    model = body["model"]
    try:
        return sending.create(key, body)
    except NotThere as error:
        raise _gone(model, error.said) from error
    except Refused as error:
        if error.kind != "model":
            raise
        raise _gone(model, error.said) from error


def _gone(model: str, said: str) -> ModelGone:
    return ModelGone(
        f"OpenAI does not offer the model {model} to this key. Set OPENAI_MODEL to one that it "
        "offers, and start again.",
        kind="model",
        said=said,
    )
