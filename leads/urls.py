from django.urls import path

from leads import board_views, views

app_name = "leads"
urlpatterns = [
    path("leads/", views.listed, name="list"),
    path("leads/<uuid:lead_id>/", views.detail, name="detail"),
    path("leads/<uuid:lead_id>/notes/", views.note, name="notes"),
    path("leads/<uuid:lead_id>/move/", board_views.move, name="move"),
    path("leads/<uuid:lead_id>/deal/", views.deal, name="deal"),
    path("board/", board_views.show, name="board"),
    path("board/columns/<uuid:stage_id>/", board_views.column, name="column"),
]
