"""The addresses of enrichment: its runs, what they propose, how well leads are known."""

from django.urls import path

from leads.enriching import (
    fact_views,
    launch_views,
    lead_views,
    proposal_views,
    quality_views,
    run_views,
    screening_views,
    watch_views,
    website_views,
)

urlpatterns = [
    path("enrichment/", run_views.listed, name="enrichments"),
    path("enrichment/new/", launch_views.new, name="enrichment_new"),
    path("enrichment/<uuid:enrichment_id>/", run_views.show, name="enrichment"),
    path(
        "enrichment/<uuid:enrichment_id>/progress/",
        run_views.progress,
        name="enrichment_progress",
    ),
    path("enrichment/<uuid:enrichment_id>/pause/", run_views.pause, name="enrichment_pause"),
    path("enrichment/<uuid:enrichment_id>/resume/", run_views.resume, name="enrichment_resume"),
    path("enrichment/<uuid:enrichment_id>/cancel/", run_views.cancel, name="enrichment_cancel"),
    path("enrichment/<uuid:enrichment_id>/again/", run_views.again, name="enrichment_again"),
    path("leads/<uuid:lead_id>/enrich/", lead_views.enrich, name="enrich"),
    path("leads/<uuid:lead_id>/known/", lead_views.known, name="known"),
    path(
        "leads/<uuid:lead_id>/known/<uuid:fact_id>/accept/",
        fact_views.accept,
        name="fact_accept",
    ),
    path(
        "leads/<uuid:lead_id>/known/<uuid:fact_id>/dismiss/",
        fact_views.dismiss,
        name="fact_dismiss",
    ),
    path(
        "leads/<uuid:lead_id>/known/<uuid:fact_id>/take-back/",
        fact_views.take_back,
        name="fact_take_back",
    ),
    path(
        "leads/<uuid:lead_id>/known/<uuid:fact_id>/wrong/",
        fact_views.mark_wrong,
        name="fact_wrong",
    ),
    path("leads/<uuid:lead_id>/website/theirs/", website_views.theirs, name="website_theirs"),
    path(
        "leads/<uuid:lead_id>/website/not-theirs/",
        website_views.not_theirs,
        name="website_not_theirs",
    ),
    path("enrichment/proposals/", proposal_views.listed, name="proposed"),
    path("enrichment/proposals/count/", proposal_views.count, name="proposed_count"),
    path("enrichment/proposals/ticked/", proposal_views.ticked, name="proposed_ticked"),
    path("enrichment/proposals/all/", proposal_views.every, name="proposed_all"),
    path(
        "enrichment/proposals/<uuid:fact_id>/accept/",
        proposal_views.accept,
        name="proposed_accept",
    ),
    path(
        "enrichment/proposals/<uuid:fact_id>/dismiss/",
        proposal_views.dismiss,
        name="proposed_dismiss",
    ),
    path("enrichment/proposals/<uuid:fact_id>/undo/", proposal_views.undo, name="proposed_undo"),
    path("enrichment/quality/", quality_views.show, name="quality"),
    path("enrichment/quality/upkeep/", quality_views.watched, name="quality_upkeep"),
    path("enrichment/quality/settle/", quality_views.settle, name="quality_settle"),
    path("enrichment/quality/tidy/", quality_views.tidy, name="quality_tidy"),
    path("enrichment/screening/", screening_views.show, name="screening"),
    path("enrichment/screening/news/", screening_views.news, name="screening_news"),
    path("enrichment/screening/upload/", screening_views.upload, name="screening_upload"),
    path(
        "enrichment/screening/<str:register>/remove/",
        screening_views.remove,
        name="screening_remove",
    ),
    path("leads/<uuid:lead_id>/watch/", watch_views.watch, name="watch"),
]
