from django.urls import include, path

from campaigns import views, wizard

# The dashboard has no namespace: it is the product's front page.
pages = [
    path("", views.listed, name="list"),
    path("new/", wizard.choose, name="new"),
    path("new/<slug:kind>/", wizard.place, name="place"),
    path("new/<slug:kind>/preview/", wizard.preview, name="preview"),
    path("launch/", wizard.launch, name="launch"),
    path("<uuid:campaign_id>/", views.detail, name="detail"),
    path("<uuid:campaign_id>/progress/", views.progress, name="progress"),
    path("<uuid:campaign_id>/again/", views.again, name="again"),
    path("<uuid:campaign_id>/more/", views.more, name="more"),
]
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("campaigns/", include((pages, "campaigns"))),
]
