"""The page of the councils' lists: uploading one, putting a newer one in its place, deleting it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from campaigns.planning import columns, keeping
from campaigns.planning.forms import ListForm, NewerForm
from campaigns.planning.records import PlanningApplication, PlanningList
from crm.tenants.permissions import Permission, TenantRequest, needs
from crm.uploads import was_cut

SHOWN = 5
# In the order in which they are read.
LABELS = tuple(columns.LABELS.values())


@needs(Permission.RUN_CAMPAIGNS)
@require_GET
def show(request: TenantRequest) -> HttpResponse:
    """Show the lists that are here, with what was read of each."""
    return _page(request, ListForm())


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def upload(request: TenantRequest) -> HttpResponse:
    """Take a new list in."""
    form = ListForm(request.POST, request.FILES, was_cut=was_cut(request))
    if not form.is_valid() or form.listed is None:
        return _page(request, form, status=422)
    name = form.cleaned_data["name"]
    try:
        row = keeping.add(request.tenant, name, form.listed, by=request.user)
    except keeping.NotKept as error:
        form.add_error("name", str(error))
        return _page(request, form, status=422)
    messages.info(request, f"“{row.name}” is here: {_told(row)}")
    return redirect("campaigns:planning")


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def replace(request: TenantRequest, planning_list_id: UUID) -> HttpResponse:
    """Put a newer file in the place of a list."""
    row = _load(request, planning_list_id)
    form = _newer(row, request.POST, request.FILES, was_cut=was_cut(request))
    if not form.is_valid() or form.listed is None:
        return _page(request, ListForm(), replacing=(row, form), status=422)
    try:
        row = keeping.replace(row, form.listed, by=request.user)
    except keeping.NotKept as error:
        messages.error(request, str(error))
        return redirect("campaigns:planning")
    messages.info(request, f"“{row.name}” is replaced: {_told(row)}")
    return redirect("campaigns:planning")


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def delete(request: TenantRequest, planning_list_id: UUID) -> HttpResponse:
    """Delete a list."""
    row = _load(request, planning_list_id)
    try:
        keeping.delete(row, by=request.user)
    except keeping.NotKept as error:
        messages.error(request, str(error))
    else:
        messages.info(request, f"“{row.name}” is deleted. Leads found by it stay.")
    return redirect("campaigns:planning")


def _load(request: TenantRequest, ident: UUID) -> PlanningList:
    try:
        return PlanningList.of(request.tenant).get(pk=ident)
    except PlanningList.DoesNotExist:
        raise Http404("There is no such list.") from None


def _page(
    request: TenantRequest,
    form: ListForm,
    *,
    replacing: tuple[PlanningList, NewerForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = PlanningList.of(request.tenant).select_related("uploaded_by").order_by("-uploaded_at")
    lists: list[dict[str, Any]] = []
    for row in rows:
        is_bound = replacing is not None and replacing[0].pk == row.pk
        lists.append(
            {
                "row": row,
                "columns": [
                    (label, row.columns[label]) for label in LABELS if label in row.columns
                ],
                "form": replacing[1] if is_bound and replacing else _newer(row),
                "first": PlanningApplication.of(request.tenant)
                .filter(list=row)
                .order_by("position")[:SHOWN],
            }
        )
    context = {"form": form, "lists": lists, "section": "campaigns"}
    return render(request, "campaigns/planning.html", context, status=status)


def _newer(row: PlanningList, *args: Any, **kwargs: Any) -> NewerForm:
    return NewerForm(*args, auto_id=f"id_{row.pk}_%s", **kwargs)


def _told(row: PlanningList) -> str:
    if not row.rows:
        return "it has headings, and no application."
    rows = "1 application" if row.rows == 1 else f"{row.rows:,} applications"
    kept = "1 of them names" if row.kept == 1 else f"{row.kept:,} of them name"
    return f"{rows}, {kept} a company and a postcode."
