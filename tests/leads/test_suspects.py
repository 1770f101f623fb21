"""The page of suspected duplicates, and merging those that are surely one in the background."""

from typing import Any

import pytest
from django.test import Client

from crm.work.models import State
from leads.merging import held, proposals, unmerge
from leads.models import Bulk, DuplicateScan, Lead, Merge, Organisation, Proposal, ScanPlan
from leads.scanning import views
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.leads.test_bulk_again import piece
from tests.leads.test_scan import searched
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
URL = "/leads/proposals/"


def twins(cast: Cast, name: str, number: int, **fields: Any) -> list[Any]:
    """Two that are surely one, each with a lead."""
    made = []
    for spelling in (f"{name} Ltd", name):
        one = OrganisationFactory(
            tenant=cast.tenant,
            name=spelling,
            phone=f"+44132631800{number}",
            postcode=f"TR{number} 3HH",
            town=f"Town {number}",
            address=f"{number} Quay Street",
        )
        LeadFactory(organisation=one, **({"owner": cast.ben} | fields))
        made.append(one)
    return made


def alike(cast: Cast) -> None:
    """Two that may be one: of one name and town, at other doors and with other phones."""
    for number in (1, 2):
        one = OrganisationFactory(
            tenant=cast.tenant, name="Heron Wharf", phone=f"+44132631900{number}",
            postcode=f"PL1 {number}AA", address=f"{number} Notte Street", town="Plymouth",
        )  # fmt: skip
        LeadFactory(organisation=one, owner=cast.ada)


def names(page: Any) -> list[str]:
    return [each.proposal.one.name for each in page.context["suspects"]]


def done(row: Bulk) -> Bulk:
    while row.state == State.READY:
        row = piece(row)
    return row


def merged(browser: Client, cast: Cast, query: str = "") -> Bulk:
    browser.post(f"{URL}merge/", {"query": query})
    return done(Bulk.of(cast.tenant).latest("pk"))


def test_the_surest_come_first_with_what_speaks_for_and_against(cast: Cast) -> None:
    alike(cast)
    twins(cast, "Kestrel Smiles", 1)
    searched(cast.tenant)
    page = as_person(cast.ada).get(URL)
    said = page.content.decode()
    assert names(page)[0].startswith("Kestrel")
    assert len(names(page)) == 2
    assert "Both answer 01326 318001." in said
    assert "They have different phone numbers." in said
    assert "4 records, " in said
    assert "Merge the sure ones (1)" in said


def test_a_rep_meets_only_pairs_of_which_they_see_both(cast: Cast) -> None:
    cast.tenant.rep_reach = "own"
    cast.tenant.save()
    twins(cast, "Kestrel Smiles", 1)
    theirs = twins(cast, "Plover Foods", 2, owner=cast.ada)
    Lead.of(cast.tenant).filter(organisation=theirs[0]).update(owner=cast.ben)
    searched(cast.tenant)
    page = as_person(cast.ben).get(URL)
    assert len(names(page)) == 1
    # Nor how many there are in all.
    assert "Plover" not in page.content.decode()
    assert "4 records" not in page.content.decode()
    assert len(names(as_person(cast.ada).get(URL))) == 2


def test_filters_narrow_and_what_makes_no_sense_is_left_out(cast: Cast) -> None:
    alike(cast)
    twins(cast, "Kestrel Smiles", 1)
    searched(cast.tenant)
    ada = as_person(cast.ada)
    found = {
        query: [name.split()[0] for name in names(ada.get(f"{URL}?{query}"))]
        for query in (
            "sure=sure", "sure=maybe", "why=phone", f"owner={cast.ben.pk}", "owner=nobody",
            "sure=perhaps&owner=x&after=x",
        )
    }  # fmt: skip
    assert list(found.values()) == [
        ["Kestrel"], ["Heron"], ["Kestrel"], ["Kestrel"], [], ["Kestrel", "Heron"],
    ]  # fmt: skip


def test_it_is_read_page_by_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SHOWN", 2)
    for number, name in enumerate(("Kestrel", "Plover", "Avocet", "Curlew", "Bittern")):
        twins(cast, f"{name} Smiles", number)
    searched(cast.tenant)
    ada, met = as_person(cast.ada), []
    page = ada.get(URL)
    while True:
        met += names(page)
        if not (on := page.context["next_url"]):
            break
        page = ada.get(f"{URL}{on}")
    assert len(set(met)) == len(met) == 5
    assert names(ada.get(f"{URL}{page.context['previous_url']}")) == met[2:4]


def test_not_a_duplicate_in_one_click_and_back(cast: Cast) -> None:
    twins(cast, "Kestrel Smiles", 1)
    searched(cast.tenant)
    found, ben = Proposal.of(cast.tenant).get(), as_person(cast.ben)
    answer = ben.post(
        f"{URL}{found.pk}/", {"state": "different", "query": "sure=sure"}, follow=True
    )
    assert answer.redirect_chain[0][0] == f"{URL}?sure=sure"
    said = answer.content.decode()
    assert "are different, and are not proposed again" in said
    assert names(answer) == []
    # The toast's form takes it back.
    assert f'action="{URL}{found.pk}/"' in said
    again = ben.post(f"{URL}{found.pk}/", {"state": "open"}, follow=True)
    assert len(names(again)) == 1


