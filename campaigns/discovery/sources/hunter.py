"""Hunter: companies by words, town and size, a hundred to a page; it knows name and domain.

Its searches take none of its own credits; ours are taken by the page, as calls are limited.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from campaigns.criteria import Criteria
from campaigns.discovery import paged
from campaigns.discovery.contract import KEYWORDS, SECTORS, SIZE
from campaigns.discovery.hunter import company, search
from campaigns.discovery.live import Asking, Brief, LiveSource, Question, Quote, Reply
from campaigns.kinds import By, Kind
from crm.credits.dated import Action
from crm.tenants.models import Tenant

NOTE = (
    "At most {pages} pages of up to {size} companies; Hunter’s own credits are not used. It knows a"
    " company’s name and website; that and registers tell where it is."
)


class Hunter(LiveSource):
    slug = "hunter"
    label = "Hunter"
    costs = True
    tells_size = False
    understands = frozenset({KEYWORDS, SECTORS, SIZE})
    service = "hunter"
    action = str(Action.HUNTER_PAGE)

    def serves(self, kind: Kind) -> bool:
        """It sorts companies by what they do and the year of their foundation."""
        return kind.by in (By.TRADES, By.EVERY, By.LIKE, By.OPENED)

    def charge(self) -> int:
        """Its credits are for addresses of people; a search takes none."""
        return 0

    def quote(self, tenant: Tenant, wanted: Criteria) -> Quote:
        return paged.quote(wanted, NOTE)

    def plan(self, brief: Brief) -> Sequence[Question]:
        return paged.plan(brief, VENDOR)

    def ask(self, asking: Asking) -> Reply:
        page = paged.read(asking.question.asked)
        asked = search.body(page, asking.wanted, asking.target)
        return paged.fetch(asking, VENDOR, json=asked).reply


def _is_more(said: Mapping[str, Any], number: int) -> bool:
    meta = said.get("meta")
    results = meta.get("results") if isinstance(meta, Mapping) else None
    return isinstance(results, int) and number * paged.SIZE < results


VENDOR = paged.Vendor(
    label=Hunter.label,
    path=search.PATH,
    listed="data",
    read=company.read,
    is_more=_is_more,
    last=search.LAST,
)
