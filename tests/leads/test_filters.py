"""Filters in groups: random ones against the same leads in Python, and addresses of all sorts."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from crm import ids
from crm.pipeline.models import Stage
from crm.tenants import teams
from crm.tenants.models import Membership
from leads.filters import filters
from leads.filters.form import FilterForm
from leads.listing import listing
from leads.models import Contact, Lead, Tagging
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory, OriginFactory
from tests.factories.own import TagFactory, TaggingFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
TOWNS = ("Leicester", "St Albans, Herts", "")


def ada(cast: Cast) -> Membership:
    return Membership.of(cast.tenant).get(user=cast.ada)


def ago(days: float) -> Any:
    return timezone.now() - timedelta(days=days)


def a_lead(cast: Cast, dice: Random, tags: list[Any], campaign: UUID) -> Lead:
    organisation = OrganisationFactory(
        tenant=cast.tenant, town=dice.choice(TOWNS), trade=dice.choice(["dentist", "school"])
    )
    since = ids.since(ago(dice.choice([1, 5, 30]))).int
    lead: Lead = LeadFactory(
        pk=UUID(int=since | 0x7 << 76 | 0x2 << 62 | dice.getrandbits(60)),
        organisation=organisation,
        stage=dice.choice(list(Stage.of(cast.tenant))),
        owner=dice.choice([None, cast.ada, cast.ben]),
        score=dice.choice([0, 40, 70, 100]),
        value_pence=dice.choice([None, 0, 50_000]),
        lost_reason=dice.choice(["", "Too dear"]),
    )
    Lead.of(cast.tenant).filter(pk=lead.pk).update(
        contacted_at=dice.choice([None, ago(3), ago(20)]),
        next_due=dice.choice([None, ago(1), ago(-3), ago(-60)]),
    )
    for job in dice.choice([[], ["Owner"], ["Owner", "Nurse"]]):
        ContactFactory(organisation=organisation, job_title=job)
    for tag in dice.sample(tags, dice.choice([0, 1, 2])):
        TaggingFactory(lead=lead, tag=tag)
    if dice.random() < 0.5:
        OriginFactory(lead=lead, ref=campaign)
    return lead


def meanings(
    cast: Cast, tags: list[Any], campaign: UUID, team: Any
) -> dict[str, Callable[[Lead], bool]]:
    """What each filter means of one lead, in Python."""

    def jobs(lead: Lead) -> list[str]:
        rows = Contact.of(cast.tenant).filter(organisation=lead.organisation)
        return list(rows.values_list("job_title", flat=True))

    def has(lead: Lead, tag: Any) -> bool:
        return Tagging.of(cast.tenant).filter(lead=lead, tag=tag).exists()

    stages = list(Stage.of(cast.tenant))
    return {
        f"stage:is:{stages[0].pk},{stages[1].pk}": lambda it: it.stage in stages[:2],
        f"stage:isnt:{stages[0].pk}": lambda it: it.stage != stages[0],
        "kind:is:lead,lost": lambda it: it.stage.kind in ("lead", "lost"),
        f"pipeline:is:{stages[0].pipeline_id}": lambda it: True,
        "score:atleast:70": lambda it: it.score >= 70,
        "score:between:70,40": lambda it: 40 <= it.score <= 70,
        "value:atmost:£500": lambda it: it.value_pence is not None and it.value_pence <= 50_000,
        "value:empty": lambda it: it.value_pence is None,
        "owner:is:me": lambda it: it.owner == cast.ada,
        f"owner:is:none,{cast.ben.pk}": lambda it: it.owner != cast.ada,
        f"owner:isnt:{cast.ben.pk}": lambda it: it.owner != cast.ben,
        "owner:isnt:none": lambda it: it.owner is not None,
        f"team:is:{team.pk}": lambda it: it.owner == cast.ben,
        f"team:isnt:{team.pk}": lambda it: it.owner != cast.ben,
        f"tag:is:{tags[0].pk},{tags[1].pk}": lambda it: has(it, tags[0]) or has(it, tags[1]),
        f"tag:isnt:{tags[0].pk}": lambda it: not has(it, tags[0]),
        "tag:empty": lambda it: not any(has(it, tag) for tag in tags),
        f"origin:is:{campaign}": lambda it: it.origins.exists(),
        f"origin:isnt:{campaign}": lambda it: not it.origins.exists(),
        "reason:contains:DEAR": lambda it: it.lost_reason == "Too dear",
        "town:is:st albans, herts": lambda it: it.organisation.town.startswith("St"),
        "town:isnt:Leicester": lambda it: it.organisation.town != "Leicester",
        "town:empty": lambda it: it.organisation.town == "",
        "trade:isnt:dentist": lambda it: it.organisation.trade != "dentist",
        "person:empty": lambda it: not jobs(it),
        "job:is:nurse": lambda it: "Nurse" in jobs(it),
        "contacted:notfor:14": lambda it: it.contacted_at is None or it.contacted_at < ago(14),
        "contacted:last:14": lambda it: bool(it.contacted_at and it.contacted_at > ago(14)),
        "contacted:empty": lambda it: it.contacted_at is None,
        "added:last:7": lambda it: it.pk >= ids.since(ago(7)),
        "added:notfor:2": lambda it: it.pk < ids.since(ago(2)),
        "due:overdue": lambda it: bool(it.next_due and it.next_due < timezone.now()),
        "due:next:30": lambda it: bool(it.next_due and ago(0) < it.next_due < ago(-30)),
        "due:empty": lambda it: it.next_due is None,
    }


def test_random_groups_mean_what_python_means_by_them(cast: Cast) -> None:
    dice = Random(7)
    tags = [TagFactory(tenant=cast.tenant, name=name) for name in ("One", "Two")]
    campaign = CampaignFactory(tenant=cast.tenant).pk
    team = teams.make(cast.tenant, "North", by=ada(cast))
    Membership.of(cast.tenant).filter(user=cast.ben).update(team=team)
    for _ in range(30):
        a_lead(cast, dice, tags, campaign)
    leads = list(Lead.of(cast.tenant).select_related("organisation", "stage", "owner"))
    meant = meanings(cast, tags, campaign, team)
    hits = {name: {it.pk for it in leads if means(it)} for name, means in meant.items()}
    drawn = [[[name]] for name in meant]
    drawn += [
        [dice.sample(list(meant), dice.choice([1, 2, 3])) for _ in range(dice.choice([1, 2, 3]))]
        for _ in range(60)
    ]
    for groups in drawn:
        address: dict[str, Any] = {"where": [name for name, *rest in groups if not rest]}
        address |= {f"or{n}": each for n, each in enumerate(groups, 1) if len(each) > 1}
        wanted = set.intersection(*(set.union(*(hits[name] for name in each)) for each in groups))
        form = FilterForm(address, membership=ada(cast))
        assert form.left_out == "", groups
        found = list(listing.matching(ada(cast), form.wanted).values_list("pk", flat=True))
        assert len(found) == len(set(found))
        assert set(found) == wanted, groups
        again = filters.read(form.wanted, ada(cast))
        assert set(map(frozenset, _said(again))) == set(map(frozenset, _said(form.filters)))


def _said(given: filters.Filters) -> list[list[str]]:
    return [list(map(str, group)) for group in given.groups]


def test_every_filter_is_said_in_words_and_offered_in_a_form(cast: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    ben = as_person(cast.ben)
    query = {
        "where": ["score:atleast:70", "contacted:notfor:14", "due:empty", "value:between:100,2500"],
        "or1": ["owner:is:me", f"stage:is:{lead.stage_id}"],
    }
    page = ben.get("/leads/", query).content.decode()
    for words in (
        "Score at least 70",
        "Not contacted for 14 days",
        "No next action",
        "Value £100 to £2,500",
        "Owner is me",
        f"Stage is {lead.stage.name}",
    ):
        assert f"<span>{words}</span>" in page
    for name in filters.conditions.FIELDS:
        for headers in ({}, {"HX-Request": "true"}):
            form = ben.get("/leads/filter/", {"edit_field": name, "q": "x"}, headers=headers)
            assert form.status_code == 200
            assert 'name="edit_op"' in form.content.decode()


def test_a_filter_is_added_changed_joined_and_taken_away(cast: Cast) -> None:
    ben = as_person(cast.ben)
    given = {"tier": "hot", "sort": "name", "edit_field": "score", "edit_op": "atleast"}
    answer = ben.get("/leads/filter/", given | {"edit_atleast": "70"})
    assert answer.headers["Location"] == "/leads/?tier=hot&where=score:atleast:70&sort=name"
    given = {"where": "score:atleast:70", "edit_at": "0.0", "edit_op": "between"}
    answer = ben.get("/leads/filter/", given | {"edit_between": ["80", "60"], "edit_on": "board"})
    assert answer.headers["Location"] == "/board/?where=score:between:60,80"
    given = {"tier": "hot", "edit_or": "0", "edit_field": "due", "edit_op": "overdue"}
    answer = ben.get("/leads/filter/", given)
    assert answer.headers["Location"] == "/leads/?or1=tier:is:hot&or1=due:overdue"
    page = ben.get(answer.headers["Location"])
    (group,) = page.context["form"].chip_groups
    assert [chip.without for chip in group.chips] == ["where=due:overdue", "tier=hot"]
    refused = ben.get(
        "/leads/filter/", {"edit_field": "score", "edit_op": "atleast", "edit_atleast": "lots"}
    )
    assert refused.status_code == 422
    assert "Write a number like 1,240 or 1,240.5." in refused.content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"stage": "0195f3a0-0000-7000-8000-000000000000"}, "Stage (gone, or not yours to see)"),
        ({"where": "owner:is:0195f3a0-0000-7000-8000-000000000000"}, "Owner (gone"),
        ({"where": "team:is:x"}, "Owner&#x27;s team (gone"),
        ({"new": "zzz"}, "Added (“new zzz” can&#x27;t be said of it)"),
        ({"campaign": "nonsense"}, "Found by (gone"),
        ({"where": "score:atleast:lots"}, "Score (Write a number like"),
        ({"where": "score:sings:1"}, "Score (“sings” can&#x27;t be said of it)"),
        ({"where": "score"}, "Score (“” can&#x27;t be said of it)"),
        ({"or1": ["shoe size:is:9", "tier:is:hot"]}, "“shoe size” (there is no such filter)"),
        ({"where": "f_0123456789:is:1"}, "A field of your own (it is no longer there)"),
        ({"where": "contacted:notfor:" + "9" * 5000}, "(it is too long)"),
        ({"where": "contacted:notfor:99999999"}, "from 1 to 3,650"),
        ({"where": "value:atleast:" + "9" * 40}, "more than can be kept"),
        ({"where": "added:after:31/02/2027"}, "Write a day like"),
        ({"where": "town:contains:\x01"}, "Fill in what it is compared with"),
        ({"where": [f"score:atleast:{n}" for n in range(40)]}, "at most 20 filters count"),
        ({"where": "stage:is:" + ",".join(map(str, range(99)))}, "at most 60"),
    ],
)
def test_what_makes_no_sense_is_left_out_with_a_sentence(
    cast: Cast, query: dict[str, Any], said: str
) -> None:
    LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), tier="hot", score=80)
    for path in ("/leads/", "/board/", "/leads/filter/"):
        assert as_person(cast.ben).get(path, query).status_code == 200
    page = as_person(cast.ben).get("/leads/", query)
    assert said in page.content.decode()
    # Where nothing of what was asked for makes sense, no lead is meant rather than every one.
    assert len(page.context["leads"]) == bool(page.context["form"].chip_groups)


def test_a_job_in_the_background_takes_no_lead_for_a_filter_that_is_gone(cast: Cast) -> None:
    LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    gone = {"stage": "0195f3a0-0000-7000-8000-000000000000"}
    assert listing.matching(ada(cast), {}).count() == 1
    assert listing.matching(ada(cast), gone).count() == 0
