"""The vendor's own client, all of whose calls go through our door to the outside.

Importing it takes most of a second: only `sending` does, when something is sent.
"""

import json
from typing import Any

import httpx2
from openai import OpenAI

from crm import http
from crm.outside.key import Key

# Stands for the vendor's address and key, which the door puts on: this client knows neither.
NOWHERE = "http://door.invalid"
# By what an answer carries what the door has read in it: it may be long, and is read once.
SAID = "said"


class Door(httpx2.BaseTransport):
    """Hands a request to the door, and its answer back."""

    def __init__(self, key: Key, *, deadline: float | None, repeatable: bool) -> None:
        self.key, self.deadline, self.repeatable = key, deadline, repeatable

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it; raises what `crm.outside.errors` holds, never an error of the client's own."""
        answer = http.call(
            self.key,
            request.method,
            request.url.path,
            query=dict(request.url.params.multi_items()) or None,
            json=json.loads(request.read() or b"null"),
            deadline=self.deadline,
            repeatable=self.repeatable,
        )
        return httpx2.Response(answer.status, extensions={SAID: answer.json()}, request=request)


def said(response: httpx2.Response) -> Any:
    """Give what the vendor answered, as the door has read it."""
    return response.extensions[SAID]


def client(key: Key, *, deadline: float | None = None, repeatable: bool = True) -> OpenAI:
    """Give a client that speaks with this key. It never tries again by itself: the door does."""
    door = Door(key, deadline=deadline, repeatable=repeatable)
    return OpenAI(
        api_key="put on by the door",
        base_url=NOWHERE,
        max_retries=0,
        http_client=httpx2.Client(transport=door, trust_env=False),
    )
