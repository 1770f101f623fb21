from django.urls import path

from crm.notices import views

app_name = "notices"
urlpatterns = [path("", views.listed, name="list")]
