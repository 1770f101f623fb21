"""What is typed into the search for a campaign: few phrases, as each is paid for in each area."""

import re
from collections.abc import Iterable, Sequence

from campaigns.discovery.contract import Target
from campaigns.discovery.registers import asked
from campaigns.kinds import By
from crm.registers import trades

MOST, LONGEST = 4, 120
# Where any trade will do.
ANY = ("company", "office", "shop", "industrial estate")
# What stands in names of trades and is said by nobody.
STIFF = re.compile(
    r"\([^)]*\)|\b(?:other|activities|n\.?e\.?c\.?|not elsewhere classified)\b", re.IGNORECASE
)


def of(target: Target, keywords: Sequence[str]) -> list[str]:
    """Say what is searched for, the most telling first; nothing where nobody can tell."""
    words = _plain(_words(target))
    if keywords:
        first = words[0] if words else ""
        words = _plain(f"{keyword} {first}" for keyword in keywords)
    return words[:MOST]


def _words(target: Target) -> Iterable[str]:
    if target.sectors:
        return map(_spoken, target.sectors)
    if target.kind.by == By.EVERY:
        return ANY
    if target.kind.by == By.LIKE:
        return [*map(_spoken, asked.like(target)), target.extra.get("likeness", "")]
    return target.kind.words


def _spoken(trade: str) -> str:
    """Name a trade as people do."""
    label = STIFF.sub(" ", trades.label(trade)).partition(",")[0]
    return label.lower() if label[1:].islower() else label


def _plain(phrases: Iterable[str]) -> list[str]:
    cleaned = (" ".join(each.replace("\x00", "").split())[:LONGEST].strip() for each in phrases)
    return list(dict.fromkeys(filter(None, cleaned)))
