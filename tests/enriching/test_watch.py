"""Watching a lead for news: its price said before, looked for at times, told once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.credits import credits
from crm.notices.models import Notice
from crm.tenants.acting import acting_for
from crm.upward import named
from crm.work.drain import drain
from crm.work.models import State
from leads.enriching import watching
from leads.models import EnrichmentRun, Lead, NewsWatch
from tests.enriching.rows import fact
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

HX = {"HTTP_HX_REQUEST": "true"}
pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture(autouse=True)
def _alone(settings: Any) -> Any:
    """The watch alone is worked off, so that runs end when a test says so."""
    settings.WORK_TABLES = ["leads.enriching.watching.TABLE"]
    settings.OPENAI_API_KEY = "sk-system-00000000ours"
    named.cache_clear()
    yield
    named.cache_clear()


@pytest.fixture
def lead(cast: Cast) -> Lead:
    with acting_for(cast.tenant):
        credits.grant(cast.tenant, 50, cast.ada)
    return LeadFactory(
        organisation=OrganisationFactory(tenant=cast.tenant, name="Quay Smiles"), owner=cast.ben
    )


def begin(cast: Cast, lead: Lead, every: str = "week") -> str:
    browser, path = as_person(cast.ben), f"/leads/{lead.pk}/watch/"
    text = browser.get(path, **HX).content.decode()
    price = text.split('name="credits" value="')[1].split('"')[0]
    answer = browser.post(path, {"every": every, "credits": price}, **HX)
    assert answer.status_code == 200
    return answer.content.decode()


def go_on() -> None:
    NewsWatch.across_tenants.update(due_at=timezone.now())
    drain(20)


def ended(run: EnrichmentRun) -> None:
    EnrichmentRun.across_tenants.filter(pk=run.pk).update(phase="completed", state=State.DONE)


def test_the_price_of_a_look_is_said_before(cast: Cast, lead: Lead) -> None:
    text = as_person(cast.ben).get(f"/leads/{lead.pk}/watch/", **HX).content.decode()

    assert "Watch for news, up to 8 credits a look" in text
    assert "Every week" in text


def test_who_watches_is_told_of_what_is_new_and_of_nothing_twice(cast: Cast, lead: Lead) -> None:
    said = begin(cast, lead)
    assert "You are told of news: every week, up to 8 credits a look." in said
    fact(lead.organisation, "news", ["2026-01-02: Old news"], "news", status="applied")
    go_on()
    run = EnrichmentRun.of(cast.tenant).get()
    assert (run.kinds, run.most, run.by, run.ref) == (["signals"], 8, cast.ben, lead.pk)
    # As long as it goes on, nobody is told.
    go_on()
    assert EnrichmentRun.of(cast.tenant).count() == 1
    fact(
        lead.organisation, "news", ["2026-11-20: Opens in Truro"], "news", status="applied",
        run=run.pk,
    )  # fmt: skip
    ended(run)
    go_on()

    notice = Notice.of(cast.tenant).get(user=cast.ben, kind="news")
    assert notice.text == "News of Quay Smiles: 2026-11-20: Opens in Truro"
    assert notice.url == f"/leads/{lead.pk}/"
    row = NewsWatch.of(cast.tenant).get()
    assert row.run is None
    assert row.next_at > timezone.now() + timedelta(days=6)
    go_on()
    assert EnrichmentRun.of(cast.tenant).count() == 1
    assert Notice.of(cast.tenant).count() == 1


def test_where_nothing_is_new_nobody_is_bothered(cast: Cast, lead: Lead) -> None:
    begin(cast, lead, "month")
    go_on()
    ended(EnrichmentRun.of(cast.tenant).get())
    go_on()

    assert not Notice.of(cast.tenant).exists()
    text = as_person(cast.ben).get(f"/leads/{lead.pk}/watch/", **HX).content.decode()
    assert "Nothing new was found." in text


def test_the_next_look_comes_when_it_is_due(cast: Cast, lead: Lead) -> None:
    begin(cast, lead)
    go_on()
    ended(EnrichmentRun.of(cast.tenant).get())
    go_on()
    NewsWatch.across_tenants.update(next_at=timezone.now())
    go_on()

    assert EnrichmentRun.of(cast.tenant).count() == 2


def test_without_credits_the_look_is_left_out_and_said(cast: Cast, lead: Lead) -> None:
    begin(cast, lead)
    with acting_for(cast.tenant):
        credits.reserve(cast.tenant, 45, by=cast.ada)
    go_on()

    assert not EnrichmentRun.of(cast.tenant).exists()
    row = NewsWatch.of(cast.tenant).get()
    assert row.said.startswith("The last look was left out.")
    assert row.next_at > timezone.now() + timedelta(days=6)


def test_whoever_sees_the_lead_no_more_is_not_told_and_pays_nothing(
    cast: Cast, lead: Lead
) -> None:
    begin(cast, lead)
    cast.tenant.rep_reach, cast.tenant.shows_unowned = "own", False
    cast.tenant.save()
    Lead.of(cast.tenant).update(owner=cast.ada)
    go_on()

    assert not EnrichmentRun.of(cast.tenant).exists()
    assert credits.balance(cast.tenant).held == 0


def test_it_is_switched_off_again(cast: Cast, lead: Lead) -> None:
    begin(cast, lead)
    answer = as_person(cast.ben).post(f"/leads/{lead.pk}/watch/", {"every": "never"}, follow=True)

    assert "You no longer watch it for news." in answer.content.decode()
    assert not NewsWatch.of(cast.tenant).exists()


def test_a_dearer_look_than_was_said_is_refused(cast: Cast, lead: Lead) -> None:
    browser, path = as_person(cast.ben), f"/leads/{lead.pk}/watch/"
    answer = browser.post(path, {"every": "week", "credits": "7"}, **HX)

    assert answer.status_code == 409
    assert "The price has changed." in answer.content.decode()
    assert not NewsWatch.of(cast.tenant).exists()


def test_without_a_key_their_own_website_is_read(cast: Cast, lead: Lead, settings: Any) -> None:
    settings.OPENAI_API_KEY = ""
    text = as_person(cast.ben).get(f"/leads/{lead.pk}/watch/", **HX).content.decode()

    assert "Watch for news, at no credits" in text
    assert "Only their own website is read" in text
    assert "at no credits" in begin(cast, lead)
    assert NewsWatch.of(cast.tenant).get().credits == 0
    assert as_person(cast.vera).get(f"/leads/{lead.pk}/watch/").status_code == 403
    with acting_for(cast.tenant):
        assert watching.price(cast.tenant) == 0
