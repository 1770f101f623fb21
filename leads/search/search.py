"""Which leads the words mean that somebody typed.

Every word must be one of the lead's, and the last one begin one: of its name, people, addresses,
phone, town, postcode, trade or notes. Where that finds fewer than ten, each may only begin one; and
where those are as few, words that are a slip away, contained or alike count as well, as far as they
can be looked for in a moment.
"""

import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)

from crm.bounds import intime, patience
from crm.tenants.models import Tenant
from leads.models import Lead, SearchText
from leads.search import lookups
from leads.search.terms import query, typed, words

FEWEST = 10
# So many are named one by one, and ranked; of more the database is asked again.
MOST = 3000
# Where the database expects so many it is not asked to gather them: of one word it knows well, of
# several together it guesses.
COMMON, COMMON_TOGETHER = 3 * MOST, 20_000
# Alike are many; whoever has not found theirs among these writes more of the word.
MOST_ALIKE = 500
SECONDS_FOR_NEAR = 0.3
SECONDS_FOR_ALIKE = 0.2
# What is shorter stands everywhere; what is no longer is like everything.
SHORT = 3

ALIKE = "No lead has all these words, so those with words like them are shown."
ALIKE_TOO = "Few leads have all these words, so those with words like them are shown as well."
CUT = "There are more than that: write more of the words, or a town."
SLOW = (
    "Looking for words that are like these took too long among so many leads, so only what begins "
    "with them is shown. Write the first letters of each word, or a town."
)


class Matches(Func):
    """Whether the vector has these words, given in the database's own writing."""

    template = "%(expressions)s::tsquery"
    arg_joiner = " @@ "
    output_field = BooleanField()
    conditional = True


class Resembles(Func):
    """Whether a part of the text is like the word, by its trigrams."""

    template = "(%(expressions)s)"
    arg_joiner = " %%> "
    output_field = BooleanField()
    conditional = True


class Plain(Func):
    """Small letters without accents, as the words are kept."""

    function = "leads_plain"
    output_field = TextField()


@dataclass(frozen=True)
class Found:
    """What the words mean among a company's leads: `leads` is None if they are too many to name.

    `written` is what they were looked for by. `is_loose` says that words only like them count,
    `is_wider` that not all of the words need be whole; `said` tells the reader what was done.
    """

    asked: tuple[str, ...]
    leads: tuple[UUID, ...] | None
    written: str = ""
    is_loose: bool = False
    is_wider: bool = False
    said: str = ""


def look(tenant: Tenant, text: str, memory: dict[str, Any] | None = None) -> Found:
    """Look for the words; `memory` keeps what was found for as long as a request lasts."""
    memory = {} if memory is None else memory
    key = f"search {text}"
    if key not in memory:
        memory[key] = _look(tenant, text)
    found: Found = memory[key]
    return found


def narrow(
    leads: QuerySet[Lead],
    text: str,
    *,
    tenant: Tenant,
    walks: bool,
    memory: dict[str, Any] | None = None,
) -> QuerySet[Lead]:
    """Keep the leads that the words mean; `walks` looks at each as it is met."""
    found = look(tenant, text, memory)
    if found.leads is not None:
        return leads.filter(pk__any=found.leads)
    texts = _texts(tenant, found.written)
    if walks:
        meant = texts.filter(lead=OuterRef("pk")).values(is_meant=Value(True, BooleanField()))
        # In this shape the database cannot but ask it of each.
        return leads.filter(ExpressionWrapper(Subquery(meant), output_field=BooleanField()))
    return leads.filter(pk__in=texts.values("lead"))


def exactly(leads: QuerySet[Lead], text: str, *, tenant: Tenant) -> QuerySet[Lead]:
    """Keep the leads that have the words as they stand, however few those are."""
    asked = words(text)
    if not asked:
        return leads.none()
    return leads.filter(pk__in=_texts(tenant, typed(asked)).values("lead"))


def _texts(tenant: Tenant, written: str) -> QuerySet[SearchText]:
    return SearchText.objects.filter(_has(tenant, written))


def _has(tenant: Tenant, written: str) -> Q:
    return Q(Matches("vector", Value(written)), tenant=tenant)


def _look(tenant: Tenant, text: str) -> Found:
    asked = tuple(words(text))
    if not asked:
        return Found(asked, ())
    written, begun = typed(list(asked)), query(list(asked))
    # To gather what has common words would take longer than to show the first.
    if _guess(_texts(tenant, written)) > (COMMON if len(asked) == 1 else COMMON_TOGETHER):
        return Found(asked, None, written)
    exact, is_wider = lookups.met(tenant, written, begun, fewest=FEWEST, most=MOST + 1)
    found = Found(asked, exact, begun if is_wider else written, is_wider=is_wider)
    if len(exact) > MOST:
        return replace(found, leads=None)
    return found if len(exact) >= FEWEST else _alike(tenant, found, exact)


def _guess(rows: QuerySet[Any, Any]) -> int:
    """Ask how many rows the database expects, which costs nothing and may be far off."""
    [planned] = json.loads(rows.order_by().explain(format="json"))
    return int(planned["Plan"]["Plan Rows"])


def _alike(tenant: Tenant, found: Found, exact: tuple[UUID, ...]) -> Found:
    """Add what is only like the words: what is a slip away first, since that is found at once."""
    alike: tuple[UUID, ...] = ()
    slow = ""
    try:
        if not exact:
            most, seconds = MOST_ALIKE + 1, SECONDS_FOR_NEAR
            alike = lookups.near(tenant, found.asked, most=most, seconds=seconds)
        if len(alike) < FEWEST:
            alike += _in_time(_resembling(tenant, found.asked)[: MOST_ALIKE + 1])
    except patience.TooSlow:
        slow = SLOW
    every = tuple(dict.fromkeys(exact + alike))
    if len(every) == len(exact):
        return replace(found, said=slow)
    said = ALIKE_TOO if exact else ALIKE
    if len(every) > MOST_ALIKE:
        said = f"{said} {CUT}"
    return replace(found, leads=every[:MOST_ALIKE], is_loose=True, is_wider=True, said=said)


def _in_time(rows: QuerySet[Any, Any]) -> tuple[UUID, ...]:
    """Read them as long as that may take; raises TooSlow."""
    return tuple(intime.idents(rows, SECONDS_FOR_ALIKE, by_index=True))


def _resembling(tenant: Tenant, asked: tuple[str, ...]) -> QuerySet[SearchText, UUID]:
    """Mean texts in which each word is contained, or one that is like it."""
    loose = Q(tenant=tenant)
    for word in asked:
        one = _has(tenant, query([word]))
        if len(word) >= SHORT:
            one |= Q(words__contains=word)
        # Numbers that are alike are others.
        if len(word) > SHORT and not any(map(str.isdigit, word)):
            one |= Q(Resembles("words", Value(word)))
        loose &= one
    return SearchText.objects.filter(loose).values_list("lead", flat=True)
