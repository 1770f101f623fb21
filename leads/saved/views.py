"""The pages of saved views: save one, open, change, delete."""

from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.filters import querystring
from leads.filters.form import FilterForm
from leads.models import SavedView
from leads.saved import saved_views
from leads.sight import sharing


class ViewForm(forms.Form):
    view_name = forms.CharField(
        label="Name",
        max_length=80,
        error_messages={"required": "Give the view a name, such as “Hot around Leicester”."},
    )


def load(request: TenantRequest, view_id: UUID) -> SavedView:
    """Load a view that the member made or was let see; raises Http404."""
    rows = saved_views.seen(request.membership).select_related("owner", "tenant")
    return get_object_or_404(rows, pk=view_id)


def _load_own(request: TenantRequest, view_id: UUID) -> SavedView:
    rows = saved_views.seen(request.membership).filter(owner=request.user)
    return get_object_or_404(rows.select_related("owner", "tenant"), pk=view_id)


@needs(Permission.SEE_LEADS)
@require_GET
def show(request: TenantRequest, view_id: UUID) -> HttpResponse:
    """Go to the list with the view's filters; it says which make no sense to this reader."""
    return _opened(request, load(request, view_id))


def first(request: TenantRequest) -> HttpResponse | None:
    """Give the way to the person's own first view, where somebody opens the bare list."""
    if request.GET or request.htmx:
        return None
    view = saved_views.first(request.membership)
    return _opened(request, view) if view is not None else None


def _opened(request: TenantRequest, view: SavedView) -> HttpResponse:
    query = saved_views.read(view, request.membership)
    return redirect(f"{reverse('leads:list')}?{query}{'&' if query else ''}view={view.pk}")


@needs(Permission.SEE_LEADS)
@require_POST
def save(request: TenantRequest) -> HttpResponse:
    """Keep the present filters under a name."""
    wanted = saved_views.parameters(FilterForm(request.POST, membership=request.membership))
    form = ViewForm(request.POST)
    said = ""
    if not form.is_valid():
        said = " ".join(map(str, form.errors["view_name"]))
    elif not wanted:
        said = "Set a filter first; a view without one is the whole list."
    else:
        try:
            view = saved_views.save(form.cleaned_data["view_name"], wanted, by=request.membership)
        except saved_views.NameTaken as taken:
            said = str(taken)
        else:
            messages.success(request, f"“{view.name}” is saved.")
            return redirect(view)
    messages.error(request, said)
    kept = querystring.write(querystring.pairs(wanted))
    return redirect(f"{reverse('leads:list')}?{kept}")


@needs(Permission.SEE_LEADS)
@require_POST
def replace(request: TenantRequest, view_id: UUID) -> HttpResponse:
    """Keep the present filters under the view's name."""
    view = _load_own(request, view_id)
    wanted = saved_views.parameters(FilterForm(request.POST, membership=request.membership))
    if wanted:
        saved_views.replace(view, wanted, by=request.membership)
        messages.success(request, f"“{view.name}” keeps these filters now.")
    else:
        messages.error(request, "Set a filter first; a view without one is the whole list.")
    return redirect(view)


@needs(Permission.SEE_LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TenantRequest, view_id: UUID) -> HttpResponse:
    """Rename the view; and show with whom it is shared."""
    if request.method != "POST":
        view = load(request, view_id)
        return _page(request, view, ViewForm(initial={"view_name": view.name}))
    view = _load_own(request, view_id)
    form = ViewForm(request.POST)
    if form.is_valid():
        try:
            saved_views.rename(view, form.cleaned_data["view_name"], by=request.membership)
        except saved_views.NameTaken as taken:
            form.add_error("view_name", str(taken))
        else:
            messages.success(request, f"It is called “{view.name}” now.")
            return redirect(view)
    return _page(request, view, form, status=422)


def _page(
    request: TenantRequest, view: SavedView, form: ViewForm, status: int = 200
) -> HttpResponse:
    context = {
        "view": view,
        "form": form,
        "is_own": view.owner_id == request.user.pk,
        "may_open_to_all": saved_views.may_open_to_all(view, request.membership),
        "panel": sharing.of_view(view, request.membership),
        "section": "leads",
    }
    return render(request, "leads/view.html", context, status=status)


@needs(Permission.SEE_LEADS)
@require_POST
def delete(request: TenantRequest, view_id: UUID) -> HttpResponse:
    """Forget the view; the leads stay."""
    view = _load_own(request, view_id)
    saved_views.delete(view, by=request.membership)
    messages.info(request, f"“{view.name}” is deleted. The leads stay.")
    return redirect("leads:list")


@needs(Permission.SEE_LEADS)
@require_POST
def choose(request: TenantRequest, view_id: UUID) -> HttpResponse:
    """Pin the view for oneself, or let the list begin with it; or take that back."""
    view = load(request, view_id)
    if request.membership.is_support:
        raise PermissionDenied("Support pins no views: what the list begins with is the members'.")
    pinned, first = (_switch(request, name) for name in ("pinned", "first"))
    saved_views.choose(view, by=request.membership, pinned=pinned, first=first)
    if first is not None:
        said = f"The list begins with “{view.name}” now." if first else "The list begins with all."
        messages.success(request, said)
    elif pinned is not None:
        said = "is pinned above the list" if pinned else "is no longer pinned"
        messages.success(request, f"“{view.name}” {said}.")
    return _opened(request, view)


def _switch(request: TenantRequest, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(request.POST.get(name, ""))


@needs(Permission.SHARE)
@require_POST
def everybody(request: TenantRequest, view_id: UUID) -> HttpResponse:
    """Show the view to the whole company, or no longer."""
    view = load(request, view_id)
    if not saved_views.may_open_to_all(view, request.membership):
        raise PermissionDenied("Ask whoever made the view, or an owner or manager, to do that.")
    is_for_all = bool(_switch(request, "for_all"))
    saved_views.open_to_all(view, is_for_all, by=request.membership)
    who = "Everybody in the company sees" if is_for_all else "No longer does everybody see"
    messages.success(request, f"{who} “{view.name}”{' now' if is_for_all else ''}.")
    if not saved_views.seen(request.membership).filter(pk=view.pk).exists():
        return redirect("leads:list")
    return redirect("leads:view_edit", view_id=view.pk)


def bar(request: TenantRequest, form: FilterForm) -> dict[str, Any]:
    """Give what the list shows of views: those to choose from, and the one that is open."""
    views = saved_views.offered(request.membership)
    asked = request.GET.get("view", "")
    chosen = next((view for view in views if str(view.pk) == asked), None)
    wanted = saved_views.parameters(form)
    kept = querystring.pairs(wanted)
    found: dict[str, Any] = {
        "views": views,
        "pinned": [view for view in views if view.is_pinned],
        "view": chosen,
        "kept": kept,
        "can_save": bool(wanted) and chosen is None,
    }
    if chosen is not None:
        opened = saved_views.read(chosen, request.membership)
        differs = sorted(kept) != sorted(parse_qsl(opened))
        found |= {
            "view_is_own": chosen.owner_id == request.user.pk,
            "can_save": bool(wanted) and differs,
        }
    return found
