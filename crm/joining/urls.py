from django.urls import path

from crm.joining import views

app_name = "joining"
urlpatterns = [path("join/<str:token>/", views.join, name="join")]
