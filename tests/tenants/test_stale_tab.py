"""A page that is open since before its reader went to another company does nothing there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from crm.support.models import Consent
from crm.tenants.models import Role, Tenant, User
from leads.models import SavedView
from tests.factories.tenants import MembershipFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db
VIEWS = "/leads/views/"


def strict(person: User) -> Client:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    return browser


@pytest.fixture
def both(cast: Cast) -> Cast:
    MembershipFactory(tenant=cast.other, user=cast.ben, role=Role.OWNER)
    return cast


def token(browser: Client, page: str = "/leads/") -> str:
    return str(browser.get(page).context["csrf_token"])


def post(browser: Client, path: str, drawn: str, **sent: str) -> int:
    return browser.post(path, {"csrfmiddlewaretoken": drawn} | sent).status_code


def go(browser: Client, tenant: Tenant, drawn: str) -> None:
    assert post(browser, "/company/", drawn, company=str(tenant.pk)) == 302


def keep(browser: Client, drawn: str, name: str = "Mine") -> int:
    return post(browser, VIEWS, drawn, view_name=name, q="harbour")


def test_a_form_of_the_company_before_is_refused_in_a_sentence(both: Cast) -> None:
    browser = strict(both.ben)
    stale = token(browser)
    go(browser, both.other, stale)
    sent = {"view_name": "Mine", "q": "harbour", "csrfmiddlewaretoken": stale}
    answer = browser.post(VIEWS, sent, headers={"Referer": "http://testserver/leads/"})
    assert answer.status_code == 403
    said = f"This page was for {both.tenant}: you are in {both.other} now."
    assert said in answer.content.decode()
    assert 'href="/leads/"' in answer.content.decode()
    assert not SavedView.across_tenants.exists()
    assert keep(browser, token(browser)) == 302
    assert SavedView.across_tenants.get().tenant == both.other


def test_it_holds_for_htmx_the_board_and_the_administration_too(both: Cast) -> None:
    browser = strict(both.ben)
    stale = token(browser)
    go(browser, both.other, stale)
    said = f"This page was for {both.tenant}"
    for asked in ({"HX-Request": "true"}, {"Accept": "application/json"}):
        headers = {"X-CSRFToken": stale} | asked
        answer = browser.post(VIEWS, {"view_name": "Mine"}, headers=headers)
        assert (answer.status_code, said in answer.content.decode()) == (403, True)
        assert "<html" not in answer.content.decode()
    add = "/admin/pipeline/stage/add/"
    assert post(browser, add, stale) == 403
    assert post(browser, add, token(browser, "/admin/")) == 200


def test_the_page_is_good_again_once_its_company_is(both: Cast) -> None:
    browser = strict(both.ben)
    stale = token(browser)
    go(browser, both.other, stale)
    # From the old page, which still offers to change.
    go(browser, both.tenant, stale)
    assert keep(browser, stale) == 302
    assert SavedView.across_tenants.get().tenant == both.tenant


def test_whoever_lost_the_company_does_nothing_in_the_other(both: Cast) -> None:
    browser = strict(both.ben)
    go(browser, both.other, token(browser))
    stale = token(browser)
    both.ben.memberships.get(tenant=both.other).delete()
    assert keep(browser, stale) == 403
    assert keep(browser, token(browser)) == 302


def test_a_page_from_before_support_came_in_is_refused(cast: Cast) -> None:
    User.objects.filter(pk=cast.charlie.pk).update(is_superuser=True)
    until = timezone.now() + timedelta(hours=1)
    consent = Consent.of(cast.tenant).create(
        tenant=cast.tenant, given_by=cast.ada, until=until, may_change=True, reason="Help"
    )
    browser = strict(cast.charlie)
    stale = token(browser)
    assert post(browser, f"/support/{consent.pk}/enter/", stale) == 302
    answer = browser.post(VIEWS, {"view_name": "Mine", "csrfmiddlewaretoken": stale})
    assert answer.status_code == 403
    assert f"you are in {cast.tenant} now" in answer.content.decode()


def test_people_of_one_company_notice_nothing(cast: Cast) -> None:
    browser = strict(cast.ben)
    early = token(browser)
    cookie = browser.cookies["csrftoken"].value
    assert [keep(browser, early, name) for name in ("One", "Two")] == [302, 302]
    assert browser.cookies["csrftoken"].value == cookie
    assert post(browser, "/sign-out/", early) == 302
