"""The pages on which two are made one, by sight and by permission."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from leads.merging import made_views, proposals
from leads.models import Merge, Organisation, Proposal
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast: Cast) -> list[Organisation]:
    """Two that are Ben's."""
    found = [
        OrganisationFactory(tenant=cast.tenant, name=name, phone=phone)
        for name, phone in (("Alder Dental", "+441326000001"), ("Elder Dental", "+441326000002"))
    ]
    for each in found:
        LeadFactory(organisation=each, owner=cast.ben)
    return found


def opened(browser: Client, one: Any, other: Any, at: str = "/leads/merge/") -> Any:
    return browser.get(at, {"one": one.pk, "other": other.pk})


def sent(browser: Client, page: Any, at: str = "/leads/merge/", **chosen: str) -> Any:
    hidden = {
        "one": page.context["kept"].pk,
        "other": page.context["gone"].pk,
        "seen": page.context["seen"],
    }
    return browser.post(at, hidden | chosen)


def test_side_by_side_and_merged_by_choice(cast: Cast, pair: list[Organisation]) -> None:
    ContactFactory(organisation=pair[1])
    ben = as_person(cast.ben)
    page = opened(ben, *pair)
    said = page.content.decode()
    assert "Both stand at TR11 3HH." in said
    assert "They have different phone numbers." in said
    assert page.context["moves"] == ["1 contact", "2 leads become one"]
    answer = sent(ben, page, phone="gone")
    merge = Merge.of(cast.tenant).get(model="leads.organisation")
    assert answer["Location"] == f"/leads/merges/{merge.pk}/"
    kept = Organisation.of(cast.tenant).get()
    assert (kept.name, kept.phone) == ("Alder Dental", "+441326000002")
    made = ben.get(f"/leads/merges/{merge.pk}/").content.decode()
    assert "Undo the merge" in made
    ben.post(f"/leads/merges/{merge.pk}/undo/")
    assert Organisation.of(cast.tenant).count() == 2
    assert "Undone" in ben.get("/leads/merges/").content.decode()


def test_people_are_merged_likewise(cast: Cast, pair: list[Organisation]) -> None:
    one, other = (ContactFactory(organisation=pair[0], name=name) for name in ("Jo", "Joanna"))
    ben, at = as_person(cast.ben), "/leads/merge/contacts/"
    page = opened(ben, one, other, at)
    assert "The same e-mail address." in page.content.decode()
    sent(ben, page, at, name="gone")
    one.refresh_from_db()
    assert one.name == "Joanna"


def test_a_stale_form_is_told_what_happened(cast: Cast, pair: list[Organisation]) -> None:
    ben, ada = as_person(cast.ben), as_person(cast.ada)
    page = opened(ben, *pair)
    Organisation.of(cast.tenant).filter(pk=pair[1].pk).update(town="Truro")
    late = sent(ben, page)
    assert late.status_code == 409
    assert "Somebody changed one of the two while you looked." in late.content.decode()
    assert Organisation.of(cast.tenant).count() == 2
    sent(ada, opened(ada, *reversed(pair)))
    late = sent(ben, page)
    assert late.status_code == 409
    assert "Ada merged Alder Dental into Elder Dental meanwhile." in late.content.decode()


def test_what_is_a_colleagues_only_a_manager_merges(cast: Cast, pair: list[Organisation]) -> None:
    cast.tenant.rep_reach = "all"
    cast.tenant.save()
    pair[1].leads.update(owner=cast.ada)  # type: ignore[attr-defined]
    ben = as_person(cast.join("Dora", "rep"))
    page = opened(ben, *pair)
    assert page.status_code == 200
    vera = as_person(cast.vera)
    assert vera.get("/leads/merge/", {"one": pair[0].pk, "other": pair[1].pk}).status_code == 403
    assert opened(as_person(cast.charlie), *pair).status_code == 404
    ada = as_person(cast.ada)
    assert sent(ada, opened(ada, *pair)).status_code == 302


