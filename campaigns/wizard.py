"""The way to a campaign: kind → place → preview → launch."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from campaigns import kinds, launching, runs, sight, templating, words
from campaigns import offers as quoting
from campaigns.editing_forms import NameForm
from campaigns.forms import ConfirmForm, PlaceForm
from campaigns.models import Template
from campaigns.preview import Preview, look
from crm.ids import uuid7
from crm.tenants import members
from crm.tenants.permissions import Permission, TenantRequest, may, needs


def kind_or_404(slug: str) -> kinds.Kind:
    try:
        return kinds.get(slug)
    except kinds.UnknownKind as error:
        raise Http404(str(error.args[0])) from None


@needs(Permission.RUN_CAMPAIGNS)
@require_GET
def choose(request: TenantRequest) -> HttpResponse:
    """Offer the twelve kinds, and what was kept as a template."""
    return offer(request)


def offer(
    request: TenantRequest,
    *,
    notes: Sequence[str] = (),
    renaming: tuple[Template, NameForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the choice, where a template is just being renamed with its form."""
    found = templating.offers(request.membership)
    offers = [(each, _name_form(each.template, renaming)) for each in found]
    context = {
        "groups": kinds.grouped(),
        "ready": _ready(request),
        "offers": offers,
        "notes": notes,
        "section": "campaigns",
    }
    return render(request, "campaigns/new.html", context, status=status)


def _name_form(template: Template, renaming: tuple[Template, NameForm] | None) -> NameForm:
    if renaming is not None and renaming[0].pk == template.pk:
        return renaming[1]
    return NameForm(initial={"name": template.name}, auto_id=f"id_{template.pk}_%s")


@needs(Permission.RUN_CAMPAIGNS)
@require_GET
def place(request: TenantRequest, kind: str) -> HttpResponse:
    """Ask where, how far and how many."""
    return ask(request, PlaceForm.filled(kind_or_404(kind), request.GET))


def ask(request: TenantRequest, form: PlaceForm, *, status: int = 200, **more: Any) -> HttpResponse:
    """Answer with the form."""
    context = {
        "kind": form.kind,
        "ready": _ready(request),
        "form": form,
        "may_manage": may(request.membership, Permission.ADMINISTER),
        "section": "campaigns",
    }
    return render(request, "campaigns/place.html", context | more, status=status)


def _ready(request: TenantRequest) -> list[kinds.Kind]:
    """The kinds that something can be found for, here and now."""
    return [kind for kind in kinds.KINDS if quoting.can_ask(request.tenant, kind)]


@needs(Permission.RUN_CAMPAIGNS)
@require_GET
def quote(request: TenantRequest, kind: str) -> HttpResponse:
    """Say what each source would cost, take and find, as options change."""
    chosen = kind_or_404(kind)
    form = PlaceForm(request.GET, kind=chosen)
    context: dict[str, Any] = {"kind": chosen, "form": form, "section": "campaigns"}
    if form.is_valid() and form.criteria is not None:
        context["quote"] = quoting.read(request.tenant, form.criteria)
    context["may_manage"] = may(request.membership, Permission.ADMINISTER)
    return render(request, "campaigns/_quote.html", context)


@needs(Permission.RUN_CAMPAIGNS)
@require_GET
def preview(request: TenantRequest, kind: str) -> HttpResponse:
    """Say what a launch would find, before it."""
    chosen = kind_or_404(kind)
    form = PlaceForm(request.GET, kind=chosen)
    context = {"kind": chosen, "form": form, "section": "campaigns"}
    if not form.is_valid() or form.criteria is None:
        return ask(request, form, status=422)
    target = form.criteria.target()
    existing = launching.existing(form.criteria, request.tenant)
    tells_how = may(request.membership, Permission.ADMINISTER)
    seen = look(request.tenant, form.criteria, tells_how=tells_how)
    offered = quoting.read(request.tenant, form.criteria, seen.seen)
    most = min(form.criteria.credits_most or offered.credits, offered.available)
    context |= {
        "preview": seen,
        "options": words.options(form.criteria),
        "any_size_url": f"?{_without(request.GET, 'only_known_size')}",
        "place": target.place,
        "launch_token": uuid7(),
        "existing": existing,
        "sees_existing": sight.sees(request.membership, existing),
        "can_launch": quoting.can_ask(request.tenant, chosen),
        "quote": offered,
        "confirm": ConfirmForm(most=offered.credits, confirmed=most),
        "launch_label": _launch_label(seen, offered),
        "may_manage": may(request.membership, Permission.ADMINISTER),
    }
    return render(request, "campaigns/preview.html", context)


def _launch_label(seen: Preview, offered: quoting.Offers) -> str:
    if offered.asks:
        return "Launch"
    if not seen.will_create:
        return "Launch anyway"
    leads = "1 lead" if seen.will_create == 1 else f"{seen.will_create:,} leads"
    return f"Launch: {leads}{' or more' if seen.may_be_more else ''}"


def _without(asked: QueryDict, name: str) -> str:
    kept = asked.copy()
    kept.pop(name, None)
    return kept.urlencode()


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def launch(request: TenantRequest) -> HttpResponse:
    """Launch once, however often the button is pressed."""
    chosen = kind_or_404(request.POST.get("kind", ""))
    form = PlaceForm(request.POST, kind=chosen)
    token = _token(request.POST.get("launch_token", ""))
    if not form.is_valid() or form.criteria is None or token is None:
        return ask(request, form, status=422)
    try:
        campaign = launching.launch(
            form.criteria,
            tenant=request.tenant,
            by=request.user,
            token=token,
            is_guest=request.membership.is_support,
        )
    except launching.AlreadyThere as there:
        if not sight.sees(request.membership, there.campaign):
            form.add_error(None, sight.ELSEWHERE)
            return ask(request, form, status=422)
        messages.info(request, str(there))
        campaign = there.campaign
    except members.NotHere:
        form.add_error(
            None, f"You do not belong to {request.tenant} any more: nothing is launched."
        )
        return ask(request, form, status=422)
    except runs.CannotRun as error:
        form.add_error(None, str(error))
        return ask(request, form, status=422)
    return redirect(campaign)


def _token(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
