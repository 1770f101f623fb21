"""What a manager who is new here meets: true names, the clock, ways on, no doors that are shut."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from crm import ids
from crm.ledger.models import AuditEntry, AuditPayload
from crm.tenants import teams
from crm.tenants.models import Membership, Role, User
from leads.models import Lead
from leads.records.custom import CustomField
from tests.factories.leads import LeadFactory
from tests.factories.own import CustomFieldFactory, TagFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    return LeadFactory(organisation__tenant=cast.tenant, organisation__name="Harbour Dental")


def page(person: User, path: str) -> str:
    answer = as_person(person).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def deal(person: User, lead: Lead, **sent: Any) -> Any:
    return as_person(person).post(f"/admin/leads/lead/{lead.pk}/change/", sent)


def test_times_are_told_by_the_clock_of_24_hours(cast: Cast, lead: Lead) -> None:
    Lead.of(cast.tenant).update(created_at=datetime(2026, 1, 2, 15, 5, tzinfo=UTC))
    for path in ("/admin/leads/lead/", f"/admin/leads/lead/{lead.pk}/change/"):
        assert "2 Jan 2026, 15:05" in page(cast.ada, path)


def test_a_lead_is_given_away_and_valued_in_pounds_as_on_its_own_page(
    cast: Cast, lead: Lead
) -> None:
    assert deal(cast.ada, lead, owner=cast.ben.pk, value="£1,240.50").status_code == 302
    lead.refresh_from_db()
    assert (lead.owner, lead.value_pence) == (cast.ben, 124_050)
    entry = AuditEntry.objects.filter(tenant_id=cast.tenant.pk).order_by("-id")[0]
    assert (entry.actor, entry.verb, entry.fields) == ("Ada", "assigned", ["owner", "value_pence"])
    assert AuditPayload.objects.get(entry_id=entry.pk).after["owner"] == "Ben"
    shown = page(cast.ada, f"/admin/leads/lead/{lead.pk}/change/")
    assert 'value="1,240.50"' in shown
    assert "Given to Ben." in page(cast.ada, f"/leads/{lead.pk}/")
    assert "£1,240.50" in page(cast.ada, "/admin/leads/lead/")


def test_what_is_not_sent_of_a_lead_stays(cast: Cast, lead: Lead) -> None:
    Lead.of(cast.tenant).update(owner=cast.ben, value_pence=500)
    deal(cast.ada, lead, value="6")
    lead.refresh_from_db()
    assert (lead.owner, lead.value_pence) == (cast.ben, 600)


@pytest.mark.parametrize("name", ["vera", "charlie"])
def test_a_lead_goes_to_nobody_who_may_not_have_it(cast: Cast, lead: Lead, name: str) -> None:
    """Neither to a viewer nor to somebody of another company."""
    person: User = getattr(cast, name)
    assert f'<option value="{person.pk}"' not in page(
        cast.ada, f"/admin/leads/lead/{lead.pk}/change/"
    )
    answer = deal(cast.ada, lead, owner=person.pk, value="")
    assert "Choose a colleague who may work on leads." in answer.content.decode()
    lead.refresh_from_db()
    assert lead.owner is None


def test_a_value_that_is_no_amount_is_sent_back(cast: Cast, lead: Lead) -> None:
    answer = deal(cast.ada, lead, value="12,50")
    assert "Write pounds like 1,240 or 1,240.50." in answer.content.decode()
    lead.refresh_from_db()
    assert lead.value_pence is None


def test_a_refused_change_leaves_the_heading_as_it_is(cast: Cast) -> None:
    mine = Membership.of(cast.tenant).get(user=cast.ada)
    answer = as_person(cast.ada).post(
        f"/admin/tenants/membership/{mine.pk}/change/",
        {"role": "viewer", "team": "", "seen_version": mine.version},
    )
    shown = answer.content.decode()
    assert "This is the only owner." in shown
    assert "<h1>Ada</h1>" in shown
    assert ">Ada, owner</a>" in shown
    assert "Ada, viewer" not in shown


def test_a_member_s_page_offers_what_makes_sense(cast: Cast) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    teams.make(cast.tenant, "North", by=cast.ada)
    bens = Membership.of(cast.tenant).get(user=cast.ben)
    shown = page(mia, f"/admin/tenants/membership/{bens.pk}/change/")
    assert "_addanother" not in shown
    assert "_addanother" in page(mia, "/admin/leads/tag/add/")
    titles = re.findall(r"<summary>([^:]+):", page(mia, "/admin/tenants/membership/"))
    assert len(titles) == len(set(titles))
    assert "Team" in titles


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("ledger/auditentry/", "Audit trail"),
        ("tenants/tenant/", "Company"),
        ("joining/invitation/add/", "Invite"),
    ],
)
def test_each_thing_has_one_name(cast: Cast, path: str, name: str) -> None:
    shown = page(cast.ada, f"/admin/{path}")
    assert f"<h1>{name}</h1>" in shown
    assert name in page(cast.ada, "/admin/")
    for other in ("Audit entries", "Companies", "Add invitation", "Add member"):
        assert other not in shown


def test_every_card_of_the_first_page_says_what_it_is_for(cast: Cast) -> None:
    cards = re.findall(r'<li class="model">(.*?)</li>', page(cast.ada, "/admin/"), re.DOTALL)
    assert len(cards) > 20
    assert [each for each in cards if 'class="model-about"' not in each] == []


def test_an_empty_list_says_what_to_do_and_offers_it(cast: Cast) -> None:
    shown = page(cast.ada, "/admin/joining/invitation/")
    assert "Ask colleagues in by e-mail" in shown
    assert '<a class="button" href="add/">Invite</a>' in shown
    assert 'name="action"' not in shown
    assert "Launch a campaign" in page(cast.ada, "/admin/leads/lead/")


def test_a_cell_knows_the_name_of_its_column_for_a_phone(cast: Cast) -> None:
    TagFactory(tenant=cast.tenant, name="<b>Bold</b>")
    shown = page(cast.ada, "/admin/leads/tag/")
    assert '<td data-label="Leads"' in shown
    assert "<b>Bold</b>" not in shown


def test_a_manager_is_not_sent_to_settings_that_only_owners_open(cast: Cast, lead: Lead) -> None:
    """The link stands there for an owner alone; a manager reads whose it is."""
    mia = cast.join("Mia", Role.MANAGER)
    path = f"/admin/leads/lead/{lead.pk}/who-sees/"
    assert 'href="/admin/tenants/tenant/"' not in page(mia, path)
    assert "settings (changed by owners)" in page(mia, path)
    assert 'href="/admin/tenants/tenant/">The company’s settings</a>' in page(cast.ada, path)


def test_a_new_field_goes_last(cast: Cast) -> None:
    CustomFieldFactory(tenant=cast.tenant, label="First", position=7)
    as_person(cast.ada).post(
        "/admin/leads/customfield/add/", {"label": "Next", "kind": "text", "position": ""}
    )
    assert CustomField.of(cast.tenant).get(label="Next").position == 8


def test_the_dialog_of_leaving_counts_in_words_that_fit(cast: Cast, lead: Lead) -> None:
    Lead.of(cast.tenant).update(owner=cast.ben)
    bens = Membership.of(cast.tenant).get(user=cast.ben)
    assert "<b>1</b> <span>lead<" in page(cast.ada, f"/people/{bens.pk}/remove/")


def test_the_dashboard_s_figures_lead_to_what_they_count(cast: Cast, lead: Lead) -> None:
    old = ids.since(datetime(2020, 1, 1, tzinfo=UTC))
    LeadFactory(pk=old, organisation__tenant=cast.tenant, organisation__name="Old Surgery")
    shown = page(cast.ada, "/")
    assert 'href="/leads/?where=kind:is:customer"' in shown
    assert 'href="/leads/?where=added:last:7"' in shown
    listed = as_person(cast.ada).get("/leads/?where=added:last:7").content.decode()
    assert "Harbour Dental" in listed
    assert "Old Surgery" not in listed
