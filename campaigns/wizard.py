"""The way to a campaign: kind → place → preview → launch."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from campaigns import kinds, launching, runs, sight, templating, words
from campaigns.discovery.sources import serving
from campaigns.editing_forms import NameForm
from campaigns.forms import PlaceForm
from campaigns.models import Template
from campaigns.preview import look
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
        "ready": [kind for kind in kinds.KINDS if serving(kind)],
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
    ready = [each for each in kinds.KINDS if serving(each)]
    context = {"kind": form.kind, "ready": ready, "form": form, "section": "campaigns"}
    return render(request, "campaigns/place.html", context | more, status=status)


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
    context |= {
        "preview": look(
            request.tenant,
            form.criteria,
            tells_how=may(request.membership, Permission.ADMINISTER),
        ),
        "options": words.options(form.criteria),
        "any_size_url": f"?{_without(request.GET, 'only_known_size')}",
        "place": target.place,
        "launch_token": uuid7(),
        "existing": existing,
        "sees_existing": sight.sees(request.membership, existing),
        "can_launch": bool(serving(chosen)),
    }
    return render(request, "campaigns/preview.html", context)


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
    except runs.NoSource as error:
        form.add_error(None, str(error))
        return ask(request, form, status=422)
    return redirect(campaign)


def _token(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
