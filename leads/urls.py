from django.urls import path

from leads import (
    board_views,
    export_views,
    field_views,
    history_views,
    saved_view_views,
    sharing_views,
    tag_views,
    views,
)

app_name = "leads"
urlpatterns = [
    path("leads/", views.listed, name="list"),
    path("leads/<uuid:lead_id>/", views.detail, name="detail"),
    path("leads/<uuid:lead_id>/history/", history_views.show, name="history"),
    path("leads/<uuid:lead_id>/notes/", views.note, name="notes"),
    path("leads/<uuid:lead_id>/move/", board_views.move, name="move"),
    path("leads/<uuid:lead_id>/deal/", views.deal, name="deal"),
    path("leads/<uuid:lead_id>/shares/", sharing_views.lead, name="shares"),
    path("leads/<uuid:lead_id>/shares/add/", sharing_views.share_lead, name="share"),
    path("leads/<uuid:lead_id>/shares/remove/", sharing_views.unshare_lead, name="unshare"),
    path("leads/views/", saved_view_views.save, name="view_save"),
    path("leads/views/<uuid:view_id>/", saved_view_views.show, name="view"),
    path("leads/views/<uuid:view_id>/edit/", saved_view_views.edit, name="view_edit"),
    path("leads/views/<uuid:view_id>/replace/", saved_view_views.replace, name="view_replace"),
    path("leads/views/<uuid:view_id>/delete/", saved_view_views.delete, name="view_delete"),
    path("leads/views/<uuid:view_id>/shares/", sharing_views.view, name="view_shares"),
    path("leads/views/<uuid:view_id>/shares/add/", sharing_views.share_view, name="view_share"),
    path(
        "leads/views/<uuid:view_id>/shares/remove/",
        sharing_views.unshare_view,
        name="view_unshare",
    ),
    path("leads/<uuid:lead_id>/fields/", field_views.fill, name="fields"),
    path("leads/<uuid:lead_id>/tags/", tag_views.put, name="tags"),
    path("leads/<uuid:lead_id>/tags/<uuid:tag_id>/off/", tag_views.take_off, name="tag_off"),
    path("leads/<uuid:lead_id>/export/", export_views.of_one, name="export_one"),
    path("leads/export/", export_views.of_many, name="export"),
    path("board/", board_views.show, name="board"),
    path("board/columns/<uuid:stage_id>/", board_views.column, name="column"),
]
