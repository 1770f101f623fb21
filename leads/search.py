"""What the words mean that somebody typed to find leads.

Every word must begin a word of the lead: its name, people, addresses, phone, town, postcode, trade
or notes. Where that finds fewer than ten, words that are contained, or alike, count as well.
"""

import re
import unicodedata
from collections.abc import Iterator

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

from crm.registers import trades
from crm.tenants.models import Tenant
from leads.models import Lead, SearchText

# The two halves of a postcode belong together; everything else is a word of its own.
WORD = re.compile(r"[a-z]{1,2}\d[a-z\d]?\s+\d[a-z]{0,2}(?!\S)|\S+", re.IGNORECASE)
# What the database takes apart when it reads a text.
APART = re.compile(r"[^\w]+")
FEWEST = 10
# Too short to be like something.
SHORT = 3
MOST_WORDS = 12


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


def narrow(leads: QuerySet[Lead], text: str, *, tenant: Tenant, walks: bool) -> QuerySet[Lead]:
    """Keep the leads that the words mean; `walks` looks at each as it is met."""
    found = texts(tenant, text)
    if walks:
        meant = found.filter(lead=OuterRef("pk")).values(is_meant=Value(True, BooleanField()))
        # In this shape the database cannot but ask it of each.
        return leads.filter(ExpressionWrapper(Subquery(meant), output_field=BooleanField()))
    return leads.filter(pk__in=found.values("lead"))


def texts(tenant: Tenant, text: str) -> QuerySet[SearchText]:
    """Give the texts of leads that the words mean, all of the company's."""
    asked = words(text)
    rows = SearchText.objects.filter(tenant=tenant)
    exact = rows.filter(begins(asked))
    if not asked or len(exact.values("pk")[:FEWEST]) == FEWEST:
        return exact
    loose = Q()
    for word in asked:
        # Numbers that are alike are others.
        is_said = len(word) > SHORT and not any(map(str.isdigit, word))
        alike = Q(Resembles("words", Value(word))) if is_said else Q()
        loose &= Q(words__contains=word) | begins([word]) | alike
    return rows.filter(loose)


def begins(asked: list[str]) -> Q:
    """Mean texts in which each of the words begins one."""
    if not asked:
        return Q(pk__in=[])
    return Q(Matches("vector", Value(" & ".join(map(_written, asked)))))


def words(text: str) -> list[str]:
    """Give the words in small letters without accents, a postcode as one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    found = ("".join(word.split()) for word in WORD.findall(plain))
    return [word for word in found if APART.sub("", word)][:MOST_WORDS]


def _written(word: str) -> str:
    """Write a word as the database wants it: as it is, in its parts, or as a trade."""
    ways = [_lexeme(word)]
    parts = [part for part in APART.split(word) if part]
    if parts != [word]:
        ways.append("(" + " & ".join(map(_lexeme, parts)) + ")")
    ways += ["(" + " & ".join(map(_lexeme, slug.split("_"))) + ")" for slug in _trades(word)]
    return "(" + " | ".join(ways) + ")"


def _lexeme(word: str) -> str:
    quoted = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*"


def _trades(word: str) -> Iterator[str]:
    """Give the trades in whose name a word starts like this, where the slug does not say it."""
    for slug, trade in trades.TRADES.items():
        named = (each.startswith(word) for each in trade.one.casefold().split())
        if any(named) and not any(part.startswith(word) for part in slug.split("_")):
            yield slug
