"""Every address of the product; the higher floors are named by string."""

from django.contrib import admin
from django.urls import include, path

from crm.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("notices/", include("crm.notices.urls")),
    path("", include("leads.urls")),
    path("", include("campaigns.urls")),
    path("", include("crm.tenants.urls")),
    path("first-owner/", include("crm.founding.urls")),
]
