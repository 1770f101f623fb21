"""Support comes in by a consent alone, does what it covers, and is out the moment it is over."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.ids import uuid7
from crm.ledger.models import AuditEntry
from crm.mail.models import Mail
from crm.support import consenting
from crm.support.models import Consent, Visit
from crm.tenants.models import Membership, Reach, User
from leads.models import Bulk, Lead, SavedView, TimelineEntry
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    lead: Lead = LeadFactory(
        organisation=OrganisationFactory(tenant=cast.tenant, name="Quay Dental"), owner=cast.ben
    )
    return lead


def entered(root: User, consent: Consent) -> Client:
    browser = as_person(root)
    answer = browser.post(f"/support/{consent.pk}/enter/")
    assert answer.status_code == 302
    assert answer.url == "/"
    return browser


def test_without_a_consent_there_is_nothing(cast: Cast, root: User, lead: Lead) -> None:
    browser = as_person(root)
    page = browser.get("/support/").content.decode()
    assert "Nobody asks for help" in page
    assert "Acme Cabling" not in page
    assert browser.get(f"/leads/{lead.pk}/").status_code == 403
    assert browser.get("/").status_code == 403


def test_only_those_who_asked_are_named(cast: Cast, root: User, let_in: Any) -> None:
    let_in()
    page = as_person(root).get("/support/").content.decode()
    assert "Acme Cabling" in page
    assert "A lead is lost." in page
    assert "Rival Networks" not in page


def test_looking_sees_everything_and_changes_nothing(
    cast: Cast, root: User, lead: Lead, let_in: Any
) -> None:
    cast.tenant.viewer_reach, cast.tenant.shows_unowned = Reach.OWN, False
    cast.tenant.save()
    browser = entered(root, let_in())
    assert "Quay Dental" in browser.get("/leads/").content.decode()
    page = browser.get(f"/leads/{lead.pk}/").content.decode()
    assert "You are inside <b>Acme Cabling</b> as support until" in page
    assert "look only" in page
    answer = browser.post(f"/leads/{lead.pk}/notes/", {"text": "Hello"})
    assert answer.status_code == 403
    assert "You are inside to look only" in answer.content.decode()
    assert not TimelineEntry.of(cast.tenant).exists()
    assert browser.get("/support/consent/").status_code == 403
    as_json = browser.post(f"/leads/{lead.pk}/move/", {}, headers={"Accept": "application/json"})
    assert as_json.status_code == 403
    assert "look only" in as_json.json()["message"]


def test_changing_is_written_down_as_support_and_ends_where_people_are_decided_about(
    cast: Cast, root: User, lead: Lead, let_in: Any
) -> None:
    browser = entered(root, let_in(may_change=True))
    assert browser.post(f"/leads/{lead.pk}/notes/", {"text": "Mended."}).status_code in (200, 302)
    assert AuditEntry.objects.filter(actor="Support: Root", target_id=str(lead.pk)).exists()
    assert browser.get("/admin/leads/lead/").status_code == 200
    member = Membership.of(cast.tenant).get(user=cast.vera)
    for path in (
        f"/admin/tenants/membership/{member.pk}/change/",
        "/admin/tenants/membership/",
        f"/people/{member.pk}/remove/",
        "/support/consent/",
    ):
        answer = browser.post(path, {"role": "owner"})
        assert answer.status_code == 403, path
    member.refresh_from_db()
    assert member.role == "viewer"
    assert not Membership.of(cast.tenant).filter(user=root).exists()
    page = browser.get("/admin/").content.decode()
    assert "You are inside <b>Acme Cabling</b> as support" in page


def test_the_trail_tells_of_coming_and_going_and_the_owners_are_written_to(
    cast: Cast, root: User, let_in: Any
) -> None:
    consent = let_in()
    browser = entered(root, consent)
    mails = Mail.of(cast.tenant)
    assert [(mail.user, mail.subject) for mail in mails] == [
        (cast.ada, "Support is inside Acme Cabling")
    ]
    assert "Root" in mails[0].text
    assert "A lead is lost." in mails[0].text
    answer = browser.post("/support/leave/", follow=True)
    assert "You have left Acme Cabling." in answer.content.decode()
    assert browser.get("/leads/").status_code == 403
    trail = AuditEntry.objects.filter(tenant_id=cast.tenant.pk, target_id=str(consent.pk))
    assert list(trail.order_by("id").values_list("actor", "verb")) == [
        ("Ada", "let support in by"), ("Support: Root", "entered by"), ("Support: Root", "left"),
    ]  # fmt: skip


def test_an_ended_consent_lets_out_at_once(cast: Cast, root: User, let_in: Any) -> None:
    consent = let_in()
    browser = entered(root, consent)
    consenting.end(consent, Membership.of(cast.tenant).get(user=cast.ada))
    answer = browser.get("/leads/", follow=True)
    assert answer.request["PATH_INFO"] == "/support/"
    said = answer.content.decode()
    assert "Ada has ended the consent of Acme Cabling. You are outside again." in said
    assert browser.get("/leads/").status_code == 403
    assert Visit.of(cast.tenant).get().left_at is not None


def test_an_expired_consent_lets_out_at_once(cast: Cast, root: User, let_in: Any) -> None:
    consent = let_in()
    browser = entered(root, consent)
    expire(consent)
    as_json = browser.get("/leads/", headers={"Accept": "application/json"})
    assert as_json.status_code == 403
    assert "The consent of Acme Cabling ended on" in as_json.json()["message"]
    assert browser.post(f"/support/{consent.pk}/enter/", follow=True).request["PATH_INFO"] == (
        "/support/"
    )
    assert Visit.of(cast.tenant).count() == 1


def test_a_fragment_takes_the_whole_page_out(cast: Cast, root: User, let_in: Any) -> None:
    consent = let_in()
    browser = entered(root, consent)
    expire(consent)
    answer = browser.get("/leads/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/support/"


def test_whoever_is_no_superuser_any_more_is_out(cast: Cast, root: User, let_in: Any) -> None:
    browser = entered(root, let_in(may_change=True))
    User.objects.filter(pk=root.pk).update(is_superuser=False)
    answer = browser.get("/leads/")
    assert answer.status_code == 403
    assert "You no longer look after this installation" in answer.content.decode()
    assert browser.get("/leads/").status_code == 403
    assert browser.get("/support/").status_code == 403


def test_what_was_asked_inside_never_happens_to_the_own_company(
    cast: Cast, root: User, let_in: Any
) -> None:
    """Root owns a company, too; a form sent a moment too late must not land there."""
    own = Membership.of(cast.other).create(tenant=cast.other, user=root, role="owner")
    theirs: Lead = LeadFactory(organisation__tenant=cast.other, owner=root)
    consent = let_in(may_change=True)
    browser = entered(root, consent)
    expire(consent)
    answer = browser.post(f"/leads/{theirs.pk}/notes/", {"text": "For Acme"})
    assert answer.url == "/support/"
    assert not TimelineEntry.of(cast.other).exists()
    assert own.tenant.name in browser.get("/").content.decode()


@pytest.mark.parametrize("ident", ["other", "unknown"])
def test_a_forged_id_opens_nothing(cast: Cast, root: User, let_in: Any, ident: str) -> None:
    consent = let_in()
    for person in (cast.ada, cast.ben, cast.charlie):
        assert as_person(person).post(f"/support/{consent.pk}/enter/").status_code == 404
    browser = as_person(root)
    browser.post(f"/support/{uuid7()}/enter/")
    assert browser.get("/leads/").status_code == 403
    session = browser.session
    session["support"] = str(uuid7()) if ident == "unknown" else "x"
    session.save()
    assert browser.get("/leads/").url == "/support/"
    assert browser.get("/leads/").status_code == 403
    assert not Visit.of(cast.tenant).exists()


def test_a_visit_is_of_one_person(cast: Cast, root: User, let_in: Any) -> None:
    entered(root, let_in())
    other = User.objects.create_superuser("rita@here.example", name="Rita")
    browser = as_person(other)
    session = browser.session
    session["support"] = str(Visit.of(cast.tenant).get().pk)
    session.save()
    browser.get("/leads/")
    assert browser.get("/leads/").status_code == 403
    assert Visit.of(cast.tenant).get().left_at is None


def test_the_company_sees_that_support_may_come_and_is_there(
    cast: Cast, root: User, let_in: Any
) -> None:
    ada, mia, ben = as_person(cast.ada), as_person(cast.join("Mia", "manager")), as_person(cast.ben)
    assert "Support may come in" not in ada.get("/leads/").content.decode()
    consent = let_in()
    for browser in (ada, mia):
        for path in ("/leads/", "/admin/"):
            assert "Support may come in until" in browser.get(path).content.decode()
    entered(root, consent)
    assert "Support is inside: <b>Root</b>" in mia.get("/admin/").content.decode()
    assert "Support" not in ben.get("/leads/").content.decode()


def expire(consent: Consent) -> None:
    """Let its time pass."""
    earlier = timezone.now() - timedelta(hours=3)
    Consent.of(consent.tenant).filter(pk=consent.pk).update(
        given_at=earlier, until=earlier + timedelta(hours=1)
    )


def test_what_only_members_can_have_is_refused_in_words(
    cast: Cast, root: User, lead: Lead, let_in: Any
) -> None:
    view = SavedView.of(cast.tenant).create(
        tenant=cast.tenant, owner=cast.ada, name="Hot", wanted={"tier": "hot"}, is_for_all=True
    )
    browser = entered(root, let_in(may_change=True))
    given = {"all": "1", "query": "", "asked_about": "1", "do": "assign", "to_owner": "nobody"}
    answer = browser.post("/leads/bulk/", given, follow=True)
    assert "Support changes at most 100 leads at a time." in answer.content.decode()
    assert not Bulk.of(cast.tenant).exists()
    answer = browser.post(f"/leads/views/{view.pk}/choose/", {"first": "yes"})
    assert answer.status_code == 403
    assert "Support pins no views" in answer.content.decode()
    page = browser.get(f"/leads/?tier=hot&view={view.pk}").content.decode()
    assert "Pin above the list" not in page
