"""The addresses of one lead's own page, and of the tasks of a person."""

from django.urls import path

from leads.contacts import views
from leads.page import editing_views, my_tasks, work_views
from leads.page import views as lead_views
from leads.scored import views as score_views

urlpatterns = [
    path("tasks/", my_tasks.show, name="tasks"),
    path("leads/<uuid:lead_id>/", lead_views.detail, name="detail"),
    path("leads/<uuid:lead_id>/timeline/", lead_views.told, name="timeline"),
    path("leads/<uuid:lead_id>/notes/", lead_views.note, name="notes"),
    path("leads/<uuid:lead_id>/deal/", lead_views.deal, name="deal"),
    path("leads/<uuid:lead_id>/score/", score_views.override, name="override"),
    path("leads/<uuid:lead_id>/score/automatic/", score_views.automatic, name="automatic"),
    path("leads/<uuid:lead_id>/insights/", score_views.seen, name="insights"),
    path("leads/<uuid:lead_id>/score/trend/", score_views.history, name="score_history"),
    path("leads/<uuid:lead_id>/calls/", work_views.call, name="calls"),
    path("leads/<uuid:lead_id>/edit/<slug:fact>/", editing_views.fact, name="fact"),
    path("leads/<uuid:lead_id>/tasks/", work_views.add, name="task_add"),
    path("leads/<uuid:lead_id>/tasks/<uuid:task_id>/", work_views.edit, name="task"),
    path("leads/<uuid:lead_id>/tasks/<uuid:task_id>/done/", work_views.done, name="task_done"),
    path("leads/<uuid:lead_id>/tasks/<uuid:task_id>/drop/", work_views.drop, name="task_drop"),
    path("leads/<uuid:lead_id>/tasks/<uuid:task_id>/reopen/", work_views.reopen, name="task_open"),
    path("leads/<uuid:lead_id>/contacts/", views.add, name="contact_add"),
    path("leads/<uuid:lead_id>/contacts/<uuid:contact_id>/", views.edit, name="contact"),
    path(
        "leads/<uuid:lead_id>/contacts/<uuid:contact_id>/remove/",
        views.remove,
        name="contact_remove",
    ),
    path(
        "leads/<uuid:lead_id>/contacts/<uuid:contact_id>/first/",
        views.prefer,
        name="contact_first",
    ),
]
