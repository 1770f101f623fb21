"""Files of leads: of those that the filters mean, or of one."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from crm import ids
from crm.exporting import download, supply
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.export import export
from leads.filters import querystring
from leads.filters.form import FilterForm
from leads.listing import listing, ordering
from leads.models import Lead
from leads.sight import sight
from leads.sight.load import load

LONGEST_FILTER = 200
# What is said of the file itself; all else in the address is of the list.
ASKED = ("what", "as", "lead")
FILTER_GONE = (
    "No file was made: a filter of this list is gone meanwhile, {gone}. Without it far more leads "
    "would stand in the file."
)
GONE_MEANWHILE = "A filter of it is gone meanwhile: {gone}."


@needs(Permission.EXPORT)
@require_GET
def of_many(request: TenantRequest) -> HttpResponseBase:
    """Hand out what the list shows by this address, page after page; or leads by their ids."""
    form = FilterForm(request.GET, membership=request.membership)
    if gone := form.filters.left_out:
        messages.error(request, FILTER_GONE.format(gone="; ".join(map(str, gone))))
        return redirect(f"{reverse('leads:list')}?{_shown(request)}")
    membership, wanted = request.membership, form.wanted
    what = request.GET.get("what", "")
    name = what if what in export.WHAT else "leads"
    ticked = [ident for each in request.GET.getlist("lead") if (ident := ids.read(each))]

    def meant() -> QuerySet[Lead]:
        if gone := listing.gone(membership, wanted):
            raise supply.TakenAway(GONE_MEANWHILE.format(gone=gone))
        found = listing.matching(membership, wanted)
        return found.filter(pk__in=ticked) if "lead" in request.GET else found

    if name == "leads":
        sort = ordering.of_all(request.GET.get("sort", ""), membership, form)
        columns, chunks = export.leads(membership, meant, sort.put)
    else:
        columns, chunks = export.WHAT[name](membership, meant)
    filters = {
        each: ", ".join(given)[:LONGEST_FILTER]
        for each, given in request.GET.lists()
        if each not in ("what", "as", *querystring.PLACE) and any(given)
    }
    return download.answer(
        request,
        name=name,
        columns=columns,
        rows=chunks,
        kind=request.GET.get("as", "csv"),
        filters=filters,
    )


def _shown(request: TenantRequest) -> str:
    """Give the address of the list, with the filter that is gone: it is theirs to take away."""
    asked = [pair for pair in querystring.pairs(request.GET) if pair[0] not in ASKED]
    return querystring.write(asked) or querystring.BARE


@needs(Permission.EXPORT)
@require_GET
def of_one(request: TenantRequest, lead_id: UUID) -> HttpResponseBase:
    """Hand out the activities of one lead, or its way through the stages."""
    lead = load(request, lead_id)
    name = "moves" if request.GET.get("what") == "moves" else "activities"
    membership = request.membership
    columns, chunks = export.WHAT[name](
        membership, lambda: sight.leads(membership).filter(pk=lead.pk)
    )
    return download.answer(
        request,
        name=f"{name} of {lead.title}"[:100],
        columns=columns,
        rows=chunks,
        kind=request.GET.get("as", "csv"),
        target=lead,
    )
