"""A question to a language model, as providers ask it: sent once, then looked for by a ticket."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from crm.ai import ai
from crm.credits.prices import NoPrice
from crm.outside.key import Key
from enrichment.contract import Asking, NotYet, Unanswerable

SOONEST = 0.05
# By what an answer is known; it becomes part of an address.
IDENT = re.compile(r"[\w-]{1,150}", re.ASCII)
UNKNOWN = "The answer can't be looked for by the id that it was given."


@dataclass(frozen=True)
class Question:
    """`prompt` is the file that lies beside the caller, `given` what it is about, `name` that of
    the schema."""

    prompt: Path
    given: Mapping[str, Any]
    schema: Mapping[str, Any]
    name: str


def charge() -> int:
    """Say what one question costs at the most, in millionths of a pound; 0 while nobody knows."""
    try:
        return ai.most()
    except NoPrice:
        return 0


def answered(asking: Asking, question: Question) -> ai.Told | NotYet:
    """Send the question, or look for its answer.

    The ticket says by which id and since when, so that a question is called off when its time is
    over, whoever looks for it then. Raises Unanswerable and what `crm.outside.errors` holds.
    """
    if asking.key is None:
        raise Unanswerable("A language model is asked with a key, and there is none.")
    try:
        if asking.ticket:
            return _look(asking.key, asking.ticket, question)
        return _send(asking, asking.key, question)
    except ai.NoAnswer as none:
        raise Unanswerable(str(none), cost_micros=none.cost_micros) from none


def _send(asking: Asking, key: Key, question: Question) -> NotYet:
    started = ai.ask(
        key,
        prompt=ai.Prompt.read(question.prompt),
        given=question.given,
        schema=question.schema,
        name=question.name,
        metadata={"subject": asking.subject.ident},
    )
    if not IDENT.fullmatch(started.response_id):
        raise Unanswerable(UNKNOWN, cost_micros=charge())
    since = timezone.now()
    asking.keep(f"{started.response_id} {since.timestamp():.3f}")
    return _not_yet(since)


def _look(key: Key, ticket: str, question: Question) -> ai.Told | NotYet:
    ident, _, written = ticket.partition(" ")
    if not IDENT.fullmatch(ident):
        raise Unanswerable(UNKNOWN)
    since = _moment(written)
    told = ai.look(key, ident, schema=question.schema, started_at=since)
    return _not_yet(since) if isinstance(told, ai.Pending) else told


def _moment(written: str) -> datetime:
    """Read when it was sent; what names no moment is taken for now."""
    try:
        return datetime.fromtimestamp(float(written), UTC)
    except (ValueError, OverflowError, OSError):
        return timezone.now()


def _not_yet(since: datetime) -> NotYet:
    now = timezone.now()
    return NotYet(max(SOONEST, (ai.next_look(since, now) - now).total_seconds()))
