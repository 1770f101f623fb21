"""The page of a run, the list of runs, and who sees them."""

from typing import Any

import pytest
from django.utils import timezone

from crm.credits import credits
from crm.tenants.models import Reach
from crm.work.models import State
from enrichment.waterfall import Left
from leads.models import EnrichmentItem, EnrichmentRun, Lead
from tests.enriching import rows as known
from tests.factories.enriching import EnrichmentItemFactory, EnrichmentRunFactory
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
RUNNING = {"phase": "running", "state": State.WAITING}
HTMX = {"HX-Request": "true"}


def made(cast: Cast, **more: Any) -> EnrichmentRun:
    run: EnrichmentRun = EnrichmentRunFactory(
        tenant=cast.tenant, **({"by": cast.ben, "label": "Two schools"} | more)
    )
    return run


def about(cast: Cast, run: EnrichmentRun, name: str = "Quay School", **more: Any) -> EnrichmentItem:
    organisation = OrganisationFactory(tenant=cast.tenant, name=name)
    LeadFactory(organisation=organisation, owner=more.pop("owner", cast.ben))
    item: EnrichmentItem = EnrichmentItemFactory(run=run, organisation=organisation, **more)
    return item


def page(cast: Cast, run: EnrichmentRun, who: str = "ben", query: str = "") -> str:
    answer = as_person(getattr(cast, who)).get(f"{run.get_absolute_url()}{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_it_says_what_each_provider_has_brought(cast: Cast) -> None:
    run = made(cast, most=20, created_at=timezone.now() - timezone.timedelta(minutes=5))
    asked = {
        "website": {"outcome": "told", "known": True},
        "hunter_search": {"outcome": "told", "credits": 2},
        "hunter_finder|p": {"outcome": "nothing"},
    }
    item = about(cast, run, asked=asked, credits=2, gained={"applied": 3}, before=30, after=75)
    known.fact(item.organisation, "email", "info@quay.test", "hunter_search", run=run.pk,
               status="applied")  # fmt: skip
    known.fact(item.organisation, "employees", 12, "website", "register", run=run.pk)

    said = " ".join(page(cast, run).split())

    assert "Hunter domain search" in said
    assert "Its website" in said
    assert "1<span class=\"faint\"> 100%" in said
    assert "2.0<span" in said, "credits for each usable contact"
    assert "An e-mail address" in said
    assert "30% →" in said


def test_it_says_who_was_left_out_and_what_mends_that(cast: Cast) -> None:
    run = made(cast)
    asked = {
        "apollo_people": {"outcome": "left", "why": str(Left.NO_KEY)},
        "hunter_search": {"outcome": "left", "why": str(Left.BUDGET), "again": True},
        "news": {"outcome": "left", "why": str(Left.SCORE)},
    }
    about(cast, run, asked=asked)

    for_ada, for_ben = page(cast, run, "ada"), page(cast, run)

    assert "There is no key that works." in for_ben
    assert "Apollo people search" in for_ben
    assert "Ask with more credits" in for_ben
    assert "Change the bound" in for_ada
    assert "Change the bound" not in for_ben


def test_it_renews_itself_while_it_goes_and_not_after(cast: Cast) -> None:
    run = made(cast, **RUNNING, total=2)
    about(cast, run)
    about(cast, run, "Hill School", state=State.READY)
    url = f"/enrichment/{run.pk}/progress/"
    assert f'hx-get="{url}?shown=running"' in page(cast, run)
    browser = as_person(cast.ben)

    going = browser.get(f"{url}?shown=running", headers=HTMX)
    EnrichmentRun.of(cast.tenant).update(phase="completed", state=State.DONE)
    ended = browser.get(f"{url}?shown=running", headers=HTMX)

    assert "1 of 2" in going.content.decode()
    assert "<html" not in going.content.decode()
    assert ended.headers["HX-Refresh"] == "true"
    assert "hx-trigger=\"every" not in page(cast, run)
    assert browser.get(url).headers["Location"] == run.get_absolute_url()


def test_looking_at_how_far_it_is_takes_few_questions(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    run = made(cast, **RUNNING, total=30)
    for at in range(30):
        about(cast, run, f"School {at}")
    browser = as_person(cast.ben)
    url = f"/enrichment/{run.pk}/"
    browser.get(url)
    with django_assert_max_num_queries(12):
        browser.get(f"{url}progress/?shown=running", headers=HTMX)
    with django_assert_max_num_queries(26):
        browser.get(url)


def test_it_is_paused_resumed_and_cancelled(cast: Cast) -> None:
    run = made(cast, **RUNNING)
    about(cast, run, state=State.READY)
    browser = as_person(cast.ben)
    seen = []
    for verb in ("pause", "resume", "cancel"):
        browser.post(f"/enrichment/{run.pk}/{verb}/")
        run.refresh_from_db()
        seen.append(run.phase)

    assert seen == ["paused", "running", "cancelled"]
    again = browser.post(f"/enrichment/{run.pk}/pause/", follow=True).content.decode()
    assert "it is cancelled already" in again
    assert as_person(cast.vera).post(f"/enrichment/{run.pk}/pause/").status_code == 403


def test_what_was_left_out_is_asked_with_more_credits(cast: Cast, settings: Any) -> None:
    settings.HUNTER_KEY = "a-key-that-nobody-asks-with"
    credits.grant(cast.tenant, 100, cast.ada, "to test with")
    run = made(cast, most=4, kinds=["people"])
    left = {"hunter_search": {"outcome": "left", "why": str(Left.BUDGET), "again": True}}
    item = about(cast, run, asked=left)
    item.organisation.website = "https://quay.test"
    item.organisation.save()
    done = about(cast, run, "Hill School", asked={"website": {"outcome": "told"}})
    browser, url = as_person(cast.ben), f"/enrichment/{run.pk}/again/"
    assert url in page(cast, run)

    shown = browser.get(url).content.decode()
    refused = browser.post(url, {"most": "x"})
    browser.post(url, {"most": "5"})

    run.refresh_from_db()
    item.refresh_from_db()
    done.refresh_from_db()
    assert "<b>1</b> organisation " in shown
    assert refused.status_code == 422
    assert (run.phase, run.most) == ("running", 9)
    assert (item.state, done.state) == (State.HELD, State.DONE)
    assert credits.balance(cast.tenant).available == 95


def test_nothing_is_asked_again_where_nobody_was_left_out(cast: Cast) -> None:
    run = made(cast)
    about(cast, run, asked={"website": {"outcome": "told"}})

    assert "again/" not in page(cast, run)
    said = as_person(cast.ben).get(f"/enrichment/{run.pk}/again/").content.decode()
    assert "Nobody was left out who could be asked now." in said


def test_one_that_failed_says_so_and_managers_learn_what_to_do(cast: Cast) -> None:
    run = made(cast)
    about(cast, run, "Quay School", state=State.DEAD, trouble="It failed again and again.")
    about(cast, run, "Hill School")

    said = page(cast, run, "ada", "?only=failed")

    assert "Queue them again under Operations" in said
    assert "Quay School" in said
    assert "Hill School" not in said
    assert "Operations" not in page(cast, run, "ben", "?only=failed").split("<main")[1]


def test_its_organisations_are_paged(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr("leads.enriching.run_items.PAGE", 2)
    run = made(cast)
    for at in range(3):
        about(cast, run, f"School {at}")
    first = page(cast, run)
    following = first.split('href="?after=')[1].split("#")[0]

    assert "School 2" not in first
    assert "School 2" in page(cast, run, "ben", f"?after={following}")


def test_a_rep_sees_their_own_runs_and_of_these_the_leads_that_are_theirs(cast: Cast) -> None:
    cast.tenant.rep_reach, cast.tenant.shows_unowned = Reach.OWN, False
    cast.tenant.save()
    own, other = made(cast), made(cast, by=cast.ada, label="Ada's leads")
    about(cast, own, "Quay School")
    gone = about(cast, own, "Hill School", owner=cast.ada)
    of_lead = made(cast, by=cast.ada, why="lead", label="Quay School")
    of_lead.ref = Lead.of(cast.tenant).exclude(organisation=gone.organisation).get().pk
    of_lead.save()

    browser = as_person(cast.ben)
    listed = browser.get("/enrichment/").content.decode()

    assert "Two schools" in listed
    assert "Ada&#x27;s leads" not in listed
    assert browser.get(other.get_absolute_url()).status_code == 404
    assert browser.get(of_lead.get_absolute_url()).status_code == 200
    said = page(cast, own)
    assert "Quay School" in said
    assert "Hill School" not in said
    assert "Hill School" in page(cast, own, "ada")


def test_the_list_is_paged_and_says_what_to_do_while_it_is_empty(
    cast: Cast, monkeypatch: Any
) -> None:
    browser = as_person(cast.ben)
    assert "No runs yet" in browser.get("/enrichment/").content.decode()
    monkeypatch.setattr("leads.enriching.run_views.PAGE", 2)
    for at in range(3):
        made(cast, label=f"List {at}")
    first = browser.get("/enrichment/").content.decode()
    following = first.split('href="?before=')[1].split('"')[0]

    assert "List 2" in first
    assert "List 0" not in first
    assert "List 0" in browser.get(f"/enrichment/?before={following}").content.decode()
