from django.urls import path

from leads.analysing import urls as analysing_urls
from leads.board import change_views, move_views, views
from leads.bulk import views as bulk_views
from leads.chances import urls as chances_urls
from leads.enriching import urls as enriching_urls
from leads.export import views as export_views
from leads.filters import views as filter_views
from leads.listing import views as list_views
from leads.merging import made_views as merged_views
from leads.merging import views as merge_views
from leads.own import tag_views
from leads.page import history_views, urls
from leads.palette import views as palette_views
from leads.reacting import urls as reacting_urls
from leads.registers import views as register_views
from leads.saved import sharing_views
from leads.saved import views as saved_view_views
from leads.scanning import views as scan_views
from leads.scorecards import urls as scorecard_urls
from leads.track import views as track_views
from leads.vectors import urls as vector_urls

app_name = "leads"
urlpatterns = [
    *urls.urlpatterns,
    *enriching_urls.urlpatterns,
    *analysing_urls.urlpatterns,
    *vector_urls.urlpatterns,
    *chances_urls.urlpatterns,
    path("leads/track/", track_views.show, name="track"),
    *scorecard_urls.urlpatterns,
    *reacting_urls.urlpatterns,
    path("search/", palette_views.search, name="search"),
    path("search/options/", palette_views.options, name="search_options"),
    path("leads/", list_views.listed, name="list"),
    path("leads/columns/", list_views.choose_columns, name="columns"),
    path("leads/count/", list_views.counted, name="count"),
    path("leads/bulk/", bulk_views.act, name="bulk"),
    path("leads/bulk/<uuid:bulk_id>/", bulk_views.one, name="bulk_one"),
    path("leads/bulk/<uuid:bulk_id>/stop/", bulk_views.stop, name="bulk_stop"),
    path("leads/<uuid:lead_id>/merge/", merge_views.look_for, name="merge_with"),
    path("leads/merge/", merge_views.organisations, name="merge"),
    path("leads/merge/contacts/", merge_views.contacts, name="merge_contacts"),
    path("leads/registers/", register_views.news, name="register_news"),
    path("leads/merges/", merged_views.listed, name="merges"),
    path("leads/merges/<uuid:merge_id>/", merged_views.made, name="merged"),
    path("leads/merges/<uuid:merge_id>/undo/", merged_views.undo, name="merge_undo"),
    path("leads/proposals/", scan_views.proposed, name="proposals"),
    path("leads/proposals/merge/", scan_views.merge_sure, name="merge_sure"),
    path("leads/proposals/search/", scan_views.begin, name="scan_begin"),
    path("leads/proposals/search/news/", scan_views.watched, name="scan_news"),
    path("leads/proposals/search/stop/", scan_views.stop, name="scan_stop"),
    path("leads/proposals/search/plan/", scan_views.choose, name="scan_plan"),
    path("leads/proposals/new/", merged_views.propose, name="propose"),
    path("leads/proposals/<uuid:proposal_id>/", merged_views.settle, name="proposal_settle"),
    path("leads/<uuid:lead_id>/history/", history_views.show, name="history"),
    path("leads/<uuid:lead_id>/move/", move_views.move, name="move"),
    path("leads/<uuid:lead_id>/shares/", sharing_views.lead, name="shares"),
    path("leads/<uuid:lead_id>/shares/add/", sharing_views.share_lead, name="share"),
    path("leads/<uuid:lead_id>/shares/remove/", sharing_views.unshare_lead, name="unshare"),
    path("leads/filter/", filter_views.edit, name="filter"),
    path("leads/views/", saved_view_views.save, name="view_save"),
    path("leads/views/<uuid:view_id>/", saved_view_views.show, name="view"),
    path("leads/views/<uuid:view_id>/edit/", saved_view_views.edit, name="view_edit"),
    path("leads/views/<uuid:view_id>/replace/", saved_view_views.replace, name="view_replace"),
    path("leads/views/<uuid:view_id>/delete/", saved_view_views.delete, name="view_delete"),
    path("leads/views/<uuid:view_id>/choose/", saved_view_views.choose, name="view_choose"),
    path("leads/views/<uuid:view_id>/everybody/", saved_view_views.everybody, name="view_all"),
    path("leads/views/<uuid:view_id>/shares/", sharing_views.view, name="view_shares"),
    path("leads/views/<uuid:view_id>/shares/add/", sharing_views.share_view, name="view_share"),
    path(
        "leads/views/<uuid:view_id>/shares/remove/",
        sharing_views.unshare_view,
        name="view_unshare",
    ),
    path("leads/<uuid:lead_id>/tags/", tag_views.put, name="tags"),
    path("leads/<uuid:lead_id>/tags/<uuid:tag_id>/off/", tag_views.take_off, name="tag_off"),
    path("leads/<uuid:lead_id>/export/", export_views.of_one, name="export_one"),
    path("leads/export/", export_views.of_many, name="export"),
    path("leads/changes/", change_views.listed, name="changes"),
    path("leads/changes/<uuid:batch_id>/undo/", change_views.take_back, name="undo"),
    path("board/", views.show, name="board"),
    path("board/move/", move_views.move_many, name="move_many"),
    path("board/columns/<uuid:stage_id>/", views.column, name="column"),
    path("board/news/", views.news, name="board_news"),
]
