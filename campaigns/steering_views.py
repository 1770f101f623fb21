"""The buttons of a run: pause, resume, cancel, again, more."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from campaigns import runs, steering
from campaigns.addressed import campaign_of, run_of
from campaigns.models import Run
from crm.tenants.permissions import Permission, TenantRequest, needs


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def again(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Walk the same slice once more."""
    return _start(request, campaign_id, Run.Mode.AGAIN)


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def more(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Go on behind the last place."""
    return _start(request, campaign_id, Run.Mode.MORE)


def _start(request: TenantRequest, campaign_id: UUID, mode: Run.Mode) -> HttpResponse:
    campaign = campaign_of(request, campaign_id)
    try:
        runs.start(campaign, mode, by=request.user)
    except runs.CannotRun as error:
        messages.error(request, str(error))
    return redirect(campaign)


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def pause(request: TenantRequest, run_id: UUID) -> HttpResponse:
    """Stop the run where it is."""
    return _steer(request, run_id, steering.pause)


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def resume(request: TenantRequest, run_id: UUID) -> HttpResponse:
    """Let a paused run go on."""
    return _steer(request, run_id, steering.resume)


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def cancel(request: TenantRequest, run_id: UUID) -> HttpResponse:
    """End the run; what it has found stays."""
    return _steer(request, run_id, steering.cancel)


def _steer(request: TenantRequest, run_id: UUID, verb: Callable[..., Any]) -> HttpResponse:
    run = run_of(request, run_id)
    try:
        verb(run, by=request.user)
    except steering.CannotSteer as refusal:
        messages.info(request, str(refusal))
    return redirect(run.campaign)
