"""Words by which vendors sort companies: those that were asked for, else those of the kind."""

from collections.abc import Sequence

from campaigns.criteria import Criteria
from campaigns.discovery.contract import Target
from campaigns.discovery.google_places import phrases
from campaigns.kinds import By
from crm.registers import trades

MOST = 16


def of(wanted: Criteria, target: Target) -> Sequence[str]:
    """Give them, the most telling first; none means companies of any trade."""
    named = [*wanted.keywords, *map(trades.label, wanted.sectors)]
    if not named and wanted.kind.by not in (By.EVERY, By.OPENED):
        named = phrases.of(target, ())
    cleaned = (" ".join(each.replace("\x00", "").split()) for each in named)
    return list(dict.fromkeys(filter(None, cleaned)))[:MOST]
