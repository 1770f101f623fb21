"""The addresses of closeness."""

from django.urls import path

from leads.vectors import views

urlpatterns = [
    path("leads/closeness/", views.closeness, name="closeness"),
    path("leads/<uuid:lead_id>/alike/", views.like, name="alike"),
]
