"""The list of leads: chosen columns, any order, page by page; its count comes after it."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from crm.exporting import download
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from leads.filters import choices
from leads.filters.form import FilterForm
from leads.listing import columns, counting, found, listing, ordering, ranking, sorting, table
from leads.listing.sorting import Sort
from leads.own import tags
from leads.saved import views
from leads.search import marks


@dataclass(frozen=True)
class Offer:
    """Something to choose: an order of the list, or one of its columns."""

    name: str
    label: str
    url: str
    is_chosen: bool


@needs(Permission.SEE_LEADS)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List the leads that the filters mean."""
    if (first := views.first(request)) is not None:
        return first
    form = FilterForm(request.GET, membership=request.membership)
    wanted = form.wanted
    known = columns.known(form.own)
    shown = columns.chosen(request.GET, request.session, known)
    meant = found.of(request.membership, wanted)
    many = found.total(request.membership, wanted, meant)
    # Those that could not be counted in time are told as many, and gathered as few are.
    few = many is None or many <= listing.FEW
    total = listing.FEW + 1 if many is None else many
    name = request.GET.get("sort", "")
    sort, refusal = ordering.asked(name, request.membership, form, meant, few=few)

    page = found.page(
        request.membership,
        wanted,
        sort,
        meant,
        few=few or sort.name not in sorting.SORTS,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        drawn=lambda leads: columns.narrowed(leads, shown, marks.NEEDS if meant else ()),
    )
    tags.show(page.leads, tenant=request.tenant)
    if meant is not None:
        marks.show(page.leads, meant, tenant=request.tenant)
    may_work = may(request.membership, Permission.WORK_LEADS)
    context = {
        "leads": page.leads,
        "rows": table.rows(page.leads, shown, tenant=request.tenant, ticks=may_work),
        "heads": table.heads(shown, request.GET, sort),
        "is_wide": len(shown) > len(columns.USUAL),
        "form": form,
        "filters_active": bool(wanted),
        "total": total,
        "total_label": listing.total_label(total),
        "is_counted": total <= listing.FEW,
        "next_url": _turned(request, "after", page.after),
        "previous_url": _turned(request, "before", page.before),
        "query": form.shown,
        "export_query": form.shown,
        "may_export": download.may_be_given(request.membership),
        "may_delete": may(request.membership, Permission.ADMINISTER),
        "sorts": _sorts(request, form, sort),
        "sort_label": sort.label,
        "sort_refusal": refusal,
        "search_said": meant.said if meant else "",
        "columns": _columns(known, shown),
        "column_query": request.GET.urlencode(),
        "section": "leads",
    }
    return render(request, "leads/list.html", context | views.bar(request, form))


@needs(Permission.SEE_LEADS)
@require_GET
def counted(request: TenantRequest) -> HttpResponse:
    """Say how many leads the filters mean, as far as a second reaches."""
    if not request.htmx:
        return HttpResponseRedirect(reverse("leads:list") + table.address(request.GET))
    form = FilterForm(request.GET, membership=request.membership)
    label = counting.label(request.membership, form.wanted)
    return render(request, "leads/_count.html", {"total_label": label, "is_counted": True})


@needs(Permission.SEE_LEADS)
@require_POST
def choose_columns(request: TenantRequest) -> HttpResponse:
    """Keep the columns that a person has ticked, and show the list with them."""
    known = columns.known(choices.own(request.membership))
    names = columns.asked(request.POST, known)
    columns.keep(names, request.session)
    query = QueryDict(request.POST.get("query", "").encode())
    shown = table.address(query, **{columns.NAME: ",".join(names)})
    return HttpResponseRedirect(reverse("leads:list") + shown)


def _turned(request: TenantRequest, name: str, cursor: str) -> str:
    return table.address(request.GET, **{name: cursor}) if cursor else ""


def _sorts(request: TenantRequest, form: FilterForm, here: Sort) -> list[Offer]:
    """Offer each order, beginning the way that is asked for most."""
    named = {ranking.MATCH: ranking.LABEL} if "q" in form.wanted else {}
    named |= {"name": "Name", "-tier": "Tier"}
    named |= {column.sort: column.label for column in columns.STANDARD if column.sort}
    named |= {field.short: field.label for field in form.own}
    bare, address = here.name.removeprefix("-"), table.unsorted(request.GET)
    return [
        Offer(name, label, address + name, name.removeprefix("-") == bare)
        for name, label in named.items()
    ]


def _columns(known: dict[str, columns.Column], shown: list[columns.Column]) -> list[Offer]:
    names = {column.name for column in shown}
    return [Offer(each.name, each.label, "", each.name in names) for each in known.values()]
