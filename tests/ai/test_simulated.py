"""The whole way against a server that was written from the vendor's documents alone."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from crm.ai import ai
from crm.outside import errors
from crm.outside.key import Key
from tests.ai.responses import SCHEMA
from tests.simulators import Running, running

pytestmark = pytest.mark.django_db
SPEED = 500.0


@pytest.fixture
def simulated(settings: Any) -> Iterator[Running]:
    """OpenAI as it is simulated, at a speed at which its minutes are tenths of seconds."""
    with running("openai", speed=SPEED) as found:
        settings.OPENAI_BASE_URL = found.env["OPENAI_BASE_URL"]
        settings.VENDOR_CLOCK = SPEED
        yield found


@pytest.fixture
def ask(key: Key, prompt: ai.Prompt, simulated: Running) -> Any:
    def asking(**changed: Any) -> ai.Started:
        usual: dict[str, Any] = {
            "prompt": prompt,
            "given": {"kind": "IT companies", "place": "Leicester", "wanted": 10},
            "schema": SCHEMA,
            "name": "found",
            "city": "Leicester",
        }
        return ai.ask(key, **{**usual, **changed})

    return asking


def answer(key: Key, started: ai.Started, since: datetime | None = None) -> ai.Told:
    """Look until the answer is there."""
    for _ in range(200):
        told = ai.look(key, started.response_id, schema=SCHEMA, started_at=since)
        if isinstance(told, ai.Told):
            return told
        time.sleep(0.02)
    raise AssertionError("There was never an answer.")


def test_organisations_are_found_with_the_pages_that_tell_of_them(
    simulated: Running, ask: Any, key: Key, prompt: ai.Prompt
) -> None:
    told = answer(key, ask())

    organisations = told.data["organisations"]
    assert organisations
    assert any(told.page(url) for each in organisations for url in each["source_urls"])
    assert told.searches > 0
    assert told.cost_micros > 0
    assert told.prompt_hash == prompt.hash
    assert simulated.openai.stats()["billed"] == 1


def test_every_request_is_as_the_vendors_document_wants_it(
    simulated: Running, ask: Any, key: Key, as_documented: Any
) -> None:
    answer(key, ask())
    ask(city=None)
    with pytest.raises(ai.Late):
        ai.call_off(key, ask().response_id, schema=SCHEMA)
    ai.listed(key)

    calls = simulated.openai.calls()
    assert len(calls) > 5
    as_documented("openai", calls)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("incomplete", ai.Incomplete),
        ("failed", ai.Failed),
        ("refusal", ai.RefusedByModel),
    ],
)
def test_what_is_no_answer_says_what_it_is(
    simulated: Running, ask: Any, key: Key, kind: str, error: type[ai.NoAnswer]
) -> None:
    simulated.openai.faults.add(kind)

    with pytest.raises(error):
        answer(key, ask())


def test_without_citations_nothing_has_a_source(simulated: Running, ask: Any, key: Key) -> None:
    simulated.openai.faults.add("no-citations")

    told = answer(key, ask())

    assert not any(
        told.page(url) for each in told.data["organisations"] for url in each["source_urls"]
    )


def test_used_up_credit_and_a_model_that_is_off_are_told(
    simulated: Running, ask: Any, settings: Any
) -> None:
    simulated.openai.faults.add("insufficient_quota")
    with pytest.raises(errors.Refused) as refused:
        ask()
    assert refused.value.kind == "credit"

    settings.OPENAI_MODEL = "gpt-4-gone"
    with pytest.raises(ai.ModelGone, match="gpt-4-gone"):
        ask()


def test_a_question_that_takes_too_long_is_called_off(
    simulated: Running, ask: Any, key: Key, settings: Any
) -> None:
    settings.OPENAI_DEADLINE_SECONDS = 30
    began = timezone.now()

    with pytest.raises(ai.Late):
        answer(key, ask(), since=began)


def test_a_model_that_ends_says_when_until_it_has_ended(simulated: Running, key: Key) -> None:
    eve = datetime(2026, 12, 10, 12, tzinfo=UTC).timestamp()
    simulated.clock.advance(eve - simulated.clock.now())
    days = {model.id: model.shutdown_date for model in ai.listed(key)}

    assert days["gpt-5.6-terra"] is None
    assert str(days["gpt-5-mini"]) == "2026-12-11"

    simulated.clock.advance(86_400)
    assert "gpt-5-mini" not in {model.id for model in ai.listed(key)}
