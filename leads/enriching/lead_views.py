"""Finding out more about one lead, from its page: the form, how it goes, what is new."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from crm.credits import credits, words
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from enrichment import kinds
from leads.enriching import launching, lead_panel, lead_progress, quoting
from leads.enriching.launching import CannotEnrich
from leads.enriching.lead_forms import EnrichForm
from leads.enriching.quoting import Quote
from leads.lead import locking
from leads.models import EnrichmentRun, Lead
from leads.sight.load import load

# The parts of the page that a browser with scripts asks for by themselves.
FORM, QUOTE = "find-out", "enrich-quote"
DEARER = (
    "It may take more by now than you were shown: {many}. Look at it once more, then begin."
)


@needs(Permission.SEE_LEADS)
@require_GET
def known(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Give how the look goes to an open page, and all that is known once it has ended."""
    lead = load(request, lead_id)
    if not request.htmx:
        return redirect(_back(lead))
    look = lead_progress.last(lead.organisation)
    if look is not None and look.is_live:
        context = {"lead": lead, "look": lead_progress.live(look, lead.organisation)}
        return render(request, "leads/_known_run.html", context)
    answer = render(request, "leads/_known.html", panel(request, lead) | {"is_news": True})
    answer.headers["HX-Retarget"] = "#known"
    answer.headers["HX-Reswap"] = "outerHTML"
    answer.headers["HX-Trigger"] = "lead-changed"
    return answer


def panel(request: TenantRequest, lead: Lead, contacts: Any = ()) -> dict[str, Any]:
    """Give what the page needs to show all that is known; hangs on contacts what is of them."""
    found = lead_panel.read(lead, contacts)
    if found.look is not None and found.look.is_live:
        found.look = lead_progress.live(found.look, lead.organisation)
    return {
        "lead": lead,
        "known": found,
        "look": found.look,
        "phone_told": found.phone,
        "may_enrich": may(request.membership, Permission.ENRICH),
    }


@needs(Permission.ENRICH)
def enrich(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Ask what is wanted and show what it takes; begin once that is confirmed."""
    lead = load(request, lead_id)
    if request.method == "POST":
        return _begin(request, lead, EnrichForm(request.POST))
    form = EnrichForm(request.GET) if "chosen" in request.GET else EnrichForm()
    if request.htmx and request.htmx.target == QUOTE:
        return render(request, "leads/_enrich_quote.html", _quoted(request, lead, form))
    return _form(request, lead, form)


def _begin(request: TenantRequest, lead: Lead, form: EnrichForm) -> HttpResponse:
    # Two clicks at once begin one look.
    lead = locking.lock(lead)
    look = lead_progress.last(lead.organisation)
    if look is not None and look.is_live:
        return _form(request, lead, form, status=409, running=look.run)
    if not form.is_valid():
        return _form(request, lead, form, status=422)
    given = form.cleaned_data
    asked = [lead.organisation_id]
    quote = quoting.quote(request.tenant, asked, given["kinds"], given["titles"])
    if quote.most > (given["most"] or 0):
        form.add_error(None, DEARER.format(many=words.many(quote.most)))
        return _form(request, lead, form, status=409, quote=quote)
    try:
        launching.launch(
            request.tenant,
            asked,
            given["kinds"],
            why=EnrichmentRun.Why.LEAD,
            label=lead.title,
            by=request.user,
            most=quote.most,
            titles=given["titles"],
            ref=lead.pk,
        )
    except (CannotEnrich, credits.TooFew) as refused:
        form.add_error(None, str(refused))
        return _form(request, lead, form, status=422, quote=quote)
    messages.info(request, "On its way. What is found appears below as it is told.")
    return redirect(_back(lead))


def _form(
    request: TenantRequest, lead: Lead, form: EnrichForm, status: int = 200, **more: Any
) -> HttpResponse:
    if "running" not in more and request.method == "GET":
        look = lead_progress.last(lead.organisation)
        more["running"] = look.run if look is not None and look.is_live else None
    context = _quoted(request, lead, form, more.pop("quote", None)) | more
    is_part = request.htmx and request.htmx.target == FORM
    template = "leads/_enrich_form.html" if is_part else "leads/enrich.html"
    return render(request, template, context | {"is_part": is_part}, status=status)


def _quoted(
    request: TenantRequest, lead: Lead, form: EnrichForm, quote: Quote | None = None
) -> dict[str, Any]:
    """Give the form with what its choice takes; a wrong job title does not count yet."""
    chosen = form.chosen
    titles: list[str] = []
    if form.is_bound:
        form.is_valid()
        titles = form.cleaned_data.get("titles") or []
    if quote is None and chosen:
        quote = quoting.quote(request.tenant, [lead.organisation_id], chosen, titles)
    available = credits.balance(request.tenant).available
    return {
        "lead": lead,
        "form": form,
        "kinds": [(kind, kind.slug in chosen) for kind in kinds.KINDS.values()],
        "quote": quote,
        "available": available,
        "is_short": quote is not None and quote.most > available,
        "section": "leads",
    }


def _back(lead: Lead) -> str:
    return f"{lead.get_absolute_url()}#known"
