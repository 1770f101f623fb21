"""The pages of the administration, and what each asks the database; runs inside `manage.py`."""

from typing import Any

from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.pipeline.models import Stage
from crm.tenants.models import Membership, Tenant, TenantModel, User

PERSON = "marcus@demo.example"
# Found by an index, by looking until 50 are found, and by looking through everything in vain.
SEARCHES = ("Harbour Quay 1", "Kestrel", "zzyzx")
LARGE = ("leads", "campaigns", "mail", "ledger")


def addresses() -> dict[str, list[str]]:
    """Give the addresses of each kind of page, as far as the manager may open them."""
    tenant = Tenant.objects.get(slug="demo")
    found: dict[str, list[str]] = {
        kind: []
        for kind in ("home", "list", "deep", "filter", "search", "row", "history", "delete")
    }
    found["home"] = ["/admin/"]
    for model, page in admin.site._registry.items():
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        if getattr(page, "is_of_the_installation", False):
            continue
        listed = reverse(f"admin:{label}_changelist")
        found["list"].append(listed)
        if model._meta.app_label in LARGE and not page.is_small:
            found["deep"].append(f"{listed}?p=150")
        if page.search_fields:
            found["search"] += [f"{listed}?q={words.replace(' ', '+')}" for words in SEARCHES]
        row = model.of(tenant).order_by("-pk").first() if issubclass(model, TenantModel) else None
        if row is not None:
            found["row"].append(reverse(f"admin:{label}_change", args=[row.pk]))
            found["history"].append(reverse(f"admin:{label}_history", args=[row.pk]))
            found["delete"].append(reverse(f"admin:{label}_delete", args=[row.pk]))
    leads = reverse("admin:leads_lead_changelist")
    priya = User.objects.get(email="priya@demo.example").pk
    stages = Stage.of(tenant).order_by("position")
    found["filter"] = [
        f"{leads}?tier=hot",
        f"{leads}?owner__isnull=True&open=yes",
        f"{leads}?owner__id__exact={priya}",
        *(f"{leads}?stage__id__exact={stage.pk}" for stage in stages),
        f"{reverse('admin:leads_organisation_changelist')}?trade=pharmacy",
        f"{reverse('admin:leads_flowstep_changelist')}?state__exact=dead",
        f"{reverse('admin:mail_mail_changelist')}?fate__exact=sent",
    ]
    return found


def queries(paths: list[str]) -> dict[str, int]:
    """Say how many questions each page asks, and that it answers."""
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(
        Membership.across_tenants.get(user__email=PERSON).user,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    counted: dict[str, int] = {}
    for path in paths:
        with CaptureQueriesContext(connection) as caught:
            answer: Any = browser.get(path)
        if answer.status_code >= 500:
            raise RuntimeError(f"{path} answers {answer.status_code}")
        counted[path] = len(caught)
    return counted
