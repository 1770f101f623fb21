"""The way to a campaign: kind → place → preview → launch."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from campaigns import kinds, launching, runs
from campaigns.criteria import Criteria
from campaigns.discovery.contract import Basis
from campaigns.discovery.sources import serving
from campaigns.forms import PlaceForm
from crm.ids import uuid7
from crm.registers.models import RegisterEntry
from crm.tenants.models import Tenant
from crm.tenants.permissions import Permission, TenantRequest, needs


@dataclass(frozen=True)
class Preview:
    """What a launch would do; `missing` says which sources would find more."""

    matching: int
    known: int
    new: int
    edge: int
    takeable: int
    will_create: int
    first_ten: list[RegisterEntry]
    sources: list[Basis]
    missing: list[str]


def kind_or_404(slug: str) -> kinds.Kind:
    try:
        return kinds.get(slug)
    except kinds.UnknownKind as error:
        raise Http404(str(error.args[0])) from None


@needs(Permission.RUN_CAMPAIGNS)
@require_GET
def choose(request: TenantRequest) -> HttpResponse:
    """Offer the twelve kinds."""
    ready = [kind for kind in kinds.KINDS if serving(kind)]
    context = {"groups": kinds.grouped(), "ready": ready, "section": "campaigns"}
    return render(request, "campaigns/new.html", context)


@needs(Permission.RUN_CAMPAIGNS)
@require_GET
def place(request: TenantRequest, kind: str) -> HttpResponse:
    """Ask where, how far and how many."""
    chosen = kind_or_404(kind)
    form = PlaceForm(request.GET or None, kind=chosen)
    return _ask(request, form)


def _ask(request: TenantRequest, form: PlaceForm, status: int = 200) -> HttpResponse:
    ready = [each for each in kinds.KINDS if serving(each)]
    context = {"kind": form.kind, "ready": ready, "form": form, "section": "campaigns"}
    return render(request, "campaigns/place.html", context, status=status)


@needs(Permission.RUN_CAMPAIGNS)
@require_GET
def preview(request: TenantRequest, kind: str) -> HttpResponse:
    """Say what a launch would find, before it."""
    chosen = kind_or_404(kind)
    form = PlaceForm(request.GET, kind=chosen)
    context = {"kind": chosen, "form": form, "section": "campaigns"}
    if not form.is_valid() or form.criteria is None:
        return _ask(request, form, status=422)
    target = form.criteria.target()
    context |= {
        "preview": look(request.tenant, form.criteria),
        "place": target.place,
        "launch_token": uuid7(),
        "existing": launching.existing(form.criteria, request.tenant),
        "can_launch": bool(serving(chosen)),
    }
    return render(request, "campaigns/preview.html", context)


def look(tenant: Tenant, criteria: Criteria) -> Preview:
    """Look into the sources without changing anything."""
    kind = criteria.kind
    if not serving(kind):
        return Preview(0, 0, 0, 0, 0, 0, [], [], [str(runs.NoSource(kind))])
    target = criteria.target()
    found = [source.preview(tenant, target) for source in serving(kind)]
    new = sum(each.matching - each.known for each in found)
    nearest = sorted((entry for each in found for entry in each.first_ten), key=_miles)
    return Preview(
        matching=sum(each.matching for each in found),
        known=sum(each.known for each in found),
        new=new,
        edge=sum(each.edge for each in found),
        takeable=sum(each.takeable for each in found),
        will_create=min(new, criteria.max_results),
        first_ten=nearest[:10],
        sources=[basis for each in found for basis in each.bases],
        missing=[
            f"{source} would find more; it is not connected in this installation yet."
            for source in kind.needs
        ],
    )


def _miles(entry: Any) -> float:
    return entry.miles


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def launch(request: TenantRequest) -> HttpResponse:
    """Launch once, however often the button is pressed."""
    chosen = kind_or_404(request.POST.get("kind", ""))
    form = PlaceForm(request.POST, kind=chosen)
    token = _token(request.POST.get("launch_token", ""))
    if not form.is_valid() or form.criteria is None or token is None:
        return _ask(request, form, status=422)
    try:
        campaign = launching.launch(
            form.criteria, tenant=request.tenant, by=request.user, token=token
        )
    except launching.AlreadyThere as there:
        messages.info(request, str(there))
        campaign = there.campaign
    except runs.NoSource as error:
        form.add_error(None, str(error))
        return _ask(request, form, status=422)
    return redirect(campaign)


def _token(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
