"""The editor of a draft: saved as it is typed, with all that is wrong said beside it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.models import Scorecard
from leads.scorecards import cards, checking, differences, history, posted, trial
from leads.scorecards.shown import Shown
from leads.scorecards.views import MANAGE, found, number
from leads.scored import catalogue
from scoring.problems import Wrong

MOST_PROBLEMS = 30
# What a button beside “Save” leads on to: the page, and where on it.
ONWARD = {"preview": "leads:scorecard_preview", "publish": "leads:scorecard_publish"}


@needs(Permission.ADMINISTER, to=MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TenantRequest, card_id: UUID) -> HttpResponse:
    """Show a version; a draft can be changed and saved."""
    card = found(request, card_id)
    if request.method != "POST":
        return _page(request, card)
    then = request.POST.get("then", "")[:200]
    written = _changed(posted.read(request.POST, card.written), then, request.POST.get("another"))
    title = request.POST.get("title", "").replace("\0", "")
    try:
        saved = cards.save(
            card, written, number(request.POST.get("edition")) or 0, by=request.user, title=title
        )
    except cards.Stale as stale:
        card = stale.theirs
        card.title = title
        return _page(request, card, written=written, stale=stale, status=409)
    except cards.Settled as settled:
        return redirect("leads:scorecard", card_id=kept(request, settled, written, title).pk)
    except Wrong as wrong:
        return _page(request, card, written=written, refused=str(wrong), status=422)
    return _onward(request, saved, then)


def kept(
    request: TenantRequest, settled: cards.Settled, written: dict[str, Any], title: str
) -> Scorecard:
    """Keep what was typed for a card that is no draft any more, as a new draft."""
    made = cards.keep(settled.card, written, by=request.user, title=title)
    messages.info(request, f"{settled} What you typed is kept: it is this new draft.")
    return made


def _changed(written: dict[str, Any], then: str, another: str | None) -> dict[str, Any]:
    """Do what a button beside “Save” says: take a rule away, add weights or take them away."""
    what, _, which = then.partition(":")
    weights: dict[str, Any] = dict(written["weights"])
    match what:
        case "drop":
            rules = [each for each in written["rules"] if each.get("key") != which]
            return {**written, "rules": rules}
        case "weights" if another and another not in weights and "" in weights:
            room = len(weights) < posted.MOST_WEIGHTS
            return {**written, "weights": weights | ({another[:40]: weights[""]} if room else {})}
        case "weightless" if which:
            weights.pop(which, None)
            return {**written, "weights": weights}
    return written


def _onward(request: TenantRequest, card: Scorecard, then: str) -> HttpResponse:
    what, _, which = then.partition(":")
    here = reverse("leads:scorecard", args=[card.pk])
    if what == "rule":
        page = reverse("leads:scorecard_rule", args=[card.pk])
        return redirect(f"{page}?key={which}" if which != "new" else page)
    if what in ONWARD:
        if what == "preview" and not checking.problems(request.tenant, card.written):
            trial.begin(card, by=request.user)
            return redirect(ONWARD[what], card_id=card.pk)
        if what == "publish":
            return redirect(ONWARD[what], card_id=card.pk)
        messages.error(request, "It is saved, but can’t be tried out as it is: see below.")
    elif what == "drop":
        messages.success(request, "The rule is taken away, and the draft is saved.")
        return redirect(f"{here}?open=rules#rules")
    elif what.startswith("weight"):
        return redirect(f"{here}?open=weights#weights")
    else:
        messages.success(request, "The draft is saved. It scores nothing until it is published.")
    return redirect(here)


def _page(
    request: TenantRequest,
    card: Scorecard,
    *,
    written: dict[str, Any] | None = None,
    stale: cards.Stale | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    known = catalogue.of(request.tenant)
    typed = card.written if written is None else written
    is_draft = card.state == Scorecard.State.DRAFT
    problems = checking.problems(request.tenant, typed) if is_draft else []
    shown = Shown(typed, known, problems)
    context: dict[str, Any] = {
        "card": card,
        "shown": shown,
        "is_draft": is_draft,
        "problems": problems[:MOST_PROBLEMS],
        "more_problems": max(0, len(problems) - MOST_PROBLEMS),
        "refused": refused,
        "open": {*shown.wrong, request.GET.get("open", "")},
        "changes": differences.told(cards.before(card), card.written, known),
        "entry": history.last_saved(card),
        "section": "leads",
    }
    if stale is not None:
        context |= {
            "stale": stale,
            "mine": differences.told(stale.theirs.written, typed, known),
        }
    return render(request, "scorecards/edit.html", context, status=status)
