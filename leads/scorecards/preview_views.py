"""What a draft would change, on the company's real leads: begun, watched, read."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from crm.tenants.permissions import Permission, TenantRequest, needs
from crm.work import reasons
from crm.work.models import State
from leads.models import CardPreview, Scorecard
from leads.scorecards import cards, checking, previewed, trial
from leads.scorecards.views import MANAGE, found, number


@needs(Permission.ADMINISTER, to=MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: TenantRequest, card_id: UUID) -> HttpResponse:
    """Show what was found; a POST begins anew."""
    card = found(request, card_id)
    is_draft = card.state == Scorecard.State.DRAFT
    if request.method == "POST":
        if is_draft and not checking.problems(request.tenant, card.written):
            trial.begin(card, by=request.user)
            return redirect("leads:scorecard_preview", card_id=card.pk)
        return redirect("leads:scorecard", card_id=card.pk)
    row = trial.latest(card)
    context: dict[str, Any] = {
        "card": card,
        "is_draft": is_draft,
        "current": cards.current(request.tenant),
        "days": trial.DAYS,
        "section": "leads",
    }
    if row is not None:
        context |= _told(request, card, row)
    return render(request, "scorecards/preview.html", context)


def _told(request: TenantRequest, card: Scorecard, row: CardPreview) -> dict[str, Any]:
    told: dict[str, Any] = {
        "preview": row,
        "is_live": row.state in trial.LIVE,
        "why_dead": reasons.plain(row) if row.state == State.DEAD else "",
        "is_outdated": row.edition != card.edition,
        "is_overtaken": bool(row.found.get("is_overtaken")),
        "most": trial.MOST,
        "most_kept": trial.MOST_KEPT,
    }
    if row.state != State.DONE or told["is_overtaken"] or not row.done:
        return told
    page = previewed.page(row.found, number(request.GET.get("page")) or 1, request.membership)
    return told | {
        "has_figures": True,
        "found": row.found,
        "points": previewed.points(row.found),
        "tiers": previewed.tiers(row.found),
        "grades": previewed.grades(row.found),
        "page": page,
        "previous_url": f"?page={page.previous}#changes" if page.previous else None,
        "next_url": f"?page={page.following}#changes" if page.following else None,
    }


@needs(Permission.ADMINISTER, to=MANAGE)
@require_GET
def watched(request: TenantRequest, card_id: UUID) -> HttpResponse:
    """Show how far it is; when it has ended, the page is read anew."""
    card = found(request, card_id)
    if not request.htmx:
        return redirect("leads:scorecard_preview", card_id=card.pk)
    row = trial.latest(card)
    if row is None or row.state not in trial.LIVE:
        return HttpResponseClientRefresh()
    context = {"card": card, "preview": row}
    return render(request, "scorecards/_progress.html", context)
