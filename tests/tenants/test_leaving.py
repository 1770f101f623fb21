"""Somebody leaves: it is counted what is theirs, and said who takes it over."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns.models import Campaign, Schedule, Template
from crm.joining import invitations
from crm.joining.models import Invitation, State
from crm.ledger.models import AuditEntry, AuditPayload
from crm.notices.models import Notice, Preference
from crm.sharing import held
from crm.tenants import teams
from crm.tenants.models import Membership, Role, Team, User
from leads.models import Lead, SavedView, TimelineEntry
from leads.sight import sight
from tests.factories.campaigns import (
    CampaignFactory,
    NoticeFactory,
    ScheduleFactory,
    TemplateFactory,
)
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.tenants import MembershipFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def row_of(person: User) -> Membership:
    return person.memberships.select_related("tenant", "team", "user").first()  # type: ignore[return-value]


def remove(by: User, whom: Membership, **takers: str) -> Any:
    return as_person(by).post(f"/people/{whom.pk}/remove/", takers)


def lead_of(person: User | None, cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=person)


@pytest.fixture
def mia(cast: Cast) -> User:
    """A manager with something of every kind."""
    person = cast.join("Mia", Role.MANAGER)
    north = teams.make(cast.tenant, "North", lead=person, by=cast.ada)
    teams.place(row_of(person), north, by=cast.ada)
    for _ in range(3):
        lead_of(person, cast)
    campaign = CampaignFactory(tenant=cast.tenant, created_by=person)
    ScheduleFactory(campaign=campaign, made_by=person)
    TemplateFactory(tenant=cast.tenant, created_by=person)
    views = [
        SavedView.of(cast.tenant).create(tenant=cast.tenant, owner=person, name=name)
        for name in ("Hot ones", "Mine alone")
    ]
    table = held.with_people(SavedView)
    see = table._meta.get_field("permission").related_model.objects.get(codename="view_savedview")
    table.objects.create(user=cast.vera, content_object=views[0], permission=see)
    see = see.__class__.objects.get(codename="view_lead")
    other = lead_of(cast.ben, cast)
    held.with_people(Lead).objects.create(user=person, content_object=other, permission=see)
    NoticeFactory(tenant=cast.tenant, user=person)
    Preference.of(cast.tenant).create(tenant=cast.tenant, user=person, kind="failed")
    invitations.invite("dora@acme.example", role=Role.REP, by=row_of(person))
    return person


def test_the_dialog_counts_what_is_theirs(cast: Cast, mia: User) -> None:
    page = as_person(cast.ada).get(f"/people/{row_of(mia).pk}/remove/").content.decode()
    for told in (
        "<b>3</b> <span>leads",
        "<b>1</b> <span>campaign",
        "<b>1</b> <span>schedule",
        "<b>1</b> <span>template",
        "<b>1</b> <span>shared view",
        '<b>1</b> <span>private view <span class="faint">– deleted',
        "<b>1</b> <span>team led",
        "<b>1</b> <span>open invitation they sent",
        "<b>1</b> <span>share with them",
        "<b>1</b> <span>notice",
    ):
        assert told in page
    assert f'<option value="{cast.ben.pk}">Ben</option>' in page
    assert str(cast.vera.pk) not in page
    assert str(mia.pk) not in page
    assert Membership.of(cast.tenant).filter(user=mia).exists()


def test_everything_goes_where_one_says_and_nothing_is_orphaned(cast: Cast, mia: User) -> None:
    browser, row = as_person(mia), row_of(mia)
    ada, ben = str(cast.ada.pk), str(cast.ben.pk)
    answer = remove(cast.ada, row, leads=ben, campaigns=ada, views=ben)
    assert answer.headers["Location"] == "/admin/tenants/membership/"
    assert not Membership.of(cast.tenant).filter(user=mia).exists()
    assert Lead.of(cast.tenant).filter(owner=cast.ben).count() == 4
    assert Campaign.of(cast.tenant).get().created_by == cast.ada
    assert Schedule.of(cast.tenant).get().made_by == cast.ada
    assert Template.of(cast.tenant).get().created_by == cast.ada
    assert [(view.name, view.owner) for view in SavedView.of(cast.tenant)] == [
        ("Hot ones", cast.ben)
    ]
    assert Team.of(cast.tenant).get().lead is None
    assert Invitation.of(cast.tenant).get().state == State.REVOKED
    assert not held.with_people(Lead).objects.filter(user=mia).exists()
    assert not Notice.of(cast.tenant).filter(user=mia).exists()
    assert not Preference.of(cast.tenant).filter(user=mia).exists()
    assert not mia.groups.exists()
    assert browser.get("/leads/").headers["Location"].startswith("/sign-in/")


def test_it_is_written_down_in_each_record_and_in_the_timeline(cast: Cast, mia: User) -> None:
    ada, ben = str(cast.ada.pk), str(cast.ben.pk)
    remove(cast.ada, row_of(mia), leads=ben, campaigns=ada, views=ada)
    handed = AuditEntry.objects.filter(verb="handed over", actor="Ada")
    kinds = sorted(entry.target_type for entry in handed)
    assert kinds.count("leads.lead") == 3
    assert {"campaigns.campaign", "campaigns.schedule", "campaigns.template"} < set(kinds)
    told = TimelineEntry.of(cast.tenant).filter(text="Given to Ben: Mia has left.", by=cast.ada)
    assert told.count() == 3
    entry = AuditEntry.objects.get(verb="removed")
    assert entry.target == "Mia, manager"
    after = AuditPayload.objects.get(entry_id=entry.pk).after
    assert (after["leads"], after["leads to"], after["campaigns to"]) == (3, "Ben", "Ada")


def test_leads_may_go_back_to_nobody(cast: Cast) -> None:
    lead = lead_of(cast.ben, cast)
    remove(cast.ada, row_of(cast.ben), leads="nobody")
    lead.refresh_from_db()
    assert lead.owner is None
    assert lead.timeline.get().text == "No longer has an owner: Ben has left."


def test_shared_views_of_somebody_without_leads_are_not_lost(cast: Cast, mia: User) -> None:
    """Whoever removes them takes the views unless somebody else is said."""
    Lead.of(cast.tenant).filter(owner=mia).update(owner=None)
    row, campaigns = row_of(mia), str(cast.ada.pk)
    page = as_person(cast.ada).get(f"/people/{row.pk}/remove/").content.decode()
    assert "Who takes over the leads?" not in page
    asked = page[page.index("Who takes over the shared views?") :]
    assert f'<option value="{cast.ada.pk}" selected>' in asked
    refused = remove(cast.ada, row, campaigns=campaigns, views="nobody")
    assert "field-error" in refused.content.decode()
    remove(cast.ada, row, campaigns=campaigns, views=str(cast.ada.pk))
    (view,) = SavedView.of(cast.tenant)
    assert (view.name, view.owner) == ("Hot ones", cast.ada)
    assert held.with_people(SavedView).objects.get().user == cast.vera


@pytest.mark.parametrize("taker", ["", "vera", "charlie", "mia", "x"])
def test_campaigns_need_somebody_who_may_run_them(cast: Cast, mia: User, taker: str) -> None:
    person = mia if taker == "mia" else getattr(cast, taker, None)
    chosen = str(person.pk) if person else taker
    views = str(cast.ada.pk)
    answer = remove(cast.ada, row_of(mia), leads="nobody", campaigns=chosen, views=views)
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    assert Membership.of(cast.tenant).filter(user=mia).exists()
    assert Lead.of(cast.tenant).filter(owner=mia).count() == 3


def test_one_leaves_oneself(cast: Cast) -> None:
    MembershipFactory(tenant=cast.other, user=cast.ben)
    browser = as_person(cast.ben)
    assert "Leave this company" in browser.get("/people/leave/").content.decode()
    answer = browser.post("/people/leave/", follow=True)
    page = answer.content.decode()
    assert f"You have left {cast.tenant}." in page
    assert f'<p class="tenant">{cast.other}</p>' in page
    assert AuditEntry.objects.get(verb="left").actor == "Ben"


def test_whoever_leaves_their_last_company_is_signed_out(cast: Cast) -> None:
    browser = as_person(cast.ben)
    browser.get("/leads/")
    # The session is written with this request, too.
    session = browser.session
    session["seen"] = 0
    session.save()
    answer = browser.post("/people/leave/", follow=True)
    assert answer.redirect_chain == [("/sign-in/", 302)]
    assert f"You have left {cast.tenant}." in answer.content.decode()
    assert not row_of(cast.ben)
    assert browser.get("/leads/").status_code == 302


def test_the_only_owner_stays(cast: Cast) -> None:
    for path in ("/people/leave/", f"/people/{row_of(cast.ada).pk}/remove/"):
        answer = as_person(cast.ada).post(path)
        assert answer.status_code == 409
        assert "This is the only owner." in answer.content.decode()
    assert Membership.of(cast.tenant).filter(user=cast.ada).exists()
    refusals = AuditEntry.objects.filter(verb="was refused a change of", actor="Ada")
    assert refusals.count() == 2


def test_who_may_not_remove_removes_nobody(cast: Cast, mia: User) -> None:
    for person, status in ((cast.ben, 403), (cast.vera, 403), (cast.charlie, 404)):
        path = f"/people/{row_of(mia).pk}/remove/"
        assert as_person(person).get(path).status_code == status
        assert as_person(person).post(path).status_code == status
    assert Membership.of(cast.tenant).count() == 4


def test_who_is_gone_already_is_said_so(cast: Cast) -> None:
    row = row_of(cast.vera)
    remove(cast.ada, row)
    answer = remove(cast.ada, row)
    assert answer.status_code == 404
    assert "There is no such member" in answer.content.decode()
    assert AuditEntry.objects.filter(verb="removed").count() == 1


def test_who_comes_back_begins_with_nothing(cast: Cast) -> None:
    cast.tenant.rep_reach = "own"
    cast.tenant.shows_unowned = False
    cast.tenant.save()
    lead_of(cast.ben, cast)
    remove(cast.ada, row_of(cast.ben), leads=str(cast.ada.pk))
    again = MembershipFactory(tenant=cast.tenant, user=cast.ben)
    assert not sight.leads(again).exists()


def test_a_thousand_leads_go_in_few_statements(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    """No statement is made for each of them, so fifty thousand take no more of them."""
    organisations = [OrganisationFactory.build(tenant=cast.tenant) for _ in range(1000)]
    model = organisations[0].__class__
    model.of(cast.tenant).bulk_create(organisations)
    first = lead_of(cast.ben, cast)
    Lead.of(cast.tenant).bulk_create(
        Lead(
            tenant=cast.tenant,
            organisation=organisation,
            pipeline=first.pipeline,
            stage=first.stage,
            rank=f"z{number:05}",
            owner=cast.ben,
            source="register",
        )
        for number, organisation in enumerate(organisations)
    )
    began = timezone.now()
    ada = as_person(cast.ada)
    with django_assert_max_num_queries(90):
        ada.post(f"/people/{row_of(cast.ben).pk}/remove/", {"leads": str(cast.ada.pk)})
    assert Lead.of(cast.tenant).filter(owner=cast.ada).count() == 1001
    assert AuditEntry.objects.filter(verb="handed over").count() == 1001
    assert timezone.now() - began < timedelta(seconds=10)


def test_the_choice_can_be_thought_through_first(cast: Cast) -> None:
    ben = row_of(cast.ben)
    lead = lead_of(cast.ben, cast)
    CampaignFactory(tenant=cast.tenant, created_by=cast.ben)
    chosen = {"leads": "nobody", "campaigns": str(cast.ada.pk)}
    answer = as_person(cast.ada).post(
        f"/people/{ben.pk}/remove/", {"try": "yes"} | chosen, follow=True
    )
    said = "were removed, and nobody got their leads, and Ada took over their campaigns"
    assert said in answer.content.decode()
    assert Lead.of(cast.tenant).get(pk=lead.pk).owner == cast.ben
    assert Membership.of(cast.tenant).filter(pk=ben.pk).exists()
