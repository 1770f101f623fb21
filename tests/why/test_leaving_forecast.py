"""What would change if somebody were removed, and what there is to choose from."""

import pytest

from crm.tenants.models import Role
from leads.models import Lead
from tests.factories.campaigns import CampaignFactory
from tests.people import Cast, as_person
from tests.why.test_pages import html, in_team, member, sees, who

pytestmark = pytest.mark.django_db


def test_what_if_somebody_were_removed(cast: Cast, lead: Lead, reps_see_their_own: None) -> None:
    ada, sam = as_person(cast.ada), lead.owner
    assert sam is not None
    asked = {"if": "leave", "member": str(member(cast, sam).pk), "leads": str(cast.ben.pk)}
    for to in (asked["leads"], cast.ben.email.upper()):
        page = who(ada, lead, **(asked | {"leads": to}))
        assert "If Sam were removed, and Ben took over their leads:" in page
        assert "1 would lose sight of it, 1 would gain it." in page
        assert "They would belong to the company no longer." in page
        assert "Ben owns it." in page
    page = sees(ada, member(cast, sam), **asked)
    assert "Sam would lose 1 lead: Quay Dental" in page
    assert "Ben would gain 1 lead: Quay Dental" in page
    for to in (str(sam.pk), "who@acme.example", str(cast.charlie.pk)):
        said = who(ada, lead, **(asked | {"leads": to}))
        assert "Choose a colleague who would take over the leads." in said
    viewer = asked | {"leads": str(cast.vera.pk)}
    assert "Vera may not move leads or write notes. Choose another." in who(ada, lead, **viewer)
    only = asked | {"member": str(member(cast, cast.ada).pk)}
    assert "This is the only owner." in sees(ada, member(cast, cast.ada), **only)
    assert Lead.of(cast.tenant).get().owner == sam


def test_leads_and_campaigns_of_the_removed_may_go_to_different_people(
    cast: Cast, lead: Lead, reps_see_their_own: None
) -> None:
    ada, sam, nora = as_person(cast.ada), lead.owner, cast.join("Nora", Role.REP)
    assert sam is not None
    CampaignFactory(tenant=cast.tenant, name="Dentists of Fife", created_by=sam)
    asked = {"if": "leave", "member": str(member(cast, sam).pk), "leads": "nobody"}
    assert "Choose a colleague who would take over the campaigns." in who(ada, lead, **asked)
    asked |= {"campaigns": str(nora.pk)}
    page = sees(ada, member(cast, sam), **asked)
    said = "If Sam were removed, and nobody got their leads, and Nora took over their campaigns:"
    assert said in page
    assert "Sam would lose 1 lead: Quay Dental would lose 1 campaign: Dentists of Fife" in page
    assert "Nora would gain 1 campaign: Dentists of Fife" in page
    assert "gain 1 lead" not in page
    cast.tenant.shows_unowned = True
    cast.tenant.save()
    page = who(ada, lead, **asked)
    assert "1 would lose sight of it, 3 would gain it." in page
    assert "Nobody owns it, and reps see leads that nobody owns." in page


def test_what_there_is_is_offered_to_choose_from(
    cast: Cast, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, sam = as_person(cast.ada), lead.owner
    assert sam is not None
    north = in_team(cast, "North", cast.ben)
    path, about = f"/admin/leads/lead/{lead.pk}/who-sees/", {"member": str(member(cast, sam).pk)}
    page = html(ada, path, {})
    assert f'<option value="{member(cast, cast.ben).pk}">Ben</option>' in page
    assert f'<option value="{north.pk}">North</option>' in page
    page = html(ada, path, about)
    assert 'name="leads"' in page
    assert 'name="campaigns"' not in page, "there are none to take over"
    assert f'<option value="{cast.ben.pk}">Ben</option>' in page
    assert f'<option value="{cast.vera.pk}"' not in page, "a viewer may not work on leads"
    asked = {"if": "dissolve", "to": str(north.pk)}
    assert "If the team North were dissolved" in who(ada, lead, **asked)
    in_team(cast, "South")
    monkeypatch.setattr("crm.why.offers.MOST", 1)
    page = html(ada, path, about)
    assert '<input id="if-leads" name="leads"' in page
    assert '<input id="if-dissolved" name="to"' in page
