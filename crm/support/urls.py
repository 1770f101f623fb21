from django.urls import path

from crm.support import views

app_name = "support"
urlpatterns = [
    path("", views.page, name="page"),
    path("consent/", views.consent, name="consent"),
    path("consent/<uuid:consent_id>/end/", views.end, name="end"),
    path("<uuid:consent_id>/enter/", views.enter, name="enter"),
    path("leave/", views.leave, name="leave"),
]
