"""Looking for an answer, until it is there or its time is over."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from crm.ai import cost, sending
from crm.ai.answer import Pending, Told
from crm.ai.errors import Failed, Late
from crm.ai.reading import read
from crm.outside import clock
from crm.outside.errors import Away, NotAccepted, NotThere, Refused
from crm.outside.key import Key

# Seconds of the vendor's from one look to the next, growing with the time that has passed.
SOONEST, LATEST = 2.0, 15.0
SHARE = 8
GONE = "The answer is gone: OpenAI does not know it any more. Ask again."
Call = Callable[[Key, str], dict[str, Any]]


def look(
    key: Key,
    response_id: str,
    *,
    schema: Mapping[str, Any],
    started_at: datetime | None = None,
    most: int | None = None,
) -> Pending | Told:
    """Tell what has become of a question; as often as one likes, by whoever knows its id.

    Of an answer that is not there OPENAI_DEADLINE_SECONDS after `started_at` the vendor is told to
    stop, and Late raised; one that is there counts, however late somebody looks. `schema` is the
    one that it was asked with, `most` what it can cost where that is not what any question can.
    Raises a NoAnswer, and what `crm.outside.errors` holds.
    """
    told = read(_known(sending.retrieve, key, response_id), schema)
    if isinstance(told, Pending) and started_at and timezone.now() >= deadline(started_at):
        return call_off(key, response_id, schema=schema, most=most)
    return told


def call_off(
    key: Key, response_id: str, *, schema: Mapping[str, Any], most: int | None = None
) -> Told:
    """Tell the vendor to stop; raises Late, unless the answer came in that very moment."""
    try:
        ended = read(_known(sending.cancel, key, response_id), schema)
    except NotAccepted:
        # There was nothing left to stop.
        ended = read(_known(sending.retrieve, key, response_id), schema)
    except Away as error:
        raise _late(most) from error
    if isinstance(ended, Told):
        return ended
    raise _late(most)


def next_look(started_at: datetime, now: datetime | None = None) -> datetime:
    """Say when to look next: soon after the start, then ever more seldom, and at the deadline."""
    now = now or timezone.now()
    passed = (now - started_at) / timedelta(seconds=clock.real(1))
    pause = min(max(passed / SHARE, SOONEST), LATEST)
    then = now + timedelta(seconds=clock.real(pause))
    end = deadline(started_at)
    return end if now < end < then else then


def deadline(started_at: datetime) -> datetime:
    """Say until when an answer is waited for."""
    return started_at + timedelta(seconds=clock.real(settings.OPENAI_DEADLINE_SECONDS))


def _known(call: Call, key: Key, response_id: str) -> dict[str, Any]:
    try:
        return call(key, response_id)
    except NotThere as error:
        raise Failed(GONE) from error
    except Refused as error:
        # Of an answer, “not there” never means the model.
        if error.kind == "model":
            raise Failed(GONE) from error
        raise


def _late(most: int | None) -> Late:
    return Late(
        f"The model had no answer after {settings.OPENAI_DEADLINE_SECONDS} seconds, and the "
        "question was called off. It is counted at the most that it can have cost.",
        cost_micros=cost.most() if most is None else most,
    )
