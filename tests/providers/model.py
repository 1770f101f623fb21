"""A language model on loopback that answers what a test has it say."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.ai.responses import IDENT, message, response, search
from tests.ai.vendor import Vendor

# What it says, and the pages that it has read for it.
Saying = Callable[..., None]


@pytest.fixture
def model(settings: Any) -> Iterator[Vendor]:
    """Its clock is twenty times faster than ours."""
    found = Vendor()
    found.on("POST /responses", response("queued"))
    settings.OPENAI_BASE_URL = found.url
    settings.VENDOR_CLOCK = 20.0
    yield found
    found.close()


@pytest.fixture
def let_say(model: Vendor) -> Saying:
    def saying(data: Any, *pages: str) -> None:
        text = data if isinstance(data, str) else json.dumps(data)
        found = response(output=[search(list(pages)), message(text, [])])
        model.forget(f"GET /responses/{IDENT}")
        model.on(f"GET /responses/{IDENT}", found)

    return saying
