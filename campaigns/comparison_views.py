"""The page that compares two campaigns, and the pick of the two."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from campaigns import comparison, kinds, sight
from campaigns.models import Campaign
from crm import ids
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.search import terms
from leads.sight import sight as leads_sight

PAGE = 20
LONGEST_SEARCH = 100
MOST_WORDS = 8


@needs(Permission.SEE_LEADS)
@require_GET
def compare(request: TenantRequest) -> HttpResponse:
    """Compare two campaigns; offer the tenant's to pick from until there are two."""
    a, b = _chosen(request)
    if a is None or b is None or a == b:
        return _pick(request, a or b, is_same=a == b)
    context = {
        "a": a,
        "b": b,
        "wanted": comparison.wanted(a, b),
        "changed": comparison.changed(request.tenant, a, b),
        "groups": comparison.read(leads_sight.leads(request.membership), a, b),
        "section": "campaigns",
    }
    return render(request, "campaigns/compare.html", context)


def _chosen(request: TenantRequest) -> tuple[Campaign | None, Campaign | None]:
    """Give the two, None where one is not said; what is no campaign of the tenant is a 404."""
    said = [request.GET.get(name, "") for name in ("a", "b")]
    ids = [_uuid(text) if text else None for text in said]
    wanted = {each for each in ids if each is not None}
    rows = sight.campaigns(request.membership).select_related("tenant")
    found = rows.in_bulk(wanted) if wanted else {}
    if len(found) < len(wanted):
        raise Http404("This is no campaign of the company.")
    a, b = (found[each] if each is not None else None for each in ids)
    return a, b


def _uuid(text: str) -> UUID:
    if found := ids.read(text):
        return found
    raise Http404("This is not the number of a campaign.")


def _pick(request: TenantRequest, first: Campaign | None, *, is_same: bool) -> HttpResponse:
    words = " ".join(request.GET.get("q", "")[:LONGEST_SEARCH].split())
    rows = sight.campaigns(request.membership).order_by("-id")
    if first is not None:
        rows = rows.exclude(pk=first.pk)
    found = _matching(rows, words)
    if before := request.GET.get("before", ""):
        found = found.filter(pk__lt=_uuid(before))
    page = list(found[: PAGE + 1])
    more = page[PAGE - 1].pk if len(page) > PAGE else None
    kept = {"a": first.pk} if first is not None else {}
    context: dict[str, Any] = {
        "first": first,
        "is_same": is_same and first is not None,
        "q": words,
        "found": page[:PAGE],
        "next_url": f"?{urlencode(kept | {'q': words, 'before': more})}" if more else "",
        "section": "campaigns",
    }
    return render(request, "campaigns/pick.html", context)


def _matching(rows: QuerySet[Campaign], words: str) -> QuerySet[Campaign]:
    """Keep the campaigns that every word fits: name, kind or postcode."""
    rows = rows.alias(postcode_compact=Replace(F("postcode"), Value(" "), Value("")))
    for word in terms.WORD.findall(words)[:MOST_WORDS]:
        of_kind = [kind.slug for kind in kinds.KINDS if word.casefold() in kind.name.casefold()]
        at_place = Q(postcode_compact__istartswith="".join(word.split()))
        rows = rows.filter(Q(name__icontains=word) | Q(kind__in=of_kind) | at_place)
    return rows
