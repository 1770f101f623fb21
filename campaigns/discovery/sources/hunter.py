"""Hunter: companies by words, town and size, a hundred to a page; it knows name and domain.

Its searches take none of its own credits; ours are taken by the page, as calls are limited.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from campaigns.criteria import Criteria
from campaigns.discovery import paged
from campaigns.discovery.contract import KEYWORDS, SECTORS, SIZE
from campaigns.discovery.hunter import company, search
from campaigns.discovery.hunter.search import LAST
from campaigns.discovery.live import Asking, Brief, Question, Quote, Reply, Seen, Unanswerable
from campaigns.kinds import By, Kind
from crm import http
from crm.credits.dated import Action
from crm.outside.errors import NotReadable, TooBig
from crm.tenants.models import Tenant

# Usual seconds of a page, and of the checks that follow.
SECONDS = (2, 10)


class Hunter:
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
        if not paged.searches(wanted, wanted.target()):
            return Quote(0, 0, (0, 0), (0, 0), "No town is known in this circle.")
        pages = paged.most(wanted)
        note = (
            f"At most {pages:,} pages of up to {paged.SIZE} companies; Hunter’s own credits are not"
            " used. It knows a company’s name and website; that and registers tell where it is."
        )
        seconds = (SECONDS[0], SECONDS[1] * pages)
        return Quote(pages, pages * self.charge(), seconds, (0, wanted.max_results), note)

    def plan(self, brief: Brief) -> Sequence[Question]:
        return paged.plan(brief, last=LAST)

    def ask(self, asking: Asking) -> Reply:
        if asking.key is None:
            raise Unanswerable("Hunter is asked with a key, and there is none.")
        page, wanted = paged.read(asking.question.asked), asking.wanted
        try:
            said = http.call(
                asking.key,
                "POST",
                search.PATH,
                json=search.body(page, wanted, asking.target),
                repeatable=False,
            ).json()
        except (NotReadable, TooBig) as error:
            raise Unanswerable(str(error), cost_micros=self.charge()) from None
        items = said.get("data") if isinstance(said, dict) else None
        if not isinstance(items, list):
            sentence = "Hunter answered, but without a list of companies."
            raise Unanswerable(sentence, cost_micros=self.charge())
        why: Counter[str] = Counter()
        found = _read(items, why)
        more = [page.next.question] if _has_next(said, page, wanted) else []
        told: dict[str, object] = {"page": page.number, "companies": len(items)}
        if why:
            told["left_out"] = dict(why)
        return Reply(found, more, cost_micros=self.charge(), said=told)


def _read(items: Sequence[object], why: Counter[str]) -> list[Seen]:
    """Read each company once."""
    found: dict[str, Seen] = {}
    for item in items:
        seen = company.read(item)
        if seen is None:
            why["unreadable"] += 1
        elif seen.key in found:
            why["twice"] += 1
        else:
            found[seen.key] = seen
    return list(found.values())


def _has_next(said: Mapping[str, object], page: paged.Page, wanted: Criteria) -> bool:
    meta = said.get("meta")
    results = meta.get("results") if isinstance(meta, Mapping) else None
    is_more = isinstance(results, int) and page.number * paged.SIZE < results
    return is_more and paged.follows(page, wanted, last=LAST)
