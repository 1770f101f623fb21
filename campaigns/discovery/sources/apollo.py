"""Apollo: companies by words, town and size, a hundred to a page, and each page is paid for."""

from collections import Counter
from collections.abc import Sequence

from campaigns.criteria import Criteria
from campaigns.discovery import paged
from campaigns.discovery.apollo import company, people, search
from campaigns.discovery.apollo.search import LAST
from campaigns.discovery.contract import JOB_TITLES, KEYWORDS, SECTORS, SIZE
from campaigns.discovery.live import Asking, Brief, Question, Quote, Reply, Seen, Unanswerable
from campaigns.kinds import By, Kind
from crm import http
from crm.credits import prices
from crm.credits.dated import Action
from crm.outside.errors import NotReadable, TooBig
from crm.tenants.models import Tenant

# Usual seconds of a page, and of the checks that follow.
SECONDS = (2, 10)


class Apollo:
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
        if not paged.searches(wanted, wanted.target()):
            return Quote(0, 0, (0, 0), (0, 0), "No town is known in this circle.")
        pages = paged.most(wanted)
        note = (
            f"A page of up to {paged.SIZE} companies is paid each time, at most {pages:,} pages."
            " It knows the town of a company’s head office; website and registers tell the rest."
        )
        seconds = (SECONDS[0], SECONDS[1] * pages)
        return Quote(pages, pages * self.charge(), seconds, (0, wanted.max_results), note)

    def plan(self, brief: Brief) -> Sequence[Question]:
        return paged.plan(brief, last=LAST)

    def ask(self, asking: Asking) -> Reply:
        if asking.key is None:
            raise Unanswerable("Apollo is asked with a key, and there is none.")
        page, wanted = paged.read(asking.question.asked), asking.wanted
        try:
            said = http.call(
                asking.key,
                "POST",
                search.COMPANIES,
                query=search.companies(page, wanted),
                repeatable=False,
            ).json()
        except (NotReadable, TooBig) as error:
            raise Unanswerable(str(error), cost_micros=self.charge()) from None
        items = said.get("organizations") if isinstance(said, dict) else None
        if not isinstance(items, list):
            sentence = "Apollo answered, but without a list of companies."
            raise Unanswerable(sentence, cost_micros=self.charge())
        why: Counter[str] = Counter()
        found = _read(items, why)
        told: dict[str, object] = {"page": page.number, "companies": len(items)}
        if wanted.job_titles and found:
            jobs = people.wanted_there(asking.key, found, wanted)
            found = _with_people(found, jobs, why)
            if jobs.trouble:
                told["people"] = jobs.trouble
        more = [page.next.question] if _has_next(said, page, wanted) else []
        if why:
            told["left_out"] = dict(why)
        return Reply(found, more, cost_micros=self.charge(), said=told)


def _read(items: Sequence[object], why: Counter[str]) -> list[Seen]:
    """Read each company once, by its number at Apollo and by its domain."""
    found, known = list[Seen](), set[str]()
    for item in items:
        seen = company.read(item)
        if seen is None:
            why["unreadable"] += 1
            continue
        marks = {seen.key, people.domain(seen)} - {""}
        if marks & known:
            why["twice"] += 1
        else:
            found.append(seen)
        known |= marks
    return found


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


def _has_next(said: dict[str, object], page: paged.Page, wanted: Criteria) -> bool:
    paging = said.get("pagination")
    pages = paging.get("total_pages") if isinstance(paging, dict) else None
    is_more = isinstance(pages, int) and page.number < pages
    return is_more and paged.follows(page, wanted, last=LAST)
