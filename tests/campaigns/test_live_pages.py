"""What people see of vendors' sources: how they stand, what was checked, and what is valid."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import standing
from campaigns.models import Run, SourceRun
from crm.work.models import Heartbeat, State
from tests.factories.campaigns import (
    CampaignFactory,
    FindingFactory,
    InquiryFactory,
    RunFactory,
    SourceRunFactory,
    VerificationFactory,
)
from tests.factories.leads import LeadFactory, OrganisationFactory, OriginFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
RTL = "مركز الأسنان 😁 " * 21
WEB = "AI web search"


@pytest.fixture
def run(cast: Cast) -> Run:
    """A run of Ben's that has asked the web, for some of the credits that were confirmed."""
    Heartbeat.objects.create(name="here", at=timezone.now(), host="here", pid=1)
    made: Run = RunFactory(
        campaign=CampaignFactory(tenant=cast.tenant, created_by=cast.ben, name="Web campaign"),
        state=Run.State.RUNNING,
        since=timezone.now(),
        credits_most=495,
        number=1,
    )
    return made


@pytest.fixture
def web(run: Run) -> SourceRun:
    made: SourceRun = SourceRunFactory(
        run=run, source="openai_web", state=State.WAITING, wave=2, found=8, created=5, rejected=3,
        verified=6, due_at=timezone.now() + timedelta(minutes=1),
    )  # fmt: skip
    for _ in range(3):
        InquiryFactory(source_run=made, credits=15, cost_micros=40_000)
    InquiryFactory(source_run=made, cost_micros=120_000)
    InquiryFactory(source_run=made, trouble="Not asked: enough was found.")
    return made


def text(cast: Cast, run: Run, person: Any = None) -> str:
    page = as_person(person or cast.ben).get(run.campaign.get_absolute_url()).content.decode()
    return " ".join(page.split())


def under_way(web: SourceRun, many: int = 1) -> None:
    later = timezone.now() + timedelta(seconds=5)
    sent = timezone.now() - timedelta(seconds=30)
    for _ in range(many):
        InquiryFactory(
            source_run=web, state=State.WAITING, ticket="resp_1", sent_at=sent, due_at=later
        )


