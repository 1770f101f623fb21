"""Finding out more about a lead from its page: asked, confirmed, followed, and what is new."""

from typing import Any

import pytest

from crm.credits import credits
from crm.tenants.acting import acting_for
from crm.tenants.models import Reach, Tenant
from crm.work.models import State
from enrichment import kinds
from enrichment.told import Told
from leads.enriching import quoting
from leads.models import EnrichmentItem, EnrichmentRun, Lead, Organisation
from tests.enriching.conftest import see_through
from tests.enriching.plugs import Plug, plug
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

SITE = "https://harbour.example"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lead(committed_db: None, cast: Cast) -> Lead:
    organisation = OrganisationFactory(
        tenant=cast.tenant, name="Harbour Dental", website=SITE, domain="harbour.example"
    )
    made: Lead = LeadFactory(organisation=organisation, owner=cast.ben)
    return made


@pytest.fixture
def guide(monkeypatch: pytest.MonkeyPatch) -> Plug:
    """A provider that takes nothing and knows the organisation by its website."""
    said = [
        Told("phone", "+441326211222", "provider_checked"),
        Told("company_status", "Active", "register"),
    ]
    one = Plug("guide", {SITE: said}, frozenset({"phone", "company_status"}))
    plug(monkeypatch, one)
    monkeypatch.setattr("leads.enriching.quoting.BY_SLUG", {"guide": one})
    return one


def url(lead: Lead, page: str = "enrich") -> str:
    return f"/leads/{lead.pk}/{page}/"


def begin(person: Any, lead: Lead, *slugs: str, **more: Any) -> Any:
    return as_person(person).post(url(lead), {"kinds": slugs, "most": 0} | more)


def run_of(lead: Lead) -> EnrichmentRun:
    return EnrichmentRun.across_tenants.get(ref=lead.pk)


def test_it_asks_what_is_wanted_with_the_usual_ticked(lead: Lead, cast: Cast) -> None:
    text = as_person(cast.ben).get(url(lead)).content.decode()
    for kind in kinds.KINDS.values():
        ticked = f'value="{kind.slug}" checked' in text
        assert ticked == (kind.slug in kinds.USUAL), kind.slug
        assert kind.hint in text
    assert "available" in text
    # Another choice is reckoned anew, alone where the page asks for that.
    chosen = as_person(cast.ben).get(
        f"{url(lead)}?chosen=1&kinds=web", headers=HTMX | {"HX-Target": "enrich-quote"}
    )
    part = chosen.content.decode()
    assert part.strip().startswith('<div class="enrich-quote" id="enrich-quote"')
    assert "checkbox" not in part
    nothing = as_person(cast.ben).get(f"{url(lead)}?chosen=1").content.decode()
    assert "Choose what to find out" in nothing
    inside = as_person(cast.ben).get(url(lead), headers=HTMX | {"HX-Target": "find-out"})
    assert inside.content.decode().strip().startswith("<form")


def test_it_goes_its_way_on_the_page_and_says_what_is_new(
    lead: Lead, guide: Plug, cast: Cast
) -> None:
    answer = begin(cast.ben, lead, "contact", "company", titles="IT manager, Head of IT")
    assert answer.url == f"/leads/{lead.pk}/#known"
    run = run_of(lead)
    assert (run.why, run.by, run.label) == ("lead", cast.ben, "Harbour Dental")
    assert run.titles == ["IT manager", "Head of IT"]

    ben = as_person(cast.ben)
    text = ben.get(f"/leads/{lead.pk}/").content.decode()
    assert f'hx-get="{url(lead, "known")}" hx-trigger="every 2s"' in text
    live = ben.get(url(lead, "known"), headers=HTMX)
    assert "HX-Retarget" not in live.headers
    assert "Guide" in live.content.decode()
    assert "If it is needed" in live.content.decode()
    # Whoever has no scripts is led to the lead.
    assert ben.get(url(lead, "known")).url == f"/leads/{lead.pk}/#known"

    see_through(run)
    ended = ben.get(url(lead, "known"), headers=HTMX)
    assert ended.headers["HX-Retarget"] == "#known"
    text = ended.content.decode()
    assert "2 facts new" in text
    assert "<b>Guide</b><span class=\"muted\">2 facts new" in text
    assert "every 2s" not in text
    assert Organisation.across_tenants.get(pk=lead.organisation_id).phone == "+441326211222"


def test_nobody_begins_twice_and_is_led_to_what_goes_on(
    lead: Lead, guide: Plug, cast: Cast
) -> None:
    begin(cast.ben, lead, "contact")
    again = begin(cast.ada, lead, "contact")
    assert again.status_code == 409
    assert "Somebody looks already" in again.content.decode()
    assert run_of(lead).get_absolute_url() in again.content.decode()
    assert EnrichmentRun.across_tenants.count() == 1
    see_through(run_of(lead))
    assert begin(cast.ada, lead, "contact").status_code == 302


def test_what_is_sent_in_vain_says_what_to_do(
    lead: Lead, guide: Plug, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Choose at least one kind of data." in begin(cast.ben, lead).content.decode()
    assert begin(cast.ben, lead, "no-such-kind").status_code == 422
    many = begin(cast.ben, lead, "web", titles=",".join(f"t{n}" for n in range(9)))
    assert "Name 5 job titles at the most." in many.content.decode()

    monkeypatch.setattr(
        quoting, "quote", lambda *_: quoting.Quote(most=7, expected=3, total=1, sample=1)
    )
    dearer = begin(cast.ben, lead, "contact", most=2)
    assert dearer.status_code == 409
    assert "It may take more by now than you were shown: 7 credits." in dearer.content.decode()
    few = begin(cast.ben, lead, "contact", most=7)
    assert few.status_code == 422
    assert "This takes 7 credits, and 0 of your company&#x27;s are available" in (
        few.content.decode()
    )
    assert not EnrichmentRun.across_tenants.exists()
    with acting_for(cast.tenant):
        credits.grant(cast.tenant, 10, cast.ada, "to test with")
    assert begin(cast.ben, lead, "contact", most=9).status_code == 302
    assert run_of(lead).most == 7


def test_a_paused_run_says_so_and_a_failed_item_ends(lead: Lead, guide: Plug, cast: Cast) -> None:
    begin(cast.ben, lead, "contact")
    EnrichmentRun.across_tenants.update(phase="paused", said="Paused by Ada.")
    text = as_person(cast.ben).get(url(lead, "known"), headers=HTMX).content.decode()
    assert "Paused by Ada." in text
    assert "every 10s" in text
    EnrichmentItem.across_tenants.update(state=State.DEAD, trouble="It failed again and again.")
    text = as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
    assert "It failed again and again." in text


def test_who_may_not_is_told_so(lead: Lead, guide: Plug, cast: Cast) -> None:
    refused = as_person(cast.vera).get(url(lead))
    assert refused.status_code == 403
    assert "As a viewer you may not find out more about leads" in refused.content.decode()
    for page in ("enrich", "known"):
        assert as_person(cast.charlie).get(url(lead, page)).status_code == 404
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN, shows_unowned=False)
    Lead.across_tenants.filter(pk=lead.pk).update(owner=cast.ada)
    assert begin(cast.ben, lead, "contact").status_code == 404
