"""The findings of a campaign: listed with their reasons, and overruled by a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from campaigns import cases, findings, glimpsing, overruling
from campaigns.addressed import campaign_of
from campaigns.cases import Case
from campaigns.discretion import PURSUED, answered, discreet
from campaigns.findings_form import FindingsForm
from campaigns.models import Campaign
from campaigns.overruling import Answer
from campaigns.place_form import PlaceForm
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from crm.trail import looking
from leads.filters import querystring
from leads.intake.grounds import Ground
from leads.intake.intake import NoEntrance

# Of those that could not be taken, so many are named in the answer.
MOST_NAMED = 3
# Nobody misses these where no vendor was asked.
OF_VENDORS = {Ground.OUTSIDE, Ground.CONTRADICTED, Ground.UNVERIFIED, Ground.NAMELESS}


@dataclass(frozen=True)
class Chip:
    """A ground with its number of findings under the other filters; chosen again, it is off."""

    label: str
    count: int
    url: str
    is_on: bool


@needs(Permission.SEE_LEADS)
@require_GET
def listed(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """List the findings that the filters mean."""
    campaign = campaign_of(request, campaign_id)
    looking.at(request, campaign, "looked at the findings of")
    runs = findings.runs_of(campaign)
    form = FindingsForm(request.GET, runs=runs, sources=findings.sources_of(runs))
    wanted = form.wanted
    ground = wanted.pop("ground", "")
    found = findings.matching(campaign, form.chosen_runs, wanted)
    counts = findings.counts(found)
    page = findings.page(
        found.filter(ground=ground) if ground else found,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    read = discreet(cases.read(page.findings, tenant=request.tenant), request.membership)
    offer = _offer(request, read)
    if offer is not None:
        read = [_with_form(case) if case.is_nameless else case for case in read]
    context = {
        "campaign": campaign,
        "form": form,
        "filters_active": bool(wanted or ground),
        "chips": _chips(request, counts, ground),
        "cases": read,
        "can_take": any(case.wish for case in read),
        "offer": offer,
        "total_label": _total(counts.get(ground, 0) if ground else sum(counts.values())),
        "run": form.chosen_runs[0] if len(form.chosen_runs) == 1 else None,
        "next_url": _url(request, after=page.after) if page.after else "",
        "previous_url": _url(request, before=page.before) if page.before else "",
        "section": "campaigns",
    }
    return render(request, "campaigns/findings.html", context)


def _offer(request: TenantRequest, read: Sequence[Case]) -> glimpsing.Offer | None:
    """Say what a look at a nameless place takes; None where there is none, or nobody may."""
    is_asked = any(case.is_nameless for case in read)
    if not is_asked or not may(request.membership, Permission.RUN_CAMPAIGNS):
        return None
    return glimpsing.offer(request.tenant)


def _with_form(case: Case) -> Case:
    return replace(case, place_form=PlaceForm(finding=case.finding))


def _url(request: TenantRequest, **changes: str) -> str:
    kept = {k: v for k, v in request.GET.items() if k not in querystring.PLACE}
    asked = {name: value for name, value in (kept | changes).items() if value}
    return f"{request.path}?{urlencode(asked)}" if asked else request.path


def _total(many: int) -> str:
    return "1 finding" if many == 1 else f"{many:,} findings"


def _chips(request: TenantRequest, counts: dict[str, int], chosen: str) -> list[Chip]:
    everything = Chip("All", sum(counts.values()), _url(request, ground=""), not chosen)
    return [everything] + [
        Chip(
            ground.label,
            counts.get(ground, 0),
            _url(request, ground="" if ground == chosen else ground.value),
            ground == chosen,
        )
        for ground in Ground
        if ground not in OF_VENDORS or counts.get(ground) or ground == chosen
    ]


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def overrule(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Take one finding, or those that are ticked; then back to the list as it was."""
    campaign = campaign_of(request, campaign_id)
    one = request.POST.get("one", "")
    asked = [one] if one else request.POST.getlist("finding")
    chosen = findings.named(campaign, asked[: overruling.MOST])
    if asked and not chosen:
        raise Http404("None of these is a finding of this campaign.")
    if len(asked) > overruling.MOST:
        most = f"Take at most {overruling.MOST} at once."
        messages.error(request, f"{most} {len(asked):,} were ticked; nothing was taken.")
    elif not chosen:
        messages.info(request, "Tick those that you want to take first.")
    else:
        _overrule(request, campaign, chosen)
    query = request.GET.urlencode()
    back = reverse("campaigns:findings", args=[campaign.pk]) + (f"?{query}" if query else "")
    return redirect(f"{back}#finding-{chosen[0].pk}" if one else back)


def _overrule(request: TenantRequest, campaign: Campaign, chosen: Sequence[Any]) -> None:
    read = discreet(cases.read(chosen, tenant=request.tenant), request.membership)
    hidden = {case.finding.pk for case in read if case.obstacle == PURSUED}
    may_be = [finding for finding in chosen if finding.pk not in hidden]
    try:
        taken = overruling.overrule_all(may_be, campaign=campaign, by=request.user)
    except (overruling.CannotOverrule, NoEntrance) as error:
        messages.error(request, str(error))
        return
    answers = answered(taken, request.membership)
    answers += [Answer(finding, PURSUED) for finding in chosen if finding.pk in hidden]
    refused = [answer for answer in answers if answer.refusal]
    if refused:
        messages.warning(request, _said(len(answers) - len(refused), refused))
    elif len(answers) == 1:
        messages.info(request, f"{_short(answers[0])} is a lead now.")
    else:
        messages.info(request, f"{len(answers)} taken. They are leads now.")


def _said(taken: int, refused: Sequence[Answer]) -> str:
    named = [f"{_short(answer)} ({answer.refusal})" for answer in refused[:MOST_NAMED]]
    if len(refused) > MOST_NAMED:
        named.append(f"and {len(refused) - MOST_NAMED} more")
    return f"{taken} taken. {len(refused)} could not be: {', '.join(named)}."


def _short(answer: Answer) -> str:
    return truncatechars(answer.finding.name or cases.A_PLACE, 60)
