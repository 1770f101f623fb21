"""Many leads shared at once: each written down, all told of once, and views stay private."""

from typing import Any

import pytest
from django.contrib.auth.models import Group

from crm.ledger.models import AuditEntry, AuditPayload
from crm.mail.models import Mail
from crm.notices.models import Notice
from crm.sharing import held, shares
from crm.tenants.models import Membership, Reach, Team
from leads.models import Lead, SavedView
from tests.factories.leads import LeadFactory, OrganisationFactory, SavedViewFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def member(cast: Cast, person: Any) -> Membership:
    rows = Membership.of(cast.tenant).select_related("tenant", "user", "team")
    return rows.get(user=person)


def leads(cast: Cast, many: int) -> list[Lead]:
    return [
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=cast.ada)
        for _ in range(many)
    ]


@pytest.fixture
def team(cast: Cast) -> Team:
    """Ben's and Vera's."""
    cast.tenant.rep_reach = cast.tenant.viewer_reach = Reach.OWN
    cast.tenant.save()
    group = Group.objects.create(name="north")
    found = Team.of(cast.tenant).create(tenant=cast.tenant, name="North", group=group)
    for person in (cast.ben, cast.vera):
        Membership.of(cast.tenant).filter(user=person).update(team=found)
        person.groups.add(group)
    return found


def test_many_are_told_of_once_and_written_down_each(cast: Cast, team: Team) -> None:
    rows = leads(cast, 5)
    by = member(cast, cast.ada)
    shares.share(rows[0], with_=team, by=by)
    Notice.of(cast.tenant).delete()
    Mail.of(cast.tenant).delete()
    new = shares.share_all(rows, with_=team, by=by, page="/leads/")
    assert new == rows[1:]
    told = Notice.of(cast.tenant).order_by("user__name")
    text = "Ada shared 4 leads with your team, North."
    assert [(each.user, each.text, each.url) for each in told] == [
        (cast.ben, text, "/leads/"),
        (cast.vera, text, "/leads/"),
    ]
    assert sorted(Mail.of(cast.tenant).values_list("to", flat=True)) == sorted(
        [cast.ben.email, cast.vera.email]
    )
    assert held.with_teams(Lead).objects.filter(by=cast.ada).count() == 5
    entries = AuditEntry.objects.filter(verb="shared", target_type="leads.lead")
    assert {entry.target_id for entry in entries} == {str(row.pk) for row in rows}
    values = AuditPayload.objects.filter(entry_id__in=[entry.pk for entry in entries])
    assert [each.after for each in values] == [{"with": "North"}] * 5
    assert as_person(cast.ben).get("/leads/").context["bell"].count == 1


def test_it_costs_no_more_for_more_leads_or_readers(
    cast: Cast, team: Team, django_assert_max_num_queries: Any
) -> None:
    rows = leads(cast, 40)
    with django_assert_max_num_queries(25):
        shares.share_all(rows, with_=team, by=member(cast, cast.ada))


def test_of_many_the_one_that_is_not_seen_keeps_all_back(cast: Cast, team: Team) -> None:
    own = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=cast.ben)
    with pytest.raises(shares.MayNotShare):
        shares.share_all([own, *leads(cast, 1)], with_=cast.vera, by=member(cast, cast.ben))
    assert not held.with_people(Lead).objects.exists()


@pytest.mark.parametrize("what", ["taken back", "deleted"])
def test_a_view_that_is_no_longer_theirs_leaves_even_an_owner_s_bell(cast: Cast, what: str) -> None:
    view = SavedViewFactory(tenant=cast.tenant, owner=cast.ben, name="Ben's own")
    ben = member(cast, cast.ben)
    shares.share(view, with_=cast.ada, by=ben)
    ada = as_person(cast.ada)
    assert ada.get("/leads/").context["bell"].count == 1
    if what == "deleted":
        SavedView.of(cast.tenant).filter(pk=view.pk).delete()
    else:
        shares.revoke(view, with_=cast.ada, by=ben)
    assert ada.get("/leads/").context["bell"].count == 0
    assert "Ben&#x27;s own" not in ada.get("/notices/").content.decode()
