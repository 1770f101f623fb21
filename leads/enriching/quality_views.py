"""The page of how well leads are known, and of what is done by itself to keep them so."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from crm.tenants import scope
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from leads.enriching import meters, plan, regular, upkeep
from leads.enriching.upkeep_forms import UpkeepForm
from leads.models import Upkeep

REPORTS = 8
# What is counted, and what one of it and several are called.
DID = {
    "reckoned": ("organisation reckoned", "organisations reckoned"),
    "emails": ("e-mail address written properly", "e-mail addresses written properly"),
    "phones": ("phone number written properly", "phone numbers written properly"),
    "facts": ("replaced fact thrown away", "replaced facts thrown away"),
    "checks": ("address checked again", "addresses checked again"),
    "verdicts": ("of them with a new verdict", "of them with a new verdict"),
    "leads": ("lead asked about anew", "leads asked about anew"),
    "credits": ("credit at the most", "credits at the most"),
}
# These are said even if there were none.
ALWAYS = {"reckoned", "leads"}


@dataclass(frozen=True)
class Report:
    """What one turn of upkeep did, in words; `url` leads to the run that it began."""

    row: Upkeep
    did: list[str]
    url: str


@needs(Permission.SEE_LEADS)
@require_GET
def show(request: TenantRequest) -> HttpResponse:
    """Show the meters and the reports; managers may settle what is done."""
    rules = plan.rules(request.tenant)
    return _page(request, UpkeepForm(rules=rules))


@needs(Permission.SEE_LEADS)
@require_GET
def watched(request: TenantRequest) -> HttpResponse:
    """Show how the tidying goes, and what the last turns did."""
    if not request.htmx:
        return redirect("leads:quality")
    rules = plan.rules(request.tenant)
    return render(request, "leads/_upkeep.html", _upkeep(request, UpkeepForm(rules=rules)))


@needs(Permission.ADMINISTER)
@require_POST
def settle(request: TenantRequest) -> HttpResponse:
    """Have it be done so from now on."""
    form = UpkeepForm(request.POST, rules=plan.rules(request.tenant))
    if not form.is_valid():
        return _page(request, form, status=422)
    rules = regular.choose(request.tenant, **form.cleaned_data, by=request.user)
    said = [
        "The best leads are refreshed every night." if rules.refreshes else "",
        "Your records are tidied up every Sunday." if rules.cleans else "",
    ]
    messages.success(request, " ".join(filter(None, said)) or "Nothing is done by itself.")
    return redirect("leads:quality")


@needs(Permission.ADMINISTER)
@require_POST
def tidy(request: TenantRequest) -> HttpResponse:
    """Tidy up now."""
    _, is_new = upkeep.begin(request.tenant, Upkeep.Kind.TIDYING, by=request.user)
    said = "Your records are being tidied up." if is_new else "That is under way already."
    messages.info(request, f"{said} What was done stands below when it has ended.")
    return redirect(f"{reverse('leads:quality')}#upkeep")


def _page(request: TenantRequest, form: UpkeepForm, status: int = 200) -> HttpResponse:
    membership = request.membership
    meter, parts, missing = meters.whole(membership)
    context = {
        "meter": meter,
        "waiting": meter.many - meter.known,
        "parts": parts,
        "missing": missing,
        "tables": _tables(request) if meter.known else [],
        "thin": meters.THIN,
        "sees_all": scope.of(membership).everything,
        "section": "leads",
    }
    return render(request, "leads/quality.html", context | _upkeep(request, form), status=status)


def _tables(request: TenantRequest) -> list[dict[str, Any]]:
    membership = request.membership
    views = meters.by_view(membership)
    return [
        {
            "title": "By view",
            "icon": "bookmark",
            "of": "View",
            "meters": views or [],
            "said": "Your views mean too many leads to be counted in time."
            if views is None
            else "Save filters of the list as a view, and its leads are measured here.",
        },
        {
            "title": "By campaign",
            "icon": "radar",
            "of": "Campaign",
            "meters": meters.by_campaign(membership),
            "said": "What campaigns find is measured here.",
        },
        {
            "title": "By owner",
            "icon": "users",
            "of": "Owner",
            "meters": meters.by_owner(membership),
            "said": "",
        },
    ]


def _upkeep(request: TenantRequest, form: UpkeepForm) -> dict[str, Any]:
    rules = plan.rules(request.tenant)
    live = upkeep.live(request.tenant, Upkeep.Kind.TIDYING)
    return {
        "form": form,
        "rules": rules,
        "live": live,
        "reports": [_report(row) for row in upkeep.last(request.tenant, REPORTS)],
        "may_settle": may(request.membership, Permission.ADMINISTER),
    }


def _report(row: Upkeep) -> Report:
    url = reverse("leads:enrichment", args=[row.run]) if row.run else ""
    return Report(row, list(_did(row)), url)


def _did(row: Upkeep) -> Iterable[str]:
    for name, (one, several) in DID.items():
        many = row.counts.get(name)
        if isinstance(many, int) and (many or name in ALWAYS):
            yield f"{many:,} {one if many == 1 else several}"
