from django.urls import include, path

from crm.tenants import colleagues, leaving_views, switching

app_name = "tenants"
urlpatterns = [
    # The doors are built higher up, and known by our name everywhere.
    path("", include("crm.accounts.door_urls")),
    path("company/", switching.choose, name="choose"),
    path("people/", colleagues.page, name="people"),
    path("people/leave/", leaving_views.leave, name="leave"),
    path("people/<uuid:membership_id>/remove/", leaving_views.remove, name="remove"),
]