def test_a_search_is_begun_watched_and_stopped_by_who_may_merge(cast: Cast) -> None:
    ben = as_person(cast.ben)
    assert "have not been searched" in ben.get(URL).content.decode()
    assert as_person(cast.vera).post(f"{URL}search/").status_code == 403
    said = ben.post(f"{URL}search/", follow=True).content.decode()
    assert "Looking for records" in said
    said = ben.post(f"{URL}search/", follow=True).content.decode()
    assert "under way already" in said
    assert DuplicateScan.of(cast.tenant).count() == 1
    htmx = {"HX-Request": "true"}
    assert "Looking for records" in ben.get(f"{URL}search/news/", headers=htmx).content.decode()
    said = ben.post(f"{URL}search/stop/", follow=True).content.decode()
    assert "Ben stopped the last search" in said
    assert ben.get(f"{URL}search/news/", headers=htmx)["HX-Refresh"] == "true"
    assert ben.get(f"{URL}search/news/")["Location"] == URL


def test_managers_say_when_it_runs_by_itself(cast: Cast) -> None:
    assert as_person(cast.ben).post(f"{URL}search/plan/").status_code == 403
    ada = as_person(cast.ada)
    said = ada.post(f"{URL}search/plan/", {"nightly": "on"}, follow=True).content.decode()
    assert "Your records are searched every night." in said
    assert ScanPlan.of(cast.tenant).get().is_nightly
    ada.post(f"{URL}search/plan/")
    assert ScanPlan.of(cast.tenant).get().next_at is None


def test_the_sure_ones_are_merged_and_each_can_be_taken_back(cast: Cast) -> None:
    alike(cast)
    older = [twins(cast, name, number)[0] for number, name in enumerate(("Kestrel", "Plover"))]
    searched(cast.tenant)
    ada = as_person(cast.ada)
    assert "2 pairs" in ada.get(f"{URL}merge/").content.decode()
    row = merged(ada, cast)
    assert (row.done, row.total, row.skipped) == (2, 2, {})
    assert "Merged 2 pairs." in ada.get(f"/leads/bulk/{row.pk}/").content.decode()
    assert set(Merge.of(cast.tenant).filter(model="leads.organisation").values_list("kept")) == {
        (each.pk,) for each in older
    }
    assert [each.split()[0] for each in names(ada.get(URL))] == ["Heron"]
    made = Merge.of(cast.tenant).filter(model="leads.organisation").earliest("pk")
    unmerge.undo(made, by=cast.ada)
    assert Organisation.of(cast.tenant).filter(pk=made.gone).exists()
    # They are asked about again, as they were.
    assert len(names(ada.get(URL))) == 2


def test_what_changed_meanwhile_or_is_a_colleagues_is_left_alone_and_said(cast: Cast) -> None:
    cast.tenant.rep_reach = "own"
    cast.tenant.save()
    pairs = [twins(cast, name, number) for number, name in enumerate(("Kestrel", "Plover", "Rook"))]
    theirs = twins(cast, "Avocet", 7)
    searched(cast.tenant)
    ben = as_person(cast.ben)
    ben.post(f"{URL}merge/")
    row = Bulk.of(cast.tenant).get()
    # One is renamed, one is answered, and a colleague takes up a lead at one of the next.
    Organisation.of(cast.tenant).filter(pk=pairs[0][1].pk).update(
        name="Quayside Vets", name_key="quayside vets", phone="", trade="vet"
    )
    second = Proposal.of(cast.tenant).filter(one__in=pairs[1]).get()
    proposals.settle(second, state="different", by=cast.ada)
    LeadFactory(organisation=theirs[0], owner=cast.ada, closed_at="2026-01-01T00:00:00Z")
    row = done(row)
    assert (row.done, sum(row.skipped.values())) == (1, 3)
    said = ben.get(f"/leads/bulk/{row.pk}/").content.decode()
    for words in ("no longer surely one", "settled or merged meanwhile", "a lead of a colleague"):
        assert words in said
    assert Merge.of(cast.tenant).filter(model="leads.organisation").get().name.startswith("Rook")


def test_what_is_answered_at_the_last_moment_is_not_merged(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = twins(cast, "Kestrel", 1)
    searched(cast.tenant)
    take = held.both

    def answered(kept: Any, gone: Any) -> Any:
        proposals.call_different(*pair, cast.ben)
        return take(kept, gone)

    monkeypatch.setattr(held, "both", answered)
    row = merged(as_person(cast.ada), cast)
    assert (row.done, sum(row.skipped.values())) == (0, 1)
    assert Organisation.of(cast.tenant).count() == 2


def test_the_page_keeps_the_one_that_many_at_a_time_would_keep(cast: Cast) -> None:
    older, newer = twins(cast, "Kestrel", 1)
    Organisation.of(cast.tenant).filter(pk=newer.pk).update(customer_since="2026-01-01T00:00Z")
    searched(cast.tenant)
    shown = as_person(cast.ada).get(URL).content.decode()
    assert f"?one={newer.pk}&amp;other={older.pk}" in shown


def test_three_that_are_one_become_one(cast: Cast) -> None:
    twins(cast, "Kestrel Smiles", 1)
    twins(cast, "Kestrell Smiles", 1)[0].delete()
    searched(cast.tenant)
    row = merged(as_person(cast.ada), cast)
    assert Organisation.of(cast.tenant).count() == 1
    # The third pair was one by then.
    assert (row.done, sum(row.skipped.values())) == (2, 1)


def test_only_members_who_may_merge_do(cast: Cast) -> None:
    twins(cast, "Kestrel", 1)
    searched(cast.tenant)
    assert as_person(cast.vera).get(f"{URL}merge/").status_code == 403
    assert "Merge the sure ones" not in as_person(cast.vera).get(URL).content.decode()
    charlie = as_person(cast.charlie)
    assert names(charlie.get(URL)) == []
    assert charlie.get(f"{URL}merge/")["Location"].startswith(URL)
