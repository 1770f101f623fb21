"""What members are refused is written down, once, after all else is rolled back."""

from typing import Any

import pytest
from django.test import Client

from crm.accounts import refused
from crm.ledger.models import AuditEntry, AuditPayload
from crm.pipeline.models import Kind, Stage
from crm.tenants import foreign
from crm.tenants.models import Membership
from crm.trail import refusals
from leads.models import Lead
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.own import TagFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def of(cast: Cast) -> list[AuditEntry]:
    rows = AuditEntry.objects.filter(kind="refused", tenant_id=cast.tenant.pk)
    return list(rows.order_by("pk"))


def why(entry: AuditEntry) -> str:
    return AuditPayload.objects.get(entry_id=entry.pk).after["why"]


@pytest.fixture
def theirs(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.other, name="Secret"))


def test_a_forged_id_in_an_address(cast: Cast, theirs: Lead) -> None:
    path = f"/leads/{theirs.pk}/"
    assert as_person(cast.ben).get(path, {"q": "private words"}).status_code == 404
    (entry,) = of(cast)
    assert (entry.actor, entry.verb, entry.target) == ("Ben", "was refused", f"GET {path}")
    assert (entry.via, entry.address) == ("page", "127.0.0.1")
    assert why(entry) == refusals.NOTHING_THERE
    assert "private" not in entry.target
    assert "Secret" not in str(vars(entry))


