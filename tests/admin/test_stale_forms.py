"""A form that was opened before a colleague's change was saved undoes nothing of that change."""

import re
from typing import Any

import pytest
from django.test import Client

from crm.ledger.models import AuditEntry
from crm.pipeline.models import Kind
from crm.tenants import teams
from crm.tenants.models import Membership, Reach, Role, Team, Tenant
from leads.models import Contact
from tests.factories.leads import OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
COMPANY = "/admin/tenants/tenant/"
AS_IT_IS = {
    "name": "Acme Cabling",
    "zone": "Europe/London",
    "rep_reach": Reach.ALL,
    "viewer_reach": Reach.ALL,
    "shows_unowned": "on",
}


def opened(browser: Client, path: str) -> str:
    """What the page carries of the values that it showed."""
    found = re.search(r'name="shown" value="([^"]+)"', browser.get(path).content.decode())
    assert found
    return found[1]


def wrong(answer: Any, name: str) -> str:
    return " ".join(answer.context["adminform"].form.errors.get(name, []))


def test_a_field_that_was_left_alone_stays_as_a_colleague_made_it(cast: Cast) -> None:
    ada = as_person(cast.ada)
    shown = opened(ada, COMPANY)
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN, shows_unowned=False)
    answer = ada.post(COMPANY, AS_IT_IS | {"shown": shown, "name": "Acme Networks"})
    assert answer.status_code == 302
    cast.tenant.refresh_from_db()
    assert (cast.tenant.name, cast.tenant.rep_reach) == ("Acme Networks", Reach.OWN)
    assert not cast.tenant.shows_unowned
    entry = AuditEntry.objects.filter(tenant_id=cast.tenant.pk, verb="changed").latest("id")
    assert entry.fields == ["name"]


def test_a_field_that_both_changed_is_refused_with_theirs_and_can_be_saved_again(
    cast: Cast,
) -> None:
    ada = as_person(cast.ada)
    shown = opened(ada, COMPANY)
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN)
    mine = AS_IT_IS | {"rep_reach": Reach.TEAM, "name": "Acme Networks"}
    answer = ada.post(COMPANY, mine | {"shown": shown})
    assert answer.status_code == 409
    own = Reach.OWN.label
    assert f"A colleague has changed “Reps see” meanwhile: now it is “{own}”." in wrong(
        answer, "rep_reach"
    )
    assert '<option value="team" selected>' in answer.content.decode()
    cast.tenant.refresh_from_db()
    assert (cast.tenant.name, cast.tenant.rep_reach) == ("Acme Cabling", Reach.OWN)
    again = re.search(r'name="shown" value="([^"]+)"', answer.content.decode())
    assert again
    assert ada.post(COMPANY, mine | {"shown": again[1]}).status_code == 302
    cast.tenant.refresh_from_db()
    assert cast.tenant.rep_reach == Reach.TEAM


def test_what_another_form_showed_is_not_believed(cast: Cast) -> None:
    ada, charlie = as_person(cast.ada), as_person(cast.charlie)
    for shown in (opened(charlie, COMPANY), "x"):
        answer = ada.post(COMPANY, AS_IT_IS | {"shown": shown, "name": "Acme Networks"})
        assert answer.status_code == 409
        assert "can't be saved any more" in wrong(answer, "__all__")
    cast.tenant.refresh_from_db()
    assert cast.tenant.name == "Acme Cabling"


def member(cast: Cast, person: Any) -> str:
    return str(Membership.of(cast.tenant).get(user=person).pk)


def inside(team: Team) -> set[str]:
    return {row.user.name for row in team.members.select_related("user")}


def test_the_members_of_a_team(cast: Cast) -> None:
    ada, mia = as_person(cast.ada), cast.join("Mia", Role.MANAGER)
    north = teams.make(cast.tenant, "North", by=cast.ada)
    path = f"/admin/tenants/team/{north.pk}/change/"
    shown = opened(ada, path)
    teams.staff(north, [Membership.of(cast.tenant).get(user=cast.ben).pk], by=mia)
    posted: dict[str, Any] = {"shown": shown, "name": "The North", "lead": ""}
    assert ada.post(path, posted).status_code == 302
    north.refresh_from_db()
    assert (north.name, inside(north)) == ("The North", {"Ben"})
    answer = ada.post(path, posted | {"name": "North", "members": [member(cast, cast.vera)]})
    assert answer.status_code == 409
    assert "changed “Members” meanwhile: now it is “Ben" in wrong(answer, "members")
    assert "changed “Name” meanwhile" not in wrong(answer, "name")
    north.refresh_from_db()
    assert (north.name, inside(north)) == ("The North", {"Ben"})


def test_rows_of_every_kind(cast: Cast) -> None:
    """A text, a number that may be empty, and what a form makes of what was written."""
    ada = as_person(cast.ada)
    stage = cast.stage(Kind.PROSPECT)
    path = f"/admin/pipeline/stage/{stage.pk}/change/"
    fields = {
        name: str(getattr(stage, name) if getattr(stage, name) is not None else "")
        for name in ("name", "kind", "position", "win_chance", "wip_limit", "rots_after_days")
    } | {"pipeline": str(stage.pipeline_id), "shown": opened(ada, path)}
    type(stage).of(cast.tenant).filter(pk=stage.pk).update(wip_limit=7)
    assert ada.post(path, fields | {"name": "Warm"}).status_code == 302
    stage.refresh_from_db()
    assert (stage.name, stage.wip_limit) == ("Warm", 7)
    contact = Contact.of(cast.tenant).create(
        tenant=cast.tenant,
        organisation=OrganisationFactory(tenant=cast.tenant),
        name="Kim",
        phone="",
    )
    path = f"/admin/leads/contact/{contact.pk}/change/"
    written = {"name": "Kim", "job_title": "", "email": "", "shown": opened(ada, path)}
    Contact.of(cast.tenant).update(phone="+44 116 496 0001")
    answer = ada.post(path, written | {"phone": "0116 496 0000"})
    assert answer.status_code == 409
    assert "“+44 116 496 0001”" in wrong(answer, "phone")
