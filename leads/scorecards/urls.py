"""The addresses of the scorecard's versions."""

from django.urls import path

from leads.scorecards import editor_views, preview_views, rule_views, views

urlpatterns = [
    path("scorecards/", views.listed, name="scorecards"),
    path("scorecards/draft/", views.draft, name="scorecard_draft"),
    path("scorecards/standard/", views.standard, name="scorecard_standard"),
    path("scorecards/<uuid:card_id>/", editor_views.edit, name="scorecard"),
    path("scorecards/<uuid:card_id>/rule/", rule_views.rule, name="scorecard_rule"),
    path("scorecards/<uuid:card_id>/publish/", views.publish, name="scorecard_publish"),
    path("scorecards/<uuid:card_id>/discard/", views.discard, name="scorecard_discard"),
    path("scorecards/<uuid:card_id>/back/", views.back, name="scorecard_back"),
    path("scorecards/<uuid:card_id>/preview/", preview_views.show, name="scorecard_preview"),
    path(
        "scorecards/<uuid:card_id>/preview/news/",
        preview_views.watched,
        name="scorecard_preview_news",
    ),
]
