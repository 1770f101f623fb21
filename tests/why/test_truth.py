"""Reasons and sight are one: in any company, and after any change that was thought through."""

from typing import Any

import pytest
from django.db.models import Model

from campaigns import sight as campaign_sight
from crm.tenants import leaving, teams
from crm.tenants.handovers import Question as Asked
from crm.tenants.handovers import Takers
from crm.tenants.models import Membership, Reach, Role
from crm.tenants.supposing import Supposition
from crm.why import audience, company, kinds, view_of
from crm.why.forecast import Question
from leads.sight import sight as lead_sight
from tests.factories.tenants import MembershipFactory
from tests.why.worlds import World

pytestmark = pytest.mark.django_db
SEEDS = range(12)
# Eight changes are thought through in each, member by member and row by row.
WORLDS_CHANGED = range(5)


def seen(world: World) -> dict[tuple[Any, str], set[Any]]:
    """Which rows each member sees, as the product itself says."""
    return {
        (member.user_id, kind): {row.pk for row in rows}
        for member in world.members()
        for kind, rows in {
            "lead": lead_sight.leads(member),
            "campaign": campaign_sight.campaigns(member),
        }.items()
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_has_a_reason_sees_it_and_nobody_else(seed: int) -> None:
    world = World(seed)
    everybody, truth = company.read(world.tenant), seen(world)
    told = 0
    for row in [*world.leads, *world.campaigns]:
        kind = kinds.of(type(row))
        case = kind.case(row)
        asked = audience.read(everybody, case)
        does = {member.pk: member.does for member in asked.rows}  # type: ignore[attr-defined]
        assert (asked.seeing, asked.total) == (sum(does.values()), len(does))
        for member in everybody.meet(everybody.rows()):
            line = audience.line(everybody, case, member)
            assert line.sees == (row.pk in truth[member.user_id, kind.one]), line
            assert line.sees == does[member.pk]
            assert line.sees or line.why_not
            told += line.sees
    assert told


@pytest.mark.parametrize("seed", SEEDS)
def test_the_parts_of_what_somebody_sees_are_all_of_it(seed: int) -> None:
    world = World(seed)
    everybody, truth = company.read(world.tenant), seen(world)
    for member in everybody.meet(everybody.rows()):
        for kind in kinds.every():
            parts = [{row.pk for row in part.rows} for part in kind.parts(everybody, member)]
            assert set().union(*parts) == truth[member.user_id, kind.one], member


@pytest.mark.parametrize("seed", WORLDS_CHANGED)
def test_the_forecast_is_what_comes_of_it(seed: int) -> None:
    world = World(seed)
    making = changes(world)
    before = seen(world)
    for number, (question, make) in enumerate(making):
        everybody = company.read(world.tenant)
        said = {
            (row.pk, kind.one): audience.changed(everybody, kind.case(row), question)
            for kind in kinds.every()
            for row in kind.model.of(world.tenant)
        }
        members = everybody.meet(everybody.rows())
        counted = {
            each.member.user_id: each for each in view_of.change(everybody, question, members)
        }
        touched = view_of.touched(everybody, question)
        assert seen(world) == before, "thinking it through changed something"
        make()
        now = seen(world)
        # Who has left sees nothing.
        after = {key: set[Any]() for key in before} | now
        for (pk, kind), changed in said.items():
            lost = {p for p, k in before if k == kind and pk in before[p, k] - after[p, k]}
            won = {p for p, k in before if k == kind and pk in after[p, k] - before[p, k]}
            assert {each.member.user_id for each in changed.losing} == lost, (number, question)
            assert {each.member.user_id for each in changed.gaining} == won, (number, question)
        for (person, kind), rows in before.items():
            (less,) = [c for c in counted[person].lost if c.kind.one == kind]
            (more,) = [c for c in counted[person].gained if c.kind.one == kind]
            assert less.number == len(rows - after[person, kind]), (number, question)
            assert more.number == len(after[person, kind] - rows), (number, question)
            assert person in touched or rows == after[person, kind], (number, question)
        before = now


def changes(world: World) -> list[tuple[Question, Any]]:
    """Changes one after the other, each as a question and as what makes it so."""
    random, owner = world.random, world.people[0]
    members = world.members()
    promoted, moved, taker, leaver = random.sample(members, 4)
    role, team = random.choice(Role.values), world.either(world.teams)
    reach, other_reach = random.choice(Reach.values), random.choice(Reach.values)
    shows, gone = random.random() < 0.5, random.choice(world.teams)
    share = random.choice(world.shares)

    def sets(**values: Any) -> Any:
        def make() -> None:
            for name, value in values.items():
                setattr(world.tenant, name, value)
            world.tenant.save()

        return make

    def promote() -> None:
        Membership.of(world.tenant).filter(pk=promoted.pk).update(role=role)

    def take_back() -> None:
        type(share).objects.filter(pk=share.pk).delete()

    def place() -> None:
        teams.place(moved, team, by=owner)

    # Somebody always owns it, and may take over.
    MembershipFactory(tenant=world.tenant, role=Role.OWNER)
    takers = Membership.of(world.tenant).filter(pk__in=[taker.pk, moved.pk])
    takers.filter(role=Role.VIEWER).update(role=Role.REP)
    # Leads may go to another than campaigns do, or to nobody.
    lead_taker = random.choice([taker, moved, None])
    heirs = {Asked.LEADS: lead_taker and lead_taker.user, Asked.CAMPAIGNS: taker.user}

    def leave() -> None:
        takers = Takers({Asked.VIEWS: taker.user} | heirs)
        leaving.leave(leaver.pk, takers=takers, by=leaver)

    def dissolve() -> None:
        teams.dissolve(gone, members_to=None, shares_to=None, by=owner)

    return [
        (asks(settings={"rep_reach": reach}), sets(rep_reach=reach)),
        (asks(settings={"viewer_reach": other_reach}), sets(viewer_reach=other_reach)),
        (asks(settings={"shows_unowned": shows}), sets(shows_unowned=shows)),
        (asks(roles={promoted.user_id: role}), promote),
        (asks_share(share), take_back),
        (asks(teams={moved.user_id: team and team.pk}), place),
        (asks(left={leaver.user_id: {q: p and p.pk for q, p in heirs.items()}}), leave),
        (asks(dissolved=frozenset({gone.pk})), dissolve),
    ]


def asks(**what: Any) -> Question:
    return Question(Supposition(**what), "it were so")


def asks_share(row: Model) -> Question:
    from crm.sharing import given  # noqa: PLC0415

    (share,) = given.read(type(row).objects.filter(pk=row.pk))
    return Question(Supposition(without=frozenset({share.key})), "it were so", (share,))
