"""Beginning a run about many leads: what is wanted, what it takes, and off it goes."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from crm import ids
from crm.credits import credits
from crm.tenants.permissions import Permission, TenantRequest, needs
from enrichment import kinds
from leads.enriching import choosing, once, quoting, run_forms
from leads.enriching.choosing import Meant
from leads.enriching.launching import CannotEnrich
from leads.enriching.quoting import Quote
from leads.enriching.run_forms import RunForm
from leads.models import EnrichmentRun

# The part of the page that a browser with scripts asks for by itself.
QUOTE = "run-quote"
# What stands below the fold: an error there is seen because the page begins at it.
FAR_DOWN = ("titles", "most")


@needs(Permission.ENRICH)
@require_http_methods(["GET", "POST"])
def new(request: TenantRequest) -> HttpResponse:
    """Ask what is wanted of whoever is meant, show what that takes, and begin."""
    sent = request.POST if request.method == "POST" else request.GET
    meant = choosing.read(request.membership, sent)
    form = _form(sent)
    if request.method == "POST":
        return _begin(request, meant, form)
    if request.htmx and request.htmx.target == QUOTE:
        return render(request, "leads/_enrichment_quote.html", _context(request, meant, form))
    return render(request, "leads/enrichment_new.html", _context(request, meant, form))


def _form(sent: QueryDict) -> RunForm:
    """Give the form as it was sent, or with what is usual."""
    if "chosen" in sent:
        return RunForm(sent)
    usual: list[str] = ["people"] if sent.get("people") else list(kinds.USUAL)
    return RunForm(initial={"kinds": usual})


def _begin(request: TenantRequest, meant: Meant, form: RunForm) -> HttpResponse:
    if not meant.organisations or meant.trouble or not form.is_valid():
        return _refused(request, meant, form)
    given = form.cleaned_data
    quote = quoting.quote(request.tenant, meant.organisations, given["kinds"], given["wanted"])
    form.hold(quote.most)
    if form.errors:
        return _refused(request, meant, form, quote)
    # Never more than was confirmed, and no more than it can take.
    most = min(given["most"] or 0, quote.most)
    try:
        run = once.launch(
            request.tenant,
            meant,
            [slug for slug in kinds.KINDS if slug in given["kinds"]],
            given["wanted"],
            why=EnrichmentRun.Why.PEOPLE if request.POST.get("people") else meant.why,
            most=most,
            by=request.user,
            since=_shown(request),
        )
    except (CannotEnrich, credits.TooFew) as refused:
        form.add_error("most" if isinstance(refused, credits.TooFew) else None, str(refused))
        return _refused(request, meant, form, quote)
    messages.success(request, "On its way. You may leave this page: the bell tells when it ends.")
    return redirect(run)


def _shown(request: TenantRequest) -> datetime:
    token = ids.read(request.POST.get("launch_token", ""))
    return (ids.moment(token) if token else None) or timezone.now()


def _refused(
    request: TenantRequest, meant: Meant, form: RunForm, quote: Quote | None = None
) -> HttpResponse:
    context = _context(request, meant, form, quote)
    at_fault = next((name for name in FAR_DOWN if name in form.errors), "")
    context["begins_at"] = {name: name == at_fault for name in FAR_DOWN}
    return render(request, "leads/enrichment_new.html", context, status=422)


def _context(
    request: TenantRequest, meant: Meant, form: RunForm, quote: Quote | None = None
) -> dict[str, Any]:
    sent = request.POST if request.method == "POST" else request.GET
    is_people = bool(sent.get("people"))
    titles: list[str] = []
    if form.is_bound:
        form.is_valid()
        titles = form.cleaned_data.get("wanted") or []
    chosen = form.chosen
    if quote is None and chosen and meant.organisations and not meant.trouble:
        quote = quoting.quote(request.tenant, meant.organisations, chosen, titles)
        if form.is_bound:
            form.hold(quote.most)
    offered = run_forms.OF_PEOPLE if is_people else tuple(kinds.KINDS)
    available = credits.balance(request.tenant).available
    return {
        "meant": meant,
        "form": form,
        "is_people": is_people,
        "kinds": [(kinds.KINDS[slug], slug in chosen) for slug in offered],
        "suggested": [(title, title in form.chosen_titles) for title in run_forms.SUGGESTED],
        "quote": quote,
        "most": _most(form, quote, available) if quote is not None else 0,
        "quoted": min(quote.most, available) if quote is not None else 0,
        "available": available,
        "launch_token": sent.get("launch_token") or ids.uuid7(),
        # So that whoever loads a refused page anew means the same leads.
        "here": choosing.address(meant.carried + ((("people", "1"),) if is_people else ())),
        "other": choosing.address(meant.carried + (() if is_people else (("people", "1"),))),
        "section": "leads",
    }


def _most(form: RunForm, quote: Quote, available: int) -> int | str:
    """Give the credits to offer: what it can take, unless somebody has typed something else."""
    return form["most"].value() or "" if form.is_typed else min(quote.most, available)
