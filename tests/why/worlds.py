"""Small companies made at random: people, teams, shares, campaigns and leads of all sorts."""

from random import Random
from typing import Any

from django.contrib.auth.models import Group

from campaigns.models import Campaign
from crm.ids import uuid7
from crm.sharing.held import with_people, with_teams
from crm.tenants.models import Membership, Reach, Role, Team, Tenant, User
from leads.models import Lead, Organisation
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import LeadFactory, OriginFactory
from tests.factories.tenants import MembershipFactory, TenantFactory, UserFactory


class World:
    """A company with a handful of everything, and a neighbour whose rows must never count."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.tenant: Tenant = TenantFactory()
        self._choose_reach()
        people = [UserFactory(company=f"world-{seed}") for _ in range(6)]
        self.teams = [make_team(self.tenant, f"Team {n}", self.either(people)) for n in range(2)]
        for person in people[:5]:
            MembershipFactory(
                tenant=self.tenant,
                user=person,
                role=self.random.choice([*Role, Role.REP, Role.VIEWER]),
                team=self.either(self.teams),
            )
        # The sixth has left: what they own is nobody's team's.
        self.people: list[User] = people
        self.campaigns: list[Campaign] = [
            CampaignFactory(tenant=self.tenant, created_by=self.either(people)) for _ in range(3)
        ]
        self.leads: list[Lead] = [self._lead() for _ in range(8)]
        self.shares = [self._share() for _ in range(6)]

    def members(self) -> list[Membership]:
        """The members as a request would find them, with nothing remembered."""
        rows = Membership.of(self.tenant).select_related("tenant", "user", "team")
        return list(rows.order_by("pk"))

    def either(self, rows: list[Any]) -> Any:
        """One of them, or none."""
        return self.random.choice([*rows, None])

    def _choose_reach(self) -> None:
        self.tenant.rep_reach = self.random.choice(Reach.values)
        self.tenant.viewer_reach = self.random.choice(Reach.values)
        self.tenant.shows_unowned = self.random.random() < 0.5
        self.tenant.save()

    def _lead(self) -> Lead:
        lead: Lead = LeadFactory(organisation__tenant=self.tenant, owner=self.either(self.people))
        for campaign in self.random.sample(self.campaigns, self.random.randint(0, 2)):
            OriginFactory(lead=lead, ref=campaign.pk)
        return lead

    def _share(self) -> Any:
        row = self.random.choice([*self.leads, *self.campaigns])
        to = self.random.choice([*self.people[:5], *self.teams])
        return share(row, to)


def make_team(tenant: Tenant, name: str, lead: User | None = None) -> Team:
    """A team with nobody in it."""
    group = Group.objects.create(name=str(uuid7()))
    return Team.of(tenant).create(tenant=tenant, name=name, lead=lead, group=group)


def share(row: Lead | Campaign, to: User | Team, by: User | None = None) -> Any:
    """Let the person or the team see the row."""
    table = with_teams(type(row)) if isinstance(to, Team) else with_people(type(row))
    holder = {"group": to.group} if isinstance(to, Team) else {"user": to}
    permission = table.objects.model._meta.get_field("permission").related_model.objects.get(
        codename=f"view_{type(row)._meta.model_name}"
    )
    found, _ = table.objects.get_or_create(
        content_object=row, permission=permission, **holder, defaults={"by": by}
    )
    return found


__all__ = ["Organisation", "World", "make_team", "share"]
