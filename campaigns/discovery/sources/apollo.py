"""Apollo: companies by words, town and size, a hundred to a page, and each page is paid for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from campaigns.criteria import Criteria
from campaigns.discovery import paged
from campaigns.discovery.apollo import company, people, search
from campaigns.discovery.contract import JOB_TITLES, KEYWORDS, SECTORS, SIZE
from campaigns.discovery.live import Asking, Brief, LiveSource, Question, Quote, Reply, Seen
from campaigns.kinds import By, Kind
from crm.credits import prices
from crm.credits.dated import Action
from crm.tenants.models import Tenant

NOTE = (
    "A page of up to {size} companies is paid each time, at most {pages} pages. It knows the town"
    " of a company’s head office; website and registers tell the rest."
)


class Apollo(LiveSource):
    slug = "apollo"
    label = "Apollo"
    costs = True
    tells_size = False
    understands = frozenset({KEYWORDS, SECTORS, SIZE, JOB_TITLES})
    service = "apollo"
    action = str(Action.APOLLO_PAGE)

    def serves(self, kind: Kind) -> bool:
        """What nobody sorts companies by it can't find: what they plan, or when they opened."""
        return kind.by in (By.TRADES, By.EVERY, By.LIKE)

    def charge(self) -> int:
        return prices.vendor("apollo", "credit")

    def quote(self, tenant: Tenant, wanted: Criteria) -> Quote:
        return paged.quote(wanted, NOTE, charge=self.charge())

    def plan(self, brief: Brief) -> Sequence[Question]:
        return paged.plan(brief, VENDOR)

    def ask(self, asking: Asking) -> Reply:
        wanted = asking.wanted
        asked = search.companies(paged.read(asking.question.asked), wanted)
        told = paged.fetch(asking, VENDOR, charge=self.charge(), query=asked)
        if asking.key and wanted.job_titles and told.found:
            jobs = people.wanted_there(asking.key, told.found, wanted)
            told.found = _with_people(told.found, jobs, told.why)
            if jobs.trouble:
                told.said["people"] = jobs.trouble
        return told.reply


def _with_people(found: Sequence[Seen], jobs: people.Jobs, why: Counter[str]) -> list[Seen]:
    """Leave out where surely nobody has the job that is wanted."""
    kept = []
    for seen in found:
        title = jobs.of(seen)
        if title:
            kept.append(people.with_title(seen, title))
        elif jobs.is_all and people.domain(seen):
            why["nobody with the job"] += 1
        else:
            kept.append(seen)
    return kept


def _is_more(said: Mapping[str, Any], number: int) -> bool:
    paging = said.get("pagination")
    pages = paging.get("total_pages") if isinstance(paging, Mapping) else None
    return isinstance(pages, int) and number < pages


VENDOR = paged.Vendor(
    label=Apollo.label,
    path=search.COMPANIES,
    listed="organizations",
    read=company.read,
    is_more=_is_more,
    last=search.LAST,
)
