"""What the words mean that somebody typed to find leads."""

import re

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from crm.registers import trades
from leads.models import Lead

# The two halves of a postcode belong together; everything else is a word of its own.
WORD = re.compile(r"[a-z]{1,2}\d[a-z\d]?\s+\d[a-z]{0,2}(?!\S)|\S+", re.IGNORECASE)


def narrow(leads: QuerySet[Lead], text: str) -> QuerySet[Lead]:
    """Keep the leads that every word fits: name, town, postcode or trade."""
    compact = Replace(F("organisation__postcode"), Value(" "), Value(""))
    leads = leads.alias(postcode_compact=compact)
    for word in WORD.findall(text):
        leads = leads.filter(
            Q(organisation__name__icontains=word)
            | Q(organisation__town__icontains=word)
            | Q(postcode_compact__istartswith="".join(word.split()))
            | Q(organisation__trade__in=_trades(word))
        )
    return leads


def _trades(word: str) -> list[str]:
    """Give the trades in whose name a word starts like this."""
    start = word.casefold()
    return [
        slug
        for slug, trade in trades.TRADES.items()
        if any(each.startswith(start) for each in trade.one.casefold().split())
    ]
