"""Small random companies, and who sees what in them, written down straight from the rules."""

from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from guardian.shortcuts import assign_perm

from campaigns.models import Campaign
from crm.pipeline.models import Stage
from crm.tenants.models import Membership, Reach, Role, Team, Tenant, User
from leads.models import Lead, Origin
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import LeadFactory, OrganisationFactory, OriginFactory
from tests.people import joined


@dataclass
class World:
    tenant: Tenant
    members: list[Membership]
    teams: list[Team]
    leads: list[Lead]
    campaigns: list[Campaign]
    origins: list[Origin]
    # (what was shared, with a person's or team's id)
    shares: set[tuple[UUID, UUID]]


def make(tenant: Tenant, seed: int) -> World:
    """Make a company: everything in it is drawn by lot."""
    dice = Random(seed)
    tenant.rep_reach, tenant.viewer_reach = dice.choice(Reach.values), dice.choice(Reach.values)
    tenant.shows_unowned = dice.random() < 0.5
    tenant.save()
    roles = [Role.OWNER, Role.MANAGER, *[Role.REP] * 4, *[Role.VIEWER] * 2]
    members = [joined(tenant, f"P{number}", role) for number, role in enumerate(roles)]
    teams = [_team(tenant, number, dice.choice([None, *members])) for number in range(2)]
    for member in members:
        member.team = dice.choice([None, *teams])
        member.save()
        if member.team:
            member.user.groups.add(member.team.group)
    people = [member.user for member in members]
    campaigns = [
        CampaignFactory(tenant=tenant, name=f"C{n}", created_by=dice.choice([None, *people]))
        for n in range(4)
    ]
    stages = list(Stage.of(tenant))
    leads = [
        LeadFactory(
            organisation=OrganisationFactory(tenant=tenant, name=f"Site {n}"),
            owner=dice.choice([None, *people]),
            stage=dice.choice(stages),
        )
        for n in range(14)
    ]
    origins = [
        OriginFactory(lead=lead, ref=campaign.pk, label=campaign.name)
        for lead in leads
        for campaign in dice.sample(campaigns, dice.choice([0, 1, 1, 2]))
    ]
    world = World(tenant, members, teams, leads, campaigns, origins, set())
    for _ in range(6):
        _share(world, dice)
    return world


def _team(tenant: Tenant, number: int, lead: Membership | None) -> Team:
    group = Group.objects.create(name=f"{tenant.slug} {number}")
    user: User | None = lead.user if lead else None
    return Team.of(tenant).create(tenant=tenant, name=f"T{number}", lead=user, group=group)


def _share(world: World, dice: Random) -> None:
    row: Any = dice.choice([*world.leads, *world.campaigns])
    name = f"{row._meta.app_label}.view_{row._meta.model_name}"
    if dice.random() < 0.5:
        team = dice.choice(world.teams)
        assign_perm(name, team.group, row)
        world.shares.add((row.pk, team.pk))
    else:
        member = dice.choice(world.members)
        assign_perm(name, member.user, row)
        world.shares.add((row.pk, member.user_id))


def leads_seen(world: World, viewer: Membership) -> set[UUID]:
    """Whoever the viewer is, lead by lead."""
    return {lead.pk for lead in world.leads if _sees_lead(world, viewer, lead)}


def campaigns_seen(world: World, viewer: Membership) -> set[UUID]:
    return {each.pk for each in world.campaigns if _sees_campaign(world, viewer, each)}


def _sees_lead(world: World, viewer: Membership, lead: Lead) -> bool:
    if _sees_all(world, viewer) or _is_shared(world, viewer, lead.pk):
        return True
    if lead.owner_id is None and world.tenant.shows_unowned:
        return True
    if lead.owner_id is not None and _is_in_scope(world, viewer, lead.owner_id):
        return True
    found = [origin for origin in world.origins if origin.lead_id == lead.pk]
    by = {campaign.pk: campaign for campaign in world.campaigns}
    # Who met it later did not find it: it was known already.
    return bool(found) and _sees_campaign(world, viewer, by[found[0].ref])


def _sees_campaign(world: World, viewer: Membership, campaign: Campaign) -> bool:
    if _sees_all(world, viewer) or _is_shared(world, viewer, campaign.pk):
        return True
    maker = campaign.created_by_id
    return maker is not None and _is_in_scope(world, viewer, maker)


def _reach(world: World, viewer: Membership) -> str:
    if viewer.role in (Role.OWNER, Role.MANAGER):
        return Reach.ALL
    is_viewer = viewer.role == Role.VIEWER
    return world.tenant.viewer_reach if is_viewer else world.tenant.rep_reach


def _sees_all(world: World, viewer: Membership) -> bool:
    return _reach(world, viewer) == Reach.ALL


def _is_in_scope(world: World, viewer: Membership, person: UUID) -> bool:
    if person == viewer.user_id:
        return True
    other = next((each for each in world.members if each.user_id == person), None)
    if other is None or other.team is None:
        return False
    is_same = other.team == viewer.team and _reach(world, viewer) == Reach.TEAM
    return is_same or other.team.lead_id == viewer.user_id


def _is_shared(world: World, viewer: Membership, row: UUID) -> bool:
    with_team = viewer.team is not None and (row, viewer.team.pk) in world.shares
    return with_team or (row, viewer.user_id) in world.shares
