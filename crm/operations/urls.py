from django.urls import path

from crm.operations import views

app_name = "operations"
urlpatterns = [
    path("", views.page, name="page"),
    path("live/", views.live, name="live"),
    path("failed/<str:table>/", views.failures, name="failures"),
    path("failed/<str:table>/again/", views.all_again, name="all_again"),
    path("failed/<str:table>/<uuid:row_id>/again/", views.again, name="again"),
    path("failed/<str:table>/<uuid:row_id>/aside/", views.set_aside, name="set_aside"),
]
