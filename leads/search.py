"""Which leads the words mean that somebody typed.

Every word must begin a word of the lead: its name, people, addresses, phone, town, postcode, trade
or notes. Where that finds fewer than ten, words that are contained, or alike, count as well, as far
as they can be looked for in a moment.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
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

from crm.adminlist import patience
from crm.tenants.models import Tenant
from leads.models import Lead, SearchText
from leads.searchwords import query, words

FEWEST = 10
# So many are named one by one, and ranked; of more the database is asked again.
MOST = 3000
# Where the database expects so many it is not asked to gather them.
COMMON = 20_000
# Alike are many; whoever has not found theirs among these writes more of the word.
MOST_ALIKE = 500
SECONDS_FOR_ALIKE = 0.4
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

    `said` tells the reader what was done besides looking for the words as they stand.
    """

    asked: tuple[str, ...]
    leads: tuple[UUID, ...] | None
    is_loose: bool = False
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
    texts = SearchText.objects.filter(begins(tenant, found.asked))
    if walks:
        meant = texts.filter(lead=OuterRef("pk")).values(is_meant=Value(True, BooleanField()))
        # In this shape the database cannot but ask it of each.
        return leads.filter(ExpressionWrapper(Subquery(meant), output_field=BooleanField()))
    return leads.filter(pk__in=texts.values("lead"))


def begins(tenant: Tenant, asked: tuple[str, ...]) -> Q:
    """Mean the company's texts in which each of the words begins one."""
    return Q(Matches("vector", Value(query(list(asked)))), tenant=tenant)


def _look(tenant: Tenant, text: str) -> Found:
    asked = tuple(words(text))
    if not asked:
        return Found(asked, ())
    exact = SearchText.objects.filter(begins(tenant, asked)).values_list("lead", flat=True)
    # To gather what has several common words would take longer than to show the first.
    if len(asked) > 1 and _guess(exact) > COMMON:
        return Found(asked, None)
    found = tuple(exact[: MOST + 1])
    if len(found) > MOST:
        return Found(asked, None)
    if len(found) >= FEWEST:
        return Found(asked, found)
    try:
        alike = _in_time(_alike(tenant, asked)[: MOST_ALIKE + 1])
    except patience.TooSlow:
        return Found(asked, found, said=SLOW)
    if len(alike) <= len(found):
        return Found(asked, found)
    said = ALIKE_TOO if found else ALIKE
    if len(alike) > MOST_ALIKE:
        said = f"{said} {CUT}"
    every = tuple(dict.fromkeys(found + alike[:MOST_ALIKE]))
    return Found(asked, every, is_loose=True, said=said)


def _guess(rows: QuerySet[Any, Any]) -> int:
    """Ask how many rows the database expects, which costs nothing and may be far off."""
    [planned] = json.loads(rows.explain(format="json"))
    return int(planned["Plan"]["Plan Rows"])


def _in_time(rows: QuerySet[Any, Any]) -> tuple[UUID, ...]:
    """Read them in one go with the limit that they have; raises TooSlow."""
    asked, given = rows.query.sql_with_params()
    limit = f"SET LOCAL statement_timeout = {int(SECONDS_FOR_ALIKE * 1000)}"
    whole = f"{limit}; {asked}; SET LOCAL statement_timeout = 0"
    with patience.noticed(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(whole, given)
        cursor.nextset()
        return tuple(ident for (ident,) in cursor.fetchall())


def _alike(tenant: Tenant, asked: tuple[str, ...]) -> QuerySet[SearchText, UUID]:
    """Mean texts in which each word is contained, or one that is like it."""
    loose = Q(tenant=tenant)
    for word in asked:
        one = begins(tenant, (word,))
        if len(word) >= SHORT:
            one |= Q(words__contains=word)
        # Numbers that are alike are others.
        if len(word) > SHORT and not any(map(str.isdigit, word)):
            one |= Q(Resembles("words", Value(word)))
        loose &= one
    return SearchText.objects.filter(loose).values_list("lead", flat=True)
