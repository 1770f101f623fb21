from django.urls import include, path

from campaigns import (
    comparison_views,
    editing_views,
    findings_views,
    history_views,
    place_views,
    schedule_views,
    sharing_views,
    steering_views,
    template_views,
    views,
    wizard,
)
from campaigns.planning import views as planning_views

# The dashboard has no namespace: it is the product's front page.
pages = [
    path("", views.listed, name="list"),
    path("new/", wizard.choose, name="new"),
    path("new/<slug:kind>/", wizard.place, name="place"),
    path("new/<slug:kind>/preview/", wizard.preview, name="preview"),
    path("new/<slug:kind>/quote/", wizard.quote, name="quote"),
    path("launch/", wizard.launch, name="launch"),
    path("planning/", planning_views.show, name="planning"),
    path("planning/upload/", planning_views.upload, name="planning_upload"),
    path(
        "planning/<uuid:planning_list_id>/replace/",
        planning_views.replace,
        name="planning_replace",
    ),
    path("planning/<uuid:planning_list_id>/delete/", planning_views.delete, name="planning_delete"),
    path("schedules/", schedule_views.listed, name="schedules"),
    path("compare/", comparison_views.compare, name="compare"),
    path("<uuid:campaign_id>/", views.detail, name="detail"),
    path("<uuid:campaign_id>/history/", history_views.show, name="history"),
    path("<uuid:campaign_id>/progress/", views.progress, name="progress"),
    path("<uuid:campaign_id>/findings/", findings_views.listed, name="findings"),
    path("<uuid:campaign_id>/findings/overrule/", findings_views.overrule, name="overrule"),
    path("<uuid:campaign_id>/findings/<uuid:finding_id>/look/", place_views.look, name="look"),
    path("<uuid:campaign_id>/findings/<uuid:finding_id>/name/", place_views.name, name="name"),
    path("<uuid:campaign_id>/edit/", editing_views.edit, name="edit"),
    path("<uuid:campaign_id>/shares/", sharing_views.shares, name="shares"),
    path("<uuid:campaign_id>/shares/add/", sharing_views.share, name="share"),
    path("<uuid:campaign_id>/shares/remove/", sharing_views.unshare, name="unshare"),
    path("<uuid:campaign_id>/template/", template_views.keep, name="keep"),
    path("templates/<uuid:template_id>/", template_views.start, name="start"),
    path("templates/<uuid:template_id>/rename/", template_views.rename, name="rename"),
    path("templates/<uuid:template_id>/delete/", template_views.delete, name="forget"),
    path("<uuid:campaign_id>/again/", steering_views.again, name="again"),
    path("<uuid:campaign_id>/more/", steering_views.more, name="more"),
    path("<uuid:campaign_id>/schedule/", schedule_views.plan, name="schedule"),
    path("<uuid:campaign_id>/schedule/off/", schedule_views.switch_off, name="schedule_off"),
    path("<uuid:campaign_id>/schedule/on/", schedule_views.switch_on, name="schedule_on"),
    path("<uuid:campaign_id>/schedule/remove/", schedule_views.remove, name="schedule_remove"),
    path("runs/<uuid:run_id>/pause/", steering_views.pause, name="pause"),
    path("runs/<uuid:run_id>/resume/", steering_views.resume, name="resume"),
    path("runs/<uuid:run_id>/cancel/", steering_views.cancel, name="cancel"),
]
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("campaigns/", include((pages, "campaigns"))),
]
