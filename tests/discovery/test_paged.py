"""Which page of a search comes next, also where some were paid for and never answered."""

import json
from typing import Any

import pytest

from campaigns.discovery import paged
from campaigns.discovery.live import Earlier, Question
from campaigns.discovery.paged import SIZE, Page
from campaigns.discovery.sources.apollo import Apollo
from campaigns.discovery.sources.hunter import Hunter
from tests.discovery.asked import Asker, wanted
from tests.outside.conftest import key
from tests.outside.vendor import Vendor, answer
from tests.people import Cast

EARLIER_RUN, THIS_RUN = 0, 1
FEW = SIZE // 2


class Nearest:
    """The search of the nearest towns: its pages as they were asked for, and the next."""

    def __init__(self, cast: Cast) -> None:
        self.asks = wanted("it_msp_expansion", miles=30, max_results=500)
        self.asker = Asker(Hunter(), None, cast)
        self.first, self.second, *_ = paged.searches(self.asks, self.asks.target())

    def told(self, number: int, many: int = SIZE, *, wave: int = THIS_RUN) -> Earlier:
        question = self._page(number)
        return Earlier(question.key, question.asked, wave, many, fresh=many)

    def lost(self, number: int, *, wave: int = THIS_RUN) -> Earlier:
        question = self._page(number)
        return Earlier(question.key, question.asked, wave, 0, 0, is_answered=False)

    def next(self, *earlier: Earlier) -> Page | None:
        planned = [paged.read(each.asked) for each in self.asker.plan(self.asks, earlier)]
        assert self.second in planned, "other towns are asked for all the same"
        return next((page for page in planned if page.search == self.first.search), None)

    def _page(self, number: int) -> Question:
        return Page(self.first.words, self.first.towns, number).question


@pytest.fixture
def nearest(db: None, bundled: None, cast: Cast) -> Nearest:
    return Nearest(cast)


def numbered(page: Page | None) -> int | None:
    return page.number if page else None


def test_a_search_goes_on_while_its_pages_are_full(nearest: Nearest) -> None:
    assert numbered(nearest.next()) == 1
    assert numbered(nearest.next(nearest.told(1))) == 2
    assert numbered(nearest.next(nearest.told(1), nearest.told(2, FEW))) is None
    assert numbered(nearest.next(nearest.told(1, FEW, wave=EARLIER_RUN))) is None


def test_a_page_that_was_lost_does_not_end_its_towns(nearest: Nearest) -> None:
    assert numbered(nearest.next(nearest.told(1), nearest.lost(2))) == 3
    assert numbered(nearest.next(nearest.lost(1))) == 2
    # It says nothing of those before it.
    assert numbered(nearest.next(nearest.told(1, FEW), nearest.lost(2))) is None
    # It is paid for: not again in this run, and not for ever anew.
    assert numbered(nearest.next(nearest.lost(1), nearest.lost(2))) is None


def test_what_an_earlier_run_has_lost_is_asked_for_again(nearest: Nearest) -> None:
    again = nearest.next(nearest.lost(1, wave=EARLIER_RUN))
    assert again == nearest.first
    behind = nearest.told(2, wave=EARLIER_RUN)
    again = nearest.next(nearest.lost(1, wave=EARLIER_RUN), behind)
    assert again is not None
    assert (again.number, again.is_gap, again.key) == (1, True, nearest.first.key)
    # Then the search goes on where it was; but what is lost again waits for another run.
    assert numbered(nearest.next(nearest.lost(1, wave=EARLIER_RUN), behind, nearest.told(1))) == 3
    assert numbered(nearest.next(nearest.lost(1, wave=EARLIER_RUN), behind, nearest.lost(1))) == 3


def test_pages_behind_a_gap_are_not_paid_for_twice(
    scripted: Vendor, db: None, bundled: None, cast: Cast, nearest: Nearest
) -> None:
    items = [{"domain": "acme.co.uk", "organization": "Acme"}]
    full: dict[str, Any] = {"data": items, "meta": {"results": 1_000}}
    scripted.says(answer(body=json.dumps(full)), answer(body=json.dumps(full)))
    asker = Asker(Hunter(), key("hunter", "gap"), cast)
    gap = nearest.next(nearest.told(2, wave=EARLIER_RUN))
    assert gap is not None
    assert not asker.ask(nearest.asks, gap.question).more
    [more] = asker.ask(nearest.asks, nearest.first.question).more
    assert paged.read(more.asked).number == 2


def test_a_vendor_that_answers_nothing_is_left_alone(nearest: Nearest) -> None:
    pages = [Page((), (f"Town {at}",)).question for at in range(paged.IN_VAIN)]
    earlier = [Earlier(each.key, each.asked, 1, 0, 0, is_answered=False) for each in pages]
    assert nearest.asker.plan(nearest.asks, earlier) == []


def test_a_page_that_was_kept_before_is_read(nearest: Nearest) -> None:
    kept = dict(nearest.first.question.asked)
    del kept["is_gap"]
    assert paged.read(kept) == nearest.first


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (Apollo(), "A page of up to 100 companies is paid each time, at most 5 pages. It knows"),
        (Hunter(), "At most 5 pages of up to 100 companies; Hunter’s own credits are not used."),
    ],
)
def test_a_quote_says_what_it_rests_on(
    source: Apollo | Hunter, said: str, db: None, bundled: None, cast: Cast
) -> None:
    quote = source.quote(cast.tenant, wanted("healthcare", max_results=100))
    assert quote.note.startswith(said)
    assert (quote.seconds, quote.expects) == ((2, 50), (0, 100))
    assert quote.cost_micros == 5 * source.charge()


def test_one_company_by_two_addresses_of_its_site_counts_once(
    scripted: Vendor, db: None, bundled: None, cast: Cast
) -> None:
    items = [
        {"domain": "acme.co.uk", "organization": "Acme"},
        {"domain": "www.acme.co.uk", "organization": "Acme Leicester"},
    ]
    scripted.says(answer(body=json.dumps({"data": items})))
    asker = Asker(Hunter(), key("hunter", "twice"), cast)
    asks = wanted("healthcare")
    reply = asker.ask(asks, asker.plan(asks)[0])
    assert ([seen.candidate.name for seen in reply.seen], reply.said["left_out"]) == (
        ["Acme"],
        {"twice": 1},
    )
