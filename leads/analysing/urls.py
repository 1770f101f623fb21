"""The addresses of what the AI makes of a lead."""

from django.urls import path

from leads.analysing import views

urlpatterns = [
    path("leads/<uuid:lead_id>/analysis/", views.show, name="analysis"),
    path("leads/<uuid:lead_id>/analysis/ask/", views.ask, name="analysis_ask"),
]
