"""What people see of the checks: evidence at findings and leads, and what share is valid."""

import pytest

from campaigns.models import Run, SourceRun
from tests.factories.campaigns import (
    CampaignFactory,
    FindingFactory,
    RunFactory,
    SourceRunFactory,
)
from tests.factories.leads import LeadFactory, OrganisationFactory, OriginFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
RTL = "مركز الأسنان 😁 " * 21
WEB = "AI web search"


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


def test_findings_show_the_applications_in_which_a_council_names_them(cast: Cast, run: Run) -> None:
    told = {
        "role": "agent",
        "reference": "26/0001/FUL",
        "proposal": "<b>New shop front</b>",
        "decision": "Granted",
        "received": "2026-11-02",
        "decided": "2026-11-20",
        "list": "Leicester",
    }
    odd = {"role": "applicant", "decided": "soon", "proposal": RTL}
    check = {"name": "Register", "verdict": "for", "said": "It is active.", "url": ""}
    for kept in ({"applications": [told, odd, "no application"]}, {"checks": [check]}):
        FindingFactory(run=run, source="planning", checked="verified", evidence=kept)
    ben = as_person(cast.ben)
    shown = ben.get(f"/campaigns/{run.campaign_id}/findings/")
    by_checks = {bool(case.evidence.lines): case.evidence for case in shown.context["cases"]}
    assert not by_checks[True].applications
    named, other = by_checks[False].applications
    assert named.facts == [
        "Agent",
        "Granted",
        "decided 20 November 2026",
        "received 2 November 2026",
        "in the list “Leicester”",
    ]
    assert (other.reference, other.facts) == ("No number", ["Applicant"])
    page = shown.content.decode()
    assert "26/0001/FUL" in page
    assert "&lt;b&gt;New shop front&lt;/b&gt;" in page
    assert "<b>New shop front" not in page


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


def test_a_valid_share_by_kind_or_source_leads_to_the_campaigns_behind_it(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    LeadFactory(organisation__tenant=cast.tenant)
    SourceRunFactory(run=run, source="register", found=4, verified=1)
    other = RunFactory(
        campaign=CampaignFactory(
            tenant=cast.tenant, created_by=cast.ada, name="Schools", kind="education"
        )
    )
    SourceRunFactory(run=other, source="register", found=10, verified=10)
    ada = as_person(cast.ada)
    bars = dict(ada.get("/").context["valid"])
    listed = {}
    for bar in (*bars["Kind of campaign"], *bars["Source"]):
        href = bar.shown.href
        assert [said.href for said in bar.below] == [href, href]
        page = ada.get(href)
        said = " ".join(page.content.decode().split())
        share = page.context["share"]
        assert [said.text for said in bar.below] == [f"{share.verified}", f"{share.found}"]
        assert f"<b>{bar.label}</b>" in said
        shown = page.context["page"]
        assert sum(each.valid.found for each in shown) == share.found
        listed[bar.label] = {each.name for each in shown}
    assert listed == {
        "Healthcare": {"Web campaign"},
        "Education": {"Schools"},
        "Official registers": {"Web campaign", "Schools"},
        WEB: {"Web campaign"},
    }
    # Of what others have a person sees no more than without.
    assert {
        each.name for each in as_person(cast.ben).get("/campaigns/?source=register").context["page"]
    } == {each.name for each in as_person(cast.ben).get("/campaigns/").context["page"]}
    assert ada.get("/campaigns/?kind=bakeries&source=x").context["only"] is None
    assert "No campaign of these" in ada.get("/campaigns/?kind=manufacturing").content.decode()


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
