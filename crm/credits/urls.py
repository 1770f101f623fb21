from django.urls import path

from crm.credits import views

app_name = "credits"
urlpatterns = [
    path("", views.page, name="page"),
    path("warning/", views.warning, name="warning"),
    path("export/<slug:kind>/", views.export, name="export"),
]
