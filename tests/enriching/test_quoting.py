"""What a run would take and bring, said before it begins."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.keys import changing
from crm.tenants.acting import acting_for
from enrichment.lookups.models import Lookup, Rules, TrackRecord
from enrichment.providers import person
from leads.enriching import quoting
from leads.enriching.quoting import Line, Quote
from leads.models import Fact, Lead, Organisation, Quality
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    """The installation's own keys of some vendors; of Apollo and others there is none."""
    for name in ("HUNTER_KEY", "ZEROBOUNCE_KEY", "COMPANIES_HOUSE_KEY"):
        setattr(settings, name, "a-key-that-nobody-asks-with")
    for name in ("APOLLO_KEY", "OPENAI_API_KEY", "GOOGLE_PLACES_KEY"):
        setattr(settings, name, "")


def leads(cast: Cast, many: int, **known: Any) -> list[UUID]:
    found = []
    for at in range(many):
        given = {"website": f"https://firm-{at}.test", "domain": f"firm-{at}.test"} | known
        organisation = OrganisationFactory(tenant=cast.tenant, phone="", **given)
        LeadFactory(organisation=organisation, owner=cast.ben)
        found.append(organisation.pk)
    return found


def quoted(cast: Cast, idents: list[UUID], *kinds: str, titles: tuple[str, ...] = ()) -> Quote:
    with acting_for(cast.tenant):
        return quoting.quote(cast.tenant, idents, kinds, titles)


def line(quote: Quote, slug: str) -> Line:
    return next(each for each in quote.lines if each.slug == slug)


def test_contact_details_are_likely_to_cost_less_than_the_most(cast: Cast) -> None:
    quote = quoted(cast, leads(cast, 10), "contact", "people")

    assert 0 < quote.expected < quote.most
    assert dict(quote.gains)["phones"] > 0
    assert quote.seconds > 0
    assert (quote.sample, quote.total) == (10, 10)
    assert not quote.is_of_sample


def test_who_has_no_key_is_named_and_not_reckoned_with(cast: Cast) -> None:
    quote = quoted(cast, leads(cast, 3), "people")

    assert ("Apollo people search", "apollo") in quote.missing_keys
    assert line(quote, "apollo_people").most == 0
    assert line(quote, "apollo_people").trouble == "No key"


def test_what_was_told_lately_is_not_bought_again(cast: Cast) -> None:
    idents = leads(cast, 1)
    before = quoted(cast, idents, "people")
    Lookup.of(cast.tenant).create(
        tenant=cast.tenant,
        provider="hunter_search",
        about="firm-0.test",
        wants=sorted(person.FIELDS | {"email"}),
        state=Lookup.State.NOTHING,
        answered_at=timezone.now() - timedelta(days=2),
    )

    after = quoted(cast, idents, "people")

    assert line(before, "hunter_search").most == 1
    assert not any(each.slug == "hunter_search" for each in after.lines)
    assert after.most < before.most


def test_below_the_bound_nothing_that_costs_is_asked(cast: Cast) -> None:
    Rules.of(cast.tenant).create(tenant=cast.tenant, paid_from_score=90)
    quote = quoted(cast, leads(cast, 4), "contact", "people")

    assert (quote.most, quote.expected, quote.below) == (0, 0, 4)


def test_the_companys_own_history_counts_before_a_guess(cast: Cast) -> None:
    idents = leads(cast, 5)
    guess = line(quoted(cast, idents, "people"), "hunter_search")
    TrackRecord.of(cast.tenant).create(
        tenant=cast.tenant,
        provider="hunter_search",
        month=timezone.localdate().replace(day=1),
        asked=100,
        answered=91,
    )

    known = line(quoted(cast, idents, "people"), "hunter_search")

    assert guess.whence == "usual for small firms"
    assert known.whence == "your last 100 questions in all trades"
    assert known.rate == pytest.approx(0.91)


def test_with_the_companys_own_key_it_takes_no_credits(cast: Cast) -> None:
    idents = leads(cast, 3)
    assert quoted(cast, idents, "people").most > 0
    with acting_for(cast.tenant):
        changing.put(cast.tenant, "hunter", "our-own-key-of-hunter", by=cast.ada)

    quote = quoted(cast, idents, "people")

    assert (quote.most, quote.expected) == (0, 0)
    assert line(quote, "hunter_search").most == 3


def test_everybody_whom_answers_bring_is_reckoned_with(cast: Cast) -> None:
    """Directors of the register, people of the website, and those whom Hunter lists."""
    one = quoted(cast, leads(cast, 20), "people")
    more = quoted(cast, leads(cast, 20, company_number="07310390"), "people")
    known = quoted(cast, leads(cast, 20), "people", titles=("Owner",))

    assert 2 * 20 <= line(more, "hunter_finder").expected <= line(more, "hunter_finder").most
    assert line(more, "hunter_finder").expected > line(one, "hunter_finder").expected
    assert line(known, "hunter_finder").expected <= 20


def test_few_answers_of_ones_own_move_the_guess_a_little(cast: Cast) -> None:
    idents = leads(cast, 5)
    before = line(quoted(cast, idents, "people"), "hunter_search")
    TrackRecord.of(cast.tenant).create(
        tenant=cast.tenant,
        provider="hunter_search",
        month=timezone.localdate().replace(day=1),
        asked=10,
        answered=10,
    )

    after = line(quoted(cast, idents, "people"), "hunter_search")

    assert after.rate == pytest.approx((before.rate + 1.0) / 2)
    assert after.whence == "usual for small firms"


def test_it_is_fast_and_writes_nothing(cast: Cast) -> None:
    idents = leads(cast, 200)
    for ident in idents[:100]:
        ContactFactory(
            tenant=cast.tenant, organisation=Organisation.of(cast.tenant).get(pk=ident)
        )
    begun = time.process_time()

    with CaptureQueriesContext(connection) as asked:
        quote = quoted(cast, idents, "contact", "company", "accounts", "people", "checks")

    assert quote.most > 0
    assert time.process_time() - begun < 1.0
    said = [each["sql"] for each in asked.captured_queries]
    assert not [each for each in said if each.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(said) < 60
    assert not Quality.of(cast.tenant).exists()
    assert not Fact.of(cast.tenant).exists()


def test_of_many_a_part_is_looked_at_and_says_so(cast: Cast, monkeypatch: Any) -> None:
    idents = leads(cast, 5)
    one = quoted(cast, idents, "people")
    monkeypatch.setattr(quoting, "SAMPLE", 2)

    part = quoted(cast, idents, "people")

    assert part.is_of_sample
    assert (part.sample, part.total) == (2, 5)
    assert part.most == one.most
    assert Lead.of(cast.tenant).count() == 5


def test_what_is_likely_new_of_one_is_said_of_one(cast: Cast) -> None:
    alone = dict(quoted(cast, leads(cast, 1), "contact", "accounts").gains)
    many = dict(quoted(cast, leads(cast, 10), "contact", "accounts").gains)

    assert alone["phone"] == 1
    assert alone["set of accounts"] == 1
    assert many["phones"] > 1
    assert many["sets of accounts"] > 1
