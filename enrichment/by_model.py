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
from crm.outside import clock
from crm.outside.key import Key
from enrichment.contract import Asking, NotYet, Unanswerable

# Seconds of the vendor's from one look to the next: each look reads all of an organisation anew.
SOONEST, LATEST = 6.0, 15.0
# The pause is this part of the time that has passed.
SHARE = 3
# By what an answer is known; it becomes part of an address.
IDENT = re.compile(r"[\w-]{1,150}", re.ASCII)
UNKNOWN = "The answer can't be looked for by the id that it was given."


@dataclass(frozen=True)
class Question:
    """`prompt` is the file that lies beside the caller, `given` what it is about, `name` that of
    the schema; `charge` is what it costs at the most, 0 where that is what any question costs.
    Without `searches` it sees nothing of the web."""

    prompt: Path
    given: Mapping[str, Any]
    schema: Mapping[str, Any]
    name: str
    charge: int = 0
    searches: bool = True


def charge(*, searches: bool = True, letters: int = 0) -> int:
    """Say what one question costs at the most, in millionths of a pound; 0 while nobody knows."""
    try:
        return ai.most(searches=searches, letters=letters)
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
        searches=question.searches,
    )
    if not IDENT.fullmatch(started.response_id):
        raise Unanswerable(UNKNOWN, cost_micros=question.charge or charge())
    since = timezone.now()
    asking.keep(f"{started.response_id} {since.timestamp():.3f}")
    return _not_yet(since)


def _look(key: Key, ticket: str, question: Question) -> ai.Told | NotYet:
    ident, _, written = ticket.partition(" ")
    if not IDENT.fullmatch(ident):
        raise Unanswerable(UNKNOWN)
    since = _moment(written)
    told = ai.look(
        key, ident, schema=question.schema, started_at=since, most=question.charge or None
    )
    return _not_yet(since) if isinstance(told, ai.Pending) else told


def _moment(written: str) -> datetime:
    """Read when it was sent; what names no moment is taken for now."""
    try:
        return datetime.fromtimestamp(float(written), UTC)
    except (ValueError, OverflowError, OSError):
        return timezone.now()


def _not_yet(since: datetime) -> NotYet:
    """Look soon at first, then ever more seldom."""
    passed = (timezone.now() - since).total_seconds() / clock.real(1)
    return NotYet(min(max(passed / SHARE, SOONEST), LATEST))