def test_what_a_role_may_not_do_with_the_sentence_that_was_shown(cast: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    vera = as_person(cast.vera)
    assert vera.post(f"/leads/{lead.pk}/notes/", {"text": "Hello"}).status_code == 403
    assert vera.get("/admin/", follow=True).status_code == 403
    first, second = of(cast)
    assert first.target == f"POST /leads/{lead.pk}/notes/"
    assert "you may not move leads or write notes" in why(first)
    assert second.via == "administration"
    assert why(second) == "The administration is for owners and managers."


def test_a_refusal_as_json_too(cast: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    headers = {"Accept": "application/json"}
    answer = as_person(cast.vera).post(f"/leads/{lead.pk}/move/", headers=headers)
    assert answer.status_code == 403
    assert len(of(cast)) == 1


def test_a_form_of_another_site(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.ben)
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    assert browser.post(f"/leads/{lead.pk}/notes/", {"text": "x"}).status_code == 403
    assert [why(each) for each in of(cast)] == [refused.FORGED]


def test_a_row_of_another_company_in_the_administration(cast: Cast, theirs: Lead) -> None:
    as_person(cast.ada).get(f"/admin/leads/lead/{theirs.pk}/change/")
    (entry,) = of(cast)
    assert (entry.via, entry.actor) == ("administration", "Ada")


def test_the_same_again_within_a_minute_is_written_once(cast: Cast, theirs: Lead) -> None:
    ben = as_person(cast.ben)
    for _ in range(3):
        ben.get(f"/leads/{theirs.pk}/")
    assert len(of(cast)) == 1


def test_a_loop_does_not_fill_the_disk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "MOST_PER_PERSON", 3)
    ben = as_person(cast.ben)
    for number in range(6):
        ben.get(f"/leads/00000000-0000-7000-8000-00000000000{number}/")
    assert len(of(cast)) == 3


def test_a_mistyped_address_and_a_stranger_leave_nothing(cast: Cast, theirs: Lead) -> None:
    as_person(cast.ben).get("/no-such-page/")
    Client().get(f"/leads/{theirs.pk}/")
    assert not AuditEntry.objects.filter(kind="refused").exists()


@pytest.fixture
def mine(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=cast.ben)


def act(mine: Lead, name: str, **given: object) -> tuple[str, dict[str, object]]:
    return "/admin/leads/lead/", {"action": name, "_selected_action": str(mine.pk), **given}


def forged_owner(cast: Cast, mine: Lead, theirs: Lead) -> tuple[str, dict[str, object]]:
    return f"/leads/{mine.pk}/deal/", {"owner": str(cast.charlie.pk)}


def forged_taker(cast: Cast, mine: Lead, theirs: Lead) -> tuple[str, dict[str, object]]:
    row = Membership.of(cast.tenant).get(user=cast.ben)
    return f"/people/{row.pk}/remove/", {"leads": str(cast.charlie.pk)}


def forged_lead_of_a_team(cast: Cast, mine: Lead, theirs: Lead) -> tuple[str, dict[str, object]]:
    return "/admin/tenants/team/add/", {"name": "North", "lead": str(cast.charlie.pk)}


def forged_team(cast: Cast, mine: Lead, theirs: Lead) -> tuple[str, dict[str, object]]:
    row = Membership.of(cast.other).get(user=cast.charlie)
    return "/admin/tenants/team/add/", {"name": "North", "members": [str(row.pk)]}


def forged_merge(cast: Cast, mine: Lead, theirs: Lead) -> tuple[str, dict[str, object]]:
    tag, other = TagFactory(tenant=cast.tenant), TagFactory(tenant=cast.other)
    page = f"/admin/leads/tag/{tag.pk}/change/"
    return page, {"name": tag.name, "merge_into": str(other.pk)}


def forged_row(cast: Cast, mine: Lead, theirs: Lead) -> tuple[str, dict[str, object]]:
    return act(mine, "give", _selected_action=[str(mine.pk), str(theirs.pk)])


def forged_row_of_another_action(
    cast: Cast, mine: Lead, theirs: Lead
) -> tuple[str, dict[str, object]]:
    row = Membership.of(cast.other).get(user=cast.charlie)
    given = {"action": "new_password_link", "_selected_action": str(row.pk)}
    return "/admin/tenants/membership/", given


def forged_picked(cast: Cast, mine: Lead, theirs: Lead) -> tuple[str, dict[str, object]]:
    return act(mine, "give", step="ask", picked=f"{theirs.pk.hex}00000000", owner="")


def forged_receiver(cast: Cast, mine: Lead, theirs: Lead) -> tuple[str, dict[str, object]]:
    return act(mine, "give", step="ask", picked=mine.pk.hex, owner=str(cast.charlie.pk))


def forged_stage(cast: Cast, mine: Lead, theirs: Lead) -> tuple[str, dict[str, object]]:
    stage = Stage.of(cast.other).get(kind=Kind.LEAD)
    return act(mine, "move", step="ask", picked=mine.pk.hex, stage=str(stage.pk))


def forged_reader(cast: Cast, mine: Lead, theirs: Lead) -> tuple[str, dict[str, object]]:
    to = f"person:{cast.charlie.pk}"
    return act(mine, "share", step="ask", picked=mine.pk.hex, with_=to)


@pytest.mark.parametrize(
    "forge",
    [
        forged_owner, forged_taker, forged_lead_of_a_team, forged_team, forged_merge, forged_row,
        forged_row_of_another_action, forged_picked, forged_receiver, forged_stage, forged_reader,
    ],
)  # fmt: skip
def test_an_id_of_another_company_in_what_is_posted(
    cast: Cast, mine: Lead, theirs: Lead, forge: Any
) -> None:
    path, given = forge(cast, mine, theirs)
    answer = as_person(cast.ada).post(path, given)
    assert answer.status_code in (200, 302, 422)
    (entry,) = of(cast)
    assert (entry.actor, entry.target) == ("Ada", f"POST {path}")
    assert why(entry) == foreign.NOT_THEIRS


def test_what_is_merely_wrong_or_gone_is_no_refusal(cast: Cast, mine: Lead) -> None:
    ada, gone = as_person(cast.ada), "00000000-0000-7000-8000-000000000001"
    for owner in ("nobody", gone, str(cast.vera.pk)):
        assert ada.post(f"/leads/{mine.pk}/deal/", {"owner": owner}).status_code == 422
    ada.post(*act(mine, "give", _selected_action=gone))
    # The trail leads to what is deleted, too.
    for page in ("change", "history"):
        assert ada.get(f"/admin/leads/lead/{gone}/{page}/").status_code == 302
    assert of(cast) == []
