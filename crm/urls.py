"""Every address of the product; the higher floors are named by string."""

from django.contrib import admin
from django.urls import include, path

from crm.health import healthz
from crm.metrics.views import metrics
from crm.styleguide.views import show as styleguide

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("styleguide/", styleguide, name="styleguide"),
    path("operations/", include("crm.operations.urls")),
    path("admin/", include("crm.why.urls")),
    path("admin/", admin.site.urls),
    path("notices/", include("crm.notices.urls")),
    path("support/", include("crm.support.urls")),
    path("settings/keys/", include("crm.keys.urls")),
    path("credits/", include("crm.credits.urls")),
    path("", include("leads.urls")),
    path("", include("campaigns.urls")),
    path("", include("crm.tenants.urls")),
    path("account/", include("crm.accounts.urls")),
    path("", include("crm.joining.urls")),
    path("first-owner/", include("crm.founding.urls")),
]
handler403 = "crm.trail.refusals.permission_denied"
handler404 = "crm.gone.answer"
handler500 = "crm.unavailable.answer"
