"""The versions of the scorecard: looked through, begun, published, thrown away, gone back to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.bounds.counts import capped, counted
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.models import Scorecard
from leads.scorecards import cards, checking, differences, history, trial
from leads.scored import catalogue, recounting
from leads.sight import sight
from scoring.problems import Wrong

# What reads after “you may not”.
MANAGE = "look at scorecards or change them"
MOST_COUNTED = 100_000
LARGEST_NUMBER = 10**6


def found(request: TenantRequest, card_id: UUID) -> Scorecard:
    """Give a version of the company."""
    rows = Scorecard.of(request.tenant).select_related("tenant", "made_by", "published_by")
    card: Scorecard = get_object_or_404(rows, pk=card_id)
    return card


def number(text: str | None) -> int | None:
    """Read the number of a version or of a save; None for anything else."""
    plain = (text or "").strip()
    is_one = plain.isascii() and plain.isdigit() and len(plain) <= len(str(LARGEST_NUMBER))
    return int(plain) if is_one else None


@needs(Permission.ADMINISTER, to=MANAGE)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List the versions with what changed in each."""
    versions, following = history.page(request.tenant, number(request.GET.get("before")))
    at = cards.current(request.tenant)
    context = {
        "versions": versions,
        "next_url": f"?before={following}" if following else None,
        "current": at,
        "recount": recounting.live(request.tenant),
        "section": "leads",
    }
    return render(request, "scorecards/list.html", context)


@needs(Permission.ADMINISTER, to=MANAGE)
@require_POST
def draft(request: TenantRequest) -> HttpResponse:
    """Begin a draft from the version that is named, or from the one at work."""
    try:
        base = number(request.POST.get("base"))
        card = cards.draft(request.tenant, by=request.user, base=base)
    except cards.Refused as refused:
        messages.error(request, str(refused))
        return redirect("leads:scorecards")
    return redirect("leads:scorecard", card_id=card.pk)


@needs(Permission.ADMINISTER, to=MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: TenantRequest, card_id: UUID) -> HttpResponse:
    """Say what publishing would change, and publish."""
    card = found(request, card_id)
    if request.method == "POST":
        return _publish(request, card)
    if card.state != Scorecard.State.DRAFT:
        return redirect("leads:scorecard", card_id=card.pk)
    return render(request, "scorecards/publish.html", _asked(request, card))


def _publish(request: TenantRequest, card: Scorecard) -> HttpResponse:
    try:
        cards.publish(card, number(request.POST.get("edition")) or 0, by=request.user)
    except Wrong:
        context = _asked(request, card)
        return render(request, "scorecards/publish.html", context, status=422)
    except cards.Stale as stale:
        entry = history.last_saved(stale.theirs)
        who = entry.actor if entry else "Somebody"
        messages.error(
            request,
            f"Nothing was published: {who} saved the draft meanwhile (save {stale.theirs.edition}, "
            f"you looked at save {stale.yours}). See what it changes now.",
        )
        return redirect("leads:scorecard_publish", card_id=card.pk)
    except cards.Settled as settled:
        messages.info(request, str(settled))
        return redirect("leads:scorecards")
    messages.success(
        request,
        f"Version {card.number} is at work. All open leads are being scored by it; until its turn "
        "comes, each keeps the score that it has.",
    )
    return redirect("leads:scorecards")


def _asked(request: TenantRequest, card: Scorecard) -> dict[str, Any]:
    row = trial.latest(card)
    is_previewed = row is not None and row.edition == card.edition
    return _changed(request, card.written) | {"card": card, "is_previewed": is_previewed}


def _changed(request: TenantRequest, written: dict[str, Any]) -> dict[str, Any]:
    """Give what a card that comes to work changes, against the one at work."""
    tenant = request.tenant
    leads = capped(sight.leads(request.membership).filter(closed_at=None), MOST_COUNTED)
    at = cards.current(tenant)
    return {
        "current": at,
        "changes": differences.told(cards.as_written(at), written, catalogue.of(tenant)),
        "problems": checking.problems(tenant, written),
        "leads": counted(leads, MOST_COUNTED),
        "is_one": leads == 1,
        "section": "leads",
    }


@needs(Permission.ADMINISTER, to=MANAGE)
@require_POST
def discard(request: TenantRequest, card_id: UUID) -> HttpResponse:
    """Throw a draft away; it stays in the history, from which another can begin."""
    card = found(request, card_id)
    try:
        cards.discard(card, number(request.POST.get("edition")) or 0, by=request.user)
    except cards.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Draft {card.number} is thrown away. It stays below.")
    return redirect("leads:scorecards")


@needs(Permission.ADMINISTER, to=MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: TenantRequest, card_id: UUID) -> HttpResponse:
    """Say what going back to an earlier version would change, and publish a copy of it."""
    return _back(request, found(request, card_id).number)


@needs(Permission.ADMINISTER, to=MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def standard(request: TenantRequest) -> HttpResponse:
    """Say what going back to the standard card would change, and publish a copy of it."""
    return _back(request, cards.STANDARD)


def _back(request: TenantRequest, wanted: int) -> HttpResponse:
    if request.method != "POST":
        return _ask_back(request, wanted)
    name = capfirst(cards.named(wanted))
    try:
        against = number(request.POST.get("against"))
        card = cards.roll_back(request.tenant, wanted, by=request.user, against=against)
    except cards.Overtaken as overtaken:
        messages.error(request, f"{overtaken} See what changes now.")
        return redirect(request.path)
    except cards.Refused as refused:
        messages.error(request, str(refused))
    except Wrong as wrong:
        said = " ".join(map(str, wrong.problems[:5]))
        messages.error(
            request,
            f"{name} no longer makes sense, and nothing was changed. {said} "
            "Make a draft of it, and mend that first.",
        )
    else:
        messages.success(
            request,
            f"{name} is at work again, as version {card.number}. Leads are scored anew.",
        )
    return redirect("leads:scorecards")


def _ask_back(request: TenantRequest, wanted: int) -> HttpResponse:
    refusal = ""
    try:
        cards.earlier(request.tenant, wanted)
    except cards.Refused as refused:
        refusal = str(refused)
    written = cards.as_written(cards.numbered(request.tenant, wanted) if wanted else None)
    context = _changed(request, written)
    context |= {
        "title": f"Roll back to {cards.named(wanted)}?",
        "wanted": wanted,
        "name": cards.named(wanted),
        "refusal": refusal,
        # The very one of which the changes are told, or who comes between would not be noticed.
        "against": cards.number_of(context["current"]),
    }
    return render(request, "scorecards/back.html", context)