def test_who_does_not_see_both_finds_nothing(cast: Cast, pair: list[Organisation]) -> None:
    cast.tenant.rep_reach = "own"
    cast.tenant.save()
    pair[1].leads.update(owner=cast.ada)  # type: ignore[attr-defined]
    ben = as_person(cast.ben)
    assert opened(ben, *pair).status_code == 404
    proposals.propose(*pair, cast.ada)
    assert "Elder" not in ben.get("/leads/proposals/").content.decode()


def test_looking_for_the_other_one(cast: Cast, pair: list[Organisation]) -> None:
    lead = pair[0].leads.get()  # type: ignore[attr-defined]
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/merge/", {"q": "elder"})
    assert f"one={pair[0].pk}&amp;other={pair[1].pk}" in page.content.decode()


def test_a_proposal_is_one_either_way_round_and_answered(
    cast: Cast, pair: list[Organisation]
) -> None:
    ben = as_person(cast.ben)
    ben.post("/leads/proposals/new/", {"one": pair[1].pk, "other": pair[0].pk})
    first = Proposal.of(cast.tenant).get()
    assert proposals.propose(pair[1], pair[0], None) == first
    assert "Elder Dental" in ben.get("/leads/proposals/").content.decode()
    ben.post(f"/leads/proposals/{first.pk}/", {"state": "different"}, follow=True)
    assert proposals.propose(*pair, None).state == "different"
    assert "Elder Dental" not in ben.get("/leads/proposals/").content.decode()
    assert "Elder Dental" in ben.get("/leads/proposals/?state=different").content.decode()


@pytest.mark.parametrize("query", ["", "?one=&other=", "?one=x&other=y", "?one=1"])
def test_a_hand_edited_address_is_not_found(cast: Cast, query: str) -> None:
    assert as_person(cast.ada).get(f"/leads/merge/{query}").status_code == 404


def test_two_that_were_ticked_in_the_list_are_meant(cast: Cast, pair: list[Organisation]) -> None:
    leads = [each.leads.get() for each in pair]  # type: ignore[attr-defined]
    page = opened(as_person(cast.ben), *leads)
    assert page.context["gone"] == pair[1]


def test_the_leads_page_leads_there_and_says_that_it_may_be_twice(
    cast: Cast, pair: list[Organisation]
) -> None:
    lead = pair[0].leads.get()  # type: ignore[attr-defined]
    ben = as_person(cast.ben)
    assert "Twice?" not in ben.get(f"/leads/{lead.pk}/").content.decode()
    proposals.propose(*pair, cast.ben)
    said = ben.get(f"/leads/{lead.pk}/").content.decode()
    assert f'href="/leads/{lead.pk}/merge/"' in said
    assert "Twice?" in said
    assert "Elder Dental" in ben.get(f"/leads/{lead.pk}/merge/").content.decode()


def test_what_was_merged_is_read_page_by_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_views, "SHOWN", 2)
    names = [f"Old {number}" for number in range(5)]
    for name in names:
        kept, gone = uuid4(), uuid4()
        Merge.of(cast.tenant).create(
            tenant=cast.tenant, model="leads.organisation", kept=kept, gone=gone, name=name
        )
    ada = as_person(cast.ada)
    pages = [ada.get("/leads/merges/")]
    while url := pages[-1].context["next_url"]:
        pages.append(ada.get(f"/leads/merges/{url}"))
    shown = [[merge.name for merge in page.context["merges"]] for page in pages]
    assert shown == [["Old 4", "Old 3"], ["Old 2", "Old 1"], ["Old 0"]]
    back = ada.get(f"/leads/merges/{pages[-1].context['previous_url']}")
    assert [merge.name for merge in back.context["merges"]] == shown[1]
    assert pages[0].context["previous_url"] == ""
    assert ada.get("/leads/merges/?after=nonsense").context["merges"][0].name == "Old 4"
