"""The page on which a campaign is changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from campaigns import criteria, editing, kinds, prefill, sight, words
from campaigns.addressed import campaign_of
from campaigns.discovery.sources import serving
from campaigns.editing_forms import EditForm
from campaigns.models import Campaign, Run
from crm.tenants.permissions import Permission, TenantRequest, needs


@needs(Permission.RUN_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Change what the next run asks for."""
    campaign = campaign_of(request, campaign_id)
    if request.method != "POST":
        return _page(request, campaign, EditForm(campaign=campaign))
    form = EditForm(request.POST, campaign=campaign)
    if not form.is_valid() or form.criteria is None:
        return _page(request, campaign, form, status=422)
    name = form.cleaned_data["name"]
    try:
        changed = editing.change(campaign, form.criteria, name, by=request.user, seen=form.was_seen)
    except editing.ChangedMeanwhile as faster:
        return _ask_again(request, form, form.criteria, faster)
    except editing.Refused as refused:
        is_seen = sight.sees(request.membership, refused.campaign)
        form.add_error(*_why(refused, is_seen=is_seen))
        more = {"other": refused.campaign} if is_seen else {}
        return _page(request, campaign, form, status=422, **more)
    messages.info(request, _said(changed, _under_way(campaign)))
    return redirect(changed.campaign)


def _why(refused: editing.Refused, *, is_seen: bool) -> tuple[str | None, str]:
    """Give the field and what is said there, without the name of what the person does not see."""
    if isinstance(refused, editing.NameTaken):
        taken = "A colleague's campaign has this name. Take another name."
        return "name", str(refused) if is_seen else taken
    return None, str(refused) if is_seen else sight.ELSEWHERE


def _page(
    request: TenantRequest, campaign: Campaign, form: EditForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "campaign": campaign,
        "form": form,
        "kind": form.kind,
        "ready": [kind for kind in kinds.KINDS if serving(kind)],
        "duplicate_url": prefill.address(criteria.of(campaign)),
        "under_way": _under_way(campaign),
        "section": "campaigns",
    }
    return render(request, "campaigns/edit.html", context | more, status=status)


def _under_way(campaign: Campaign) -> bool:
    return Run.of(campaign.tenant).filter(campaign=campaign, state__in=Run.ACTIVE).exists()


def _ask_again(
    request: TenantRequest,
    form: EditForm,
    wanted: criteria.Criteria,
    faster: editing.ChangedMeanwhile,
) -> HttpResponse:
    """Show the entries beside what the campaign has become; saved again, they replace that."""
    now = faster.campaign
    form.show_again(now)
    replaced = words.changes(criteria.of(now), wanted)
    if form.data["name"] != now.name:
        replaced.insert(0, words.Change("Name", now.name, form.data["name"]))
    return _page(request, now, form, status=409, faster=str(faster), replaced=replaced)


def _said(changed: editing.Changed, is_under_way: bool) -> str:
    if not changed.fields:
        return "Nothing was changed."
    if changed.fields == ["name"]:
        return "Saved."
    said = "Saved. It takes effect with the next run."
    if is_under_way:
        said += " The one under way goes on as it was started."
    if changed.begins_anew:
        said += " That begins in the middle again; what you know already counts as a duplicate."
    return said