def test_each_source_says_how_it_stands_and_what_it_has_spent(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    SourceRunFactory(run=run, source="register", state=State.DONE, found=4, verified=1)
    under_way(web, 8)
    VerificationFactory.create_batch(2, inquiry__source_run=web, state=State.READY)
    page = text(cast, run)
    assert "Asks 8 questions side by side, wave 2. Checks 2." in page
    assert "45 of 495 credits confirmed and £0.12 charged to your own keys" in page
    assert "45 credits and £0.12" in page
    assert "75%" in page
    # Of both: seven of twelve.
    assert "58%" in page
    assert "7 verified of 12 found" in page


def test_while_vendors_think_it_says_for_how_long_and_does_not_fail(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    under_way(web)
    found = standing.read(run)
    assert found is not None
    assert found.reason == f"Waiting for an answer from {WEB}: usually 1 to 3 minutes."
    assert found.is_usual
    VerificationFactory(inquiry__source_run=web, state=State.READY)
    assert standing.read(run) is None


def test_what_no_vendor_takes_now_says_until_when(run: Run, web: SourceRun) -> None:
    due_at = timezone.localtime(timezone.now() + timedelta(seconds=40))
    InquiryFactory(source_run=web, state=State.WAITING, due_at=due_at)
    found = standing.read(run)
    assert found is not None
    assert found.reason.startswith(f"{WEB} is asked again at {due_at:%H:%M:%S}")


def test_a_run_that_was_stopped_says_why_and_what_to_do(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    said = f"{WEB}: The key is refused. Mend it under Settings, API keys, then resume."
    SourceRun.of(cast.tenant).update(state=State.HELD, trouble=said)
    Run.of(cast.tenant).update(state=Run.State.PAUSED, reason=said)
    ada, ben = text(cast, run, cast.ada), text(cast, run)
    for page in (ada, ben):
        assert "It has stopped." in page
        assert said in page
        assert "Resume" in page
    assert 'href="/settings/keys/#key-openai"' in ada
    assert 'href="/settings/keys/#key-openai"' not in ben


def test_the_poll_stays_cheap_however_many_questions(
    cast: Cast, run: Run, web: SourceRun, django_assert_max_num_queries: Any
) -> None:
    under_way(web, 30)
    VerificationFactory.create_batch(30, inquiry__source_run=web, state=State.READY)
    ben = as_person(cast.ben)
    path = f"/campaigns/{run.campaign_id}/progress/?shown=1-moving"
    ben.get(path, headers={"HX-Request": "true"})
    with django_assert_max_num_queries(18):
        ben.get(path, headers={"HX-Request": "true"})


def test_findings_show_what_the_checks_saw_and_lead_to_the_open_web_alone(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    pages = [f"https://page{n}.example/about" for n in range(19)] + ["javascript:alert(1)"]
    check = {"name": "Website", "verdict": "against", "said": "<b>moved</b>", "url": "data:x"}
    found = {"name": "Register", "verdict": "for", "said": "It is active.", "url": pages[0]}
    FindingFactory(
        run=run, source="openai_web", name=RTL[:300], verdict="rejected", ground="contradicts",
        checked="contradicted", reason="It has moved.",
        evidence={"checks": [check, found], "pages": pages, "reason": "It has moved."},
    )  # fmt: skip
    FindingFactory(run=run, source="openai_web", name="Other", checked="verified")
    ben = as_person(cast.ben)
    path = f"/campaigns/{run.campaign_id}/findings/"
    page = ben.get(path, {"checked": "contradicted"})
    [case] = page.context["cases"]
    shown = page.content.decode()
    assert len(case.evidence.pages) == 19
    assert shown.count('rel="noopener nofollow noreferrer"') == 20
    assert "javascript:" not in shown
    assert "data:x" not in shown
    assert "&lt;b&gt;moved&lt;/b&gt;" in shown
    assert ">Contradicted" in shown
    assert len(ben.get(path, {"source": "openai_web"}).context["cases"]) == 2
    SourceRunFactory(run=run, source="register")
    assert not ben.get(path, {"source": "register"}).context["cases"]


def test_the_valid_share_stands_on_the_list_and_the_dashboard(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    LeadFactory(organisation__tenant=cast.tenant)
    assert "75%" in as_person(cast.ben).get("/campaigns/").content.decode()
    board = as_person(cast.ada).get("/").content.decode()
    section = " ".join(board.partition('id="valid"')[2].partition("</section>")[0].split())
    assert "Web campaign" in section
    bars = dict(as_person(cast.ada).get("/").context["valid"])
    assert [bar.value for bar in (*bars["Campaign"], *bars["Kind of campaign"])] == [75, 75]
    assert [(bar.label, bar.value) for bar in bars["Source"]] == [(WEB, 75)]


def test_a_lead_s_page_says_how_it_was_proven(cast: Cast, run: Run) -> None:
    organisation = OrganisationFactory(tenant=cast.tenant)
    lead = LeadFactory(organisation=organisation, source="openai_web")
    OriginFactory(lead=lead, ref=run.campaign_id, url=run.campaign.get_absolute_url())
    said = "Its website names it and LE1 1AA."
    finding = FindingFactory(
        run=run, source="openai_web", lead=lead, checked="verified", name="Quay & Söhne",
        proof_date="2026-11-22",
        evidence={"checks": [{"name": "Website", "verdict": "for", "said": said, "url": ""}]},
    )  # fmt: skip
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/")
    [proven] = page.context["proven"]
    assert proven.said == f"Verified on 22 November 2026: {said}"
    assert proven.url.endswith(f"#finding-{finding.pk}")
    listed = as_person(cast.ben).get(proven.url.partition("#")[0])
    assert [case.finding for case in listed.context["cases"]] == [finding]


def test_managers_read_questions_and_checks_and_queue_what_failed(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    dead = InquiryFactory(source_run=web, state=State.DEAD, cost_micros=250_000)
    ada = as_person(cast.ada)
    page = ada.get("/admin/campaigns/inquiry/", {"state": "dead"}).content.decode()
    assert "Web campaign" in page
    assert "£0.25" in page
    asked = {"action": "queue_again", "_selected_action": [str(dead.pk)]}
    ada.post("/admin/campaigns/inquiry/?state=dead", asked)
    dead.refresh_from_db()
    assert dead.state != State.DEAD
    assert ada.get("/admin/campaigns/verification/").status_code == 200


def test_every_page_says_that_vendors_are_simulated(cast: Cast, settings: Any) -> None:
    said = "Vendors are simulated on this machine: nothing here is real."
    settings.SIMULATED_VENDORS = True
    for path in ("/", "/leads/", "/admin/campaigns/run/", "/no-such-page/"):
        assert said in as_person(cast.ada).get(path).content.decode(), path
    settings.SIMULATED_VENDORS = False
    assert said not in as_person(cast.ada).get("/").content.decode()
