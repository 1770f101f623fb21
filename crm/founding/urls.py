from django.urls import path

from crm.founding import views

app_name = "founding"
urlpatterns = [path("<str:token>/", views.found, name="found")]
