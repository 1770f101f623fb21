"""A team ends while something is shared with it: no share stays for a team that is no more."""

import pytest

from crm.ledger.models import AuditEntry
from crm.sharing import shares
from crm.sharing.held import with_teams
from crm.tenants import teams
from crm.tenants.models import Membership, Team
from leads.models import Lead
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.meanwhile import meanwhile
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def north(cast: Cast) -> Team:
    return teams.make(cast.tenant, "North", by=cast.ada)


@pytest.fixture
def lead(cast: Cast) -> Lead:
    found: Lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    return found


def ada(cast: Cast) -> Membership:
    return Membership.of(cast.tenant).select_related("tenant", "user", "team").get(user=cast.ada)


def test_who_shares_with_a_team_that_ends_is_told_so(cast: Cast, north: Team, lead: Lead) -> None:
    def end() -> None:
        teams.dissolve(north, members_to=None, shares_to=None, by=cast.ada)

    url, given = f"/leads/{lead.pk}/shares/add/", {"with": f"team:{north.pk}"}
    shared, page = meanwhile(
        end,
        lambda: shares.share(lead, with_=north, by=ada(cast)),
        lambda: as_person(cast.ada).post(url, given, follow=True),
    )
    assert type(shared) is shares.NotOfTheCompany
    assert "The team North is no more. Share it with somebody else." in page.content.decode()
    assert not with_teams(Lead).objects.exists()
    assert not AuditEntry.objects.filter(verb="shared").exists()


def test_what_is_shared_just_before_goes_to_the_other_team(
    cast: Cast, north: Team, lead: Lead
) -> None:
    south = teams.make(cast.tenant, "South", by=cast.ada)
    (ended,) = meanwhile(
        lambda: shares.share(lead, with_=north, by=ada(cast)),
        lambda: teams.dissolve(north, members_to=None, shares_to=south, by=cast.ada),
    )
    assert ended is None
    (share,) = with_teams(Lead).objects.all()
    assert (share.group_id, share.content_object_id) == (south.group_id, lead.pk)


def test_nobody_is_put_into_a_team_that_ends(cast: Cast, north: Team) -> None:
    ben = Membership.of(cast.tenant).get(user=cast.ben)
    given = {"role": "rep", "team": str(north.pk), "seen_version": ben.version}
    (page,) = meanwhile(
        lambda: teams.dissolve(north, members_to=None, shares_to=None, by=cast.ada),
        lambda: as_person(cast.ada).post(f"/admin/tenants/membership/{ben.pk}/change/", given),
    )
    assert page.status_code == 200
    assert "The team North is no more. Choose another one." in page.content.decode()
