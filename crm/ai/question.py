"""What is sent: the body of a request, put together in one place."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from crm.ai.given import fenced
from crm.ai.prompt import Prompt
from crm.ai.strict import checked

STANDING = Path(__file__).with_name("standing.md").read_text().strip()
# By what an answer says which prompt it answers.
HASH = "prompt"
MOST_METADATA = 15
LONGEST_NAME = 64
LONGEST_VALUE = 512


class TooMuchMetadata(ValueError):
    """The vendor takes so many, and none longer than so much."""


def body(
    prompt: Prompt,
    given: Mapping[str, Any],
    schema: Mapping[str, Any],
    *,
    name: str,
    city: str | None,
    metadata: Mapping[str, Any] | None,
    searches: bool = True,
) -> dict[str, Any]:
    """Give the body of a question that `searches` the web or does not.

    Raises NotStrict, and TooMuchMetadata.
    """
    return {
        "model": settings.OPENAI_MODEL,
        "instructions": f"{prompt.instructions}\n\n{STANDING}",
        "input": "\n\n".join(part for part in (prompt.question, fenced(given)) if part),
        "reasoning": {"effort": settings.OPENAI_EFFORT},
        "text": {
            "format": {
                "type": "json_schema",
                "name": name,
                "strict": True,
                "schema": checked(schema, name),
            }
        },
        "max_output_tokens": settings.OPENAI_MAX_OUTPUT_TOKENS,
        # Only what is stored can be asked for later.
        "background": True,
        "store": True,
        "metadata": _said({**(metadata or {}), HASH: prompt.hash}),
        **(_web(city) if searches else {}),
    }


def whose(tenant_id: UUID) -> str:
    """By what the vendor tells our customers apart, without knowing who they are."""
    return sha256(f"tenant {tenant_id}".encode()).hexdigest()


def _web(city: str | None) -> dict[str, Any]:
    # Without a country the search would be one of the United States.
    where = {"type": "approximate", "country": "GB", "timezone": "Europe/London"}
    if city:
        where["city"] = city
    tool = {"type": "web_search", "search_context_size": "medium", "user_location": where}
    return {
        "tools": [tool],
        "include": ["web_search_call.action.sources"],
        "max_tool_calls": settings.OPENAI_MAX_TOOL_CALLS,
    }


def _said(metadata: Mapping[str, Any]) -> dict[str, str]:
    texts = {str(name): str(value) for name, value in metadata.items()}
    long = [
        name
        for name, text in texts.items()
        if len(name) > LONGEST_NAME or len(text) > LONGEST_VALUE
    ]
    if long or len(texts) > MOST_METADATA + 1:
        raise TooMuchMetadata(
            f"At most {MOST_METADATA} values of metadata can be sent, of {LONGEST_VALUE} "
            f"characters each; {len(texts) - 1} were given, too long: {', '.join(long) or 'none'}."
        )
    return texts
