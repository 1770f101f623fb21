"""The administration's first page: what waits for a manager, and each number leads to its list."""

import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.ledger import audit
from crm.tenants.models import User
from leads.models import Lead
from tests.factories.campaigns import CampaignFactory, RunFactory
from tests.factories.leads import FlowStepFactory, LeadFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def home(person: User) -> str:
    answer = as_person(person).get("/admin/")
    assert answer.status_code == 200
    return answer.content.decode()


def figure(page: str, label: str) -> tuple[str, str]:
    """The number before a label, and where it leads."""
    found = re.search(rf'<b>([\d,+]+)</b> <a href="([^"]+)">{re.escape(label)}</a>', page)
    assert found, label
    return found[1], found[2].replace("&amp;", "&")


def shown(person: User, url: str) -> int:
    """How many rows the list has to which a number leads."""
    answer = as_person(person).get(url)
    assert answer.status_code == 200, url
    return int(answer.context["cl"].result_count)


def test_each_number_leads_to_the_list_that_it_counts(cast: Cast) -> None:
    User.objects.filter(pk=cast.ben.pk).update(last_login=timezone.now() - timedelta(days=2))
    lead = LeadFactory(organisation__tenant=cast.tenant)
    LeadFactory(organisation__tenant=cast.tenant, owner=cast.ben)
    LeadFactory(organisation__tenant=cast.other)
    campaign = CampaignFactory(tenant=cast.tenant)
    RunFactory(campaign=campaign, state="failed")
    RunFactory(campaign=campaign, state="running")
    FlowStepFactory(lead=lead, state="dead")
    page = home(cast.ada)
    wanted = {
        "members": "3",
        "signed in within 7 days": "2",
        "without a team": "3",
        "without a second factor": "3",
        "open, without an owner": "1",
        "under way": "1",
        "failed within 7 days": "1",
    }
    for label, number in wanted.items():
        said, url = figure(page, label)
        assert said == number, label
        assert shown(cast.ada, url) == int(number), url
    assert 'href="/operations/failed/leads.flowstep/"' in page


def test_the_last_changes_are_the_company_s_and_refusals_are_marked(cast: Cast) -> None:
    lead = LeadFactory(organisation__tenant=cast.tenant, organisation__name="Harbour Dental")
    theirs = LeadFactory(organisation__tenant=cast.other, organisation__name="Elsewhere Ltd")
    audit.write(lead, "was refused a change of", by=cast.ben)
    audit.write(theirs, "moved", by=cast.charlie)
    page = home(cast.ada)
    assert "Ben was refused a change of Harbour Dental" in page
    assert '<span class="line-hint">Refused</span>' in page
    assert "Elsewhere Ltd" not in page


def test_it_is_cheap(cast: Cast) -> None:
    LeadFactory.create_batch(3, organisation__tenant=cast.tenant)
    ada = as_person(cast.ada)
    ada.get("/admin/")
    with CaptureQueriesContext(connection) as caught:
        ada.get("/admin/")
    assert len(caught) <= MOST_QUERIES, [each["sql"][:90] for each in caught]


def test_the_models_stand_under_words_that_a_manager_uses(cast: Cast) -> None:
    names = re.findall(r'<section class="section" id="(\w+)"', home(cast.ada))
    assert names == ["people", "leads", "campaigns", "enrichment", "pipeline", "credits", "records"]
    assert Lead in admin.site._registry


def test_what_libraries_bring_along_is_the_superusers_alone(cast: Cast) -> None:
    of_libraries = [
        f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for model, page in admin.site._registry.items()
        if getattr(page, "is_of_the_installation", False)
    ]
    assert "/admin/django_q/ormq/" in of_libraries
    assert "/admin/auth/group/" in of_libraries
    root = User.objects.create_superuser("root@here.example", name="Root")
    seen, ada = home(root), as_person(cast.ada)
    assert 'id="installation"' in seen
    for path in of_libraries:
        assert path in seen
        assert path not in home(cast.ada)
        for page in ("", "add/", "1/change/", "1/delete/", "1/history/"):
            answer = ada.get(path + page)
            # A row that is not there is told by a way back to the first page.
            assert answer.status_code in (302, 403), path + page
            assert answer.headers.get("Location", "/admin/") == "/admin/", path + page
        app = path.split("/")[2]
        index = ada.get(f"/admin/{app}/")
        # The installation's prices and keys stand beside a company's own credits and keys.
        assert index.status_code == (200 if app in ("credits", "keys") else 404)
        assert path not in index.content.decode()


def test_a_permission_of_a_group_opens_no_table_of_the_installation(cast: Cast) -> None:
    """Teams are groups of Django's underneath: what such a group may, is asked nowhere here."""
    group = Group.objects.create(name="x")
    group.permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    cast.ada.groups.add(group)
    assert as_person(cast.ada).get("/admin/auth/group/").status_code == 403
