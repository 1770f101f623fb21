"""One act on many leads: what may be touched is, the rest is counted, nothing is done twice."""

from typing import Any

import pytest

from crm.notices.models import Notice
from crm.pipeline.models import Kind
from crm.tenants.models import Membership, Role
from crm.work.lease import Lease, claim
from crm.work.models import State
from leads.acts.assign import Assign
from leads.acts.tagging import PutTag
from leads.bulk import bulk
from leads.models import Batch, Bulk, Change, Lead, TimelineEntry
from leads.records.custom import Tagging
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.own import TagFactory
from tests.leads.pieces import piece
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
URL = "/leads/bulk/"


class Killed(BaseException):
    """The worker is no more."""


def add(cast: Cast, many: int, **fields: Any) -> list[Lead]:
    return [
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), **fields)
        for _ in range(many)
    ]


def send(cast: Cast, leads: list[Lead], *, by: str = "ben", **fields: Any) -> Any:
    person = as_person(getattr(cast, by))
    return person.post(URL, {"lead": [str(lead.pk) for lead in leads]} | fields, follow=True)


def owners(cast: Cast) -> set[Any]:
    return set(Lead.of(cast.tenant).values_list("owner__name", flat=True))


def test_ticked_leads_get_an_owner_and_it_can_be_undone_as_a_whole(cast: Cast) -> None:
    leads = [*add(cast, 2, owner=cast.ben), *add(cast, 1, owner=cast.ada)]
    asked = send(cast, leads, by="ada", ask="assign")
    assert "Give 3 leads to" in asked.content.decode()
    answer = send(cast, leads, by="ada", do="assign", to_owner=str(cast.ada.pk))
    assert "Gave 2 leads to Ada. Left alone: 1 already so." in answer.content.decode()
    assert owners(cast) == {"Ada"}
    batch = Batch.of(cast.tenant).get()
    assert (batch.verb, batch.said, batch.many) == ("assign", "Gave 2 leads to Ada", 2)
    change = Change.of(cast.tenant).filter(lead=leads[0]).get()
    assert change.before == {"owner": str(cast.ben.pk)}
    assert TimelineEntry.of(cast.tenant).filter(text="Given to Ada.").count() == 2


def test_what_is_only_shared_unseen_or_gone_is_left_alone_and_counted(cast: Cast) -> None:
    cast.tenant.rep_reach = "own"
    cast.tenant.shows_unowned = False
    cast.tenant.save()
    theirs, mine = add(cast, 1, owner=cast.ada), add(cast, 1, owner=cast.ben)
    foreign = LeadFactory(organisation=OrganisationFactory(tenant=cast.other))
    answer = send(cast, [*theirs, *mine, foreign], do="assign", to_owner="nobody")
    assert "Left alone: 2 gone, or not yours to see any more." in answer.content.decode()
    assert Lead.of(cast.tenant).get(pk=theirs[0].pk).owner == cast.ada
    assert Lead.of(cast.tenant).get(pk=mine[0].pk).owner is None


def test_moving_several_to_lost_asks_why(cast: Cast) -> None:
    leads, lost = add(cast, 2, owner=cast.ben), cast.stage(Kind.LOST)
    refused = send(cast, leads, do="move", to_stage=str(lost.pk))
    assert refused.status_code == 422
    assert "asks why" in refused.content.decode()
    send(cast, leads, do="move", to_stage=str(lost.pk), reason="No budget")
    assert set(Lead.of(cast.tenant).values_list("stage__kind", "lost_reason")) == {
        (Kind.LOST, "No budget")
    }


