from django.urls import path

from crm.keys import views

app_name = "keys"
urlpatterns = [
    path("", views.page, name="page"),
    path("<slug:service>/", views.put, name="put"),
    path("<slug:service>/test/", views.test, name="test"),
    path("<slug:service>/remove/", views.remove, name="remove"),
    path("<slug:service>/budget/", views.limit, name="limit"),
]
