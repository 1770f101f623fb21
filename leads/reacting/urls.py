"""The addresses of rules that act by themselves."""

from django.urls import path

from leads.reacting import editor_views, views

urlpatterns = [
    path("leads/rules/", views.listed, name="rules"),
    path("leads/rules/when/", editor_views.when, name="rule_when"),
    path("leads/rules/new/", editor_views.new, name="rule_new"),
    path("leads/rules/<uuid:rule_id>/", editor_views.edit, name="rule"),
    path("leads/rules/<uuid:rule_id>/done/", views.did, name="rule_did"),
    path("leads/rules/<uuid:rule_id>/off/", views.off, name="rule_off"),
    path("leads/rules/<uuid:rule_id>/delete/", views.delete, name="rule_delete"),
    path("leads/rules/<uuid:rule_id>/leads/", views.meant_leads, name="rule_leads"),
]
