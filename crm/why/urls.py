"""Stands before the administration's own addresses, below the member's page."""

from django.urls import path

from crm.why import views

app_name = "why"
MEMBER = "tenants/membership/<uuid:membership_id>"
urlpatterns = [
    path(f"{MEMBER}/sees/", views.sees, name="sees"),
    path(f"{MEMBER}/sees/revoke/", views.revoke, name="revoke"),
]
