"""Every address of the product; the higher floors are named by string."""

from django.contrib import admin
from django.urls import include, path

from crm.health import healthz
from crm.metrics.views import metrics

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("operations/", include("crm.operations.urls")),
    path("admin/", admin.site.urls),
    path("notices/", include("crm.notices.urls")),
    path("", include("leads.urls")),
    path("", include("campaigns.urls")),
    path("", include("crm.tenants.urls")),
    path("first-owner/", include("crm.founding.urls")),
]
handler500 = "crm.unavailable.answer"