def test_tags_go_on_and_come_off(cast: Cast) -> None:
    leads, tag = add(cast, 3), TagFactory(tenant=cast.tenant, name="Moves house")
    Tagging.of(cast.tenant).create(tenant=cast.tenant, lead=leads[0], tag=tag)
    said = send(cast, leads, do="tag", to_tag=str(tag.pk)).content.decode()
    assert "Tagged 2 leads “Moves house”. Left alone: 1 already so." in said
    send(cast, leads[:2], do="untag", to_tag=str(tag.pk))
    assert Tagging.of(cast.tenant).get().lead == leads[2]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"do": "assign", "to_owner": "nonsense"}, "Choose a colleague"),
        ({"do": "assign"}, "Choose to whom"),
        ({"do": "assign", "to_owner": ""}, "Choose to whom"),
        ({"do": "move", "to_stage": "x"}, "Choose the stage"),
        ({"do": "tag", "to_tag": ""}, "Choose a tag"),
        ({"ask": "fly"}, "Choose what to do"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(cast: Cast, fields: dict[str, str], said: str) -> None:
    leads = add(cast, 1)
    assert said in send(cast, leads, **fields).content.decode()
    assert "Tick at least one" in send(cast, [], **fields).content.decode()
    assert not Batch.of(cast.tenant).exists()


def test_reps_delete_nothing_and_managers_do(cast: Cast) -> None:
    leads = add(cast, 2)
    assert send(cast, leads, do="delete").status_code == 403
    said = send(cast, leads, by="ada", ask="delete").content.decode()
    assert "You can undo it for ten minutes" in said
    send(cast, leads[:1], by="ada", do="delete")
    assert Lead.of(cast.tenant).get() == leads[1]
    assert as_person(cast.vera).post(URL, {"lead": str(leads[1].pk)}).status_code == 403


def test_ticked_leads_are_exported_alone(cast: Cast) -> None:
    leads = add(cast, 3, owner=cast.ben)
    person = as_person(cast.ben)
    answer = person.post(URL, {"lead": [str(leads[0].pk)], "ask": "export"}, follow=True)
    lines = b"".join(answer.streaming_content).decode().strip().splitlines()
    assert len(lines) == 2
    assert leads[0].organisation.name in lines[1]


def begin(cast: Cast, act: Any, *, by: Any = None, wanted: Any = None) -> Bulk:
    maker = Membership.of(cast.tenant).select_related("tenant", "user").get(user=by or cast.ada)
    return bulk.begin(act, maker, idents=None, wanted=wanted)


def test_a_worker_that_dies_between_pieces_loses_and_doubles_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 2)
    add(cast, 4, tier="hot", owner=cast.ben)
    add(cast, 1, tier="hot", owner=cast.ada)
    cold = add(cast, 1, tier="cold", owner=cast.ben)
    row = begin(cast, Assign({"owner": str(cast.ada.pk)}), wanted={"tier": "hot"})
    late = add(cast, 1, tier="hot", owner=cast.ben)
    row = piece(row)
    assert (row.done, row.total, row.state) == (2, 5, State.READY)

    release = Lease.release

    def die(*given: Any, **changes: Any) -> None:
        release(*given, **changes)
        raise Killed

    monkeypatch.setattr(Lease, "release", die)
    with pytest.raises(Killed):
        piece(row)
    monkeypatch.setattr(Lease, "release", release)
    assert Change.of(cast.tenant).count() == 2
    Bulk.of(cast.tenant).update(lease_until="2020-01-01T00:00:00Z")
    row = piece(row)
    assert (row.done, row.state) == (4, State.READY)
    row = piece(row)
    assert (row.done, row.skipped, row.state) == (4, {"already so": 1}, State.DONE)
    changed = list(Change.of(cast.tenant).values_list("lead", flat=True))
    assert len(changed) == len(set(changed)) == 4
    assert Batch.of(cast.tenant).get().said == "Gave 4 leads to Ada"
    untouched = Lead.of(cast.tenant).filter(owner=cast.ben)
    assert set(untouched) == {*cold, *late}


def test_a_filter_that_is_gone_meanwhile_means_no_lead_and_not_every_lead(cast: Cast) -> None:
    leads, tag = add(cast, 2), TagFactory(tenant=cast.tenant)
    other = TagFactory(tenant=cast.tenant, name="Other")
    Tagging.of(cast.tenant).create(tenant=cast.tenant, lead=leads[0], tag=tag)
    row = begin(cast, PutTag({"tag": str(other.pk)}), wanted={"tag": str(tag.pk)})
    tag.delete()
    row = piece(row)
    assert (row.done, row.state) == (0, State.DONE)
    assert not Tagging.of(cast.tenant).exists()
    page = as_person(cast.ada).get(f"{URL}{row.pk}/").content.decode()
    assert "It ended after 0. A filter of it is gone meanwhile: Tags" in page
    assert "Tagged 0 leads" not in page


def test_where_its_filter_goes_half_way_it_says_how_far_it_came(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 2)
    tag = TagFactory(tenant=cast.tenant)
    for lead in add(cast, 3, owner=cast.ben):
        Tagging.of(cast.tenant).create(tenant=cast.tenant, lead=lead, tag=tag)
    row = piece(begin(cast, Assign({"owner": ""}), wanted={"tag": str(tag.pk)}))
    tag.delete()
    row = piece(row)
    assert (row.done, row.total, row.state) == (2, 3, State.DONE)
    ada = as_person(cast.ada)
    page = ada.get(f"{URL}{row.pk}/").content.decode()
    assert "It ended after 2 of 3. A filter of it is gone meanwhile: Tags" in page
    assert "Undo all of it" in page
    told = Notice.of(cast.tenant).get().text
    assert told.startswith("Gave 2 leads to nobody, and no more. A filter of it is gone")


def test_who_may_not_any_more_changes_nothing_and_a_stopped_act_ends(cast: Cast) -> None:
    add(cast, 3, owner=cast.ben)
    row = begin(cast, Assign({"owner": ""}), by=cast.ben)
    Membership.of(cast.tenant).filter(user=cast.ben).update(role=Role.VIEWER)
    assert piece(row).state == State.DONE
    assert owners(cast) == {"Ben"}
    row = begin(cast, Assign({"owner": ""}))
    ada = as_person(cast.ada)
    assert "Stop" in ada.get(f"{URL}{row.pk}/").content.decode()
    assert "Stopped." in ada.post(f"{URL}{row.pk}/stop/", follow=True).content.decode()
    assert claim(Bulk, 1, tenant=cast.tenant.pk) is None
    assert owners(cast) == {"Ben"}
    assert as_person(cast.ben).get(f"{URL}{row.pk}/").status_code == 404


def test_all_that_match_run_in_the_background_and_the_page_says_how_far(cast: Cast) -> None:
    add(cast, 3, owner=cast.ben, tier="hot")
    fields = {"all": "1", "query": "tier=hot", "to_owner": str(cast.ada.pk), "do": "assign"}
    fields |= {"asked_about": "3"}
    answer = as_person(cast.ada).post(URL, fields)
    page = as_person(cast.ada).get(answer.url)
    assert "In the background" in page.content.decode() or "in a moment" in page.content.decode()
    row = piece(Bulk.of(cast.tenant).get())
    assert row.state == State.DONE
    assert "Gave 3 leads to Ada" in as_person(cast.ada).get(answer.url).content.decode()
