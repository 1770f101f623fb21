"""The addresses of the chances of winning."""

from django.urls import path

from leads.chances import views

urlpatterns = [
    path("leads/chances/", views.show, name="chances"),
    path("leads/chances/training/", views.watched, name="chances_training"),
    path("leads/chances/train/", views.train, name="chances_train"),
    path("leads/<uuid:lead_id>/chance/", views.reason, name="chance"),
]
