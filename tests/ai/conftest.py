"""A vendor on loopback, a key for it, and a question."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from crm.ai import ai
from crm.outside.key import Key
from tests.ai.responses import IDENT, SCHEMA, response
from tests.ai.vendor import Vendor

SECRET = "sk-a-secret-that-nobody-sees-9x7q"
TENANT = UUID("01900000-0000-7000-8000-000000000001")
PROMPT = "Find organisations.\n\n---\n\nWhich are there?\n"


@pytest.fixture
def vendor(settings: Any) -> Iterator[Vendor]:
    """OpenAI, as far as a test lets it; its clock is twenty times faster than ours."""
    found = Vendor()
    found.on("POST /responses", response("queued"))
    settings.OPENAI_BASE_URL = found.url
    settings.VENDOR_CLOCK = 20.0
    yield found
    found.close()


@pytest.fixture
def key(request: pytest.FixtureRequest) -> Key:
    """A key of a company's own, another one in each test: paces and breakers are filed by it."""
    return Key(
        service="openai",
        secret=SECRET,
        ident=request.node.name[:40],
        last4=SECRET[-4:],
        is_system=False,
        tenant_id=TENANT,
    )


@pytest.fixture
def prompt(tmp_path: Path) -> ai.Prompt:
    """A prompt as it lies beside a caller."""
    path = tmp_path / "question.md"
    path.write_text(PROMPT)
    return ai.Prompt.read(path)


@pytest.fixture
def ask(key: Key, prompt: ai.Prompt) -> Callable[..., ai.Started]:
    """Asks for IT companies in Leicester."""

    def asking(**changed: Any) -> ai.Started:
        usual: dict[str, Any] = {
            "prompt": prompt,
            "given": {"kind": "IT companies", "place": "Leicester"},
            "schema": SCHEMA,
            "name": "found",
            "city": "Leicester",
            "metadata": {"campaign": "Fern"},
        }
        return ai.ask(key, **{**usual, **changed})

    return asking


@pytest.fixture
def look(vendor: Vendor, key: Key) -> Callable[..., ai.Pending | ai.Told]:
    """Looks for an answer that the vendor will give like this."""

    def looking(*answers: Any, **given: Any) -> ai.Pending | ai.Told:
        vendor.on(f"GET /responses/{IDENT}", *answers)
        return ai.look(key, IDENT, **{"schema": SCHEMA} | given)

    return looking
