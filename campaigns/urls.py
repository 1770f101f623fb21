from django.urls import include, path

from campaigns import steering_views, views, wizard

# The dashboard has no namespace: it is the product's front page.
pages = [
    path("", views.listed, name="list"),
    path("new/", wizard.choose, name="new"),
    path("new/<slug:kind>/", wizard.place, name="place"),
    path("new/<slug:kind>/preview/", wizard.preview, name="preview"),
    path("launch/", wizard.launch, name="launch"),
    path("<uuid:campaign_id>/", views.detail, name="detail"),
    path("<uuid:campaign_id>/progress/", views.progress, name="progress"),
    path("<uuid:campaign_id>/again/", steering_views.again, name="again"),
    path("<uuid:campaign_id>/more/", steering_views.more, name="more"),
    path("runs/<uuid:run_id>/pause/", steering_views.pause, name="pause"),
    path("runs/<uuid:run_id>/resume/", steering_views.resume, name="resume"),
    path("runs/<uuid:run_id>/cancel/", steering_views.cancel, name="cancel"),
]
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("campaigns/", include((pages, "campaigns"))),
]
