from django.urls import path

from crm.notices import settings_views, views

app_name = "notices"
urlpatterns = [
    path("", views.listed, name="list"),
    path("unread/", views.unread, name="unread"),
    path("settings/", settings_views.settings, name="settings"),
    path("settings/test/", settings_views.test, name="test"),
    path("settings/letters/", settings_views.letters, name="letters"),
]
