"""API keys: what a company asks services with, how that stands, and what it may spend."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from crm.keys import cards, changing, keys
from crm.keys.forms import BudgetForm, KeyForm
from crm.keys.what import EVERY, What
from crm.tenants.acting import acting_for, acts_for_itself
from crm.tenants.permissions import Permission, TenantRequest, may, needs


@needs(Permission.SEE_KEYS)
@require_GET
def page(request: TenantRequest) -> HttpResponse:
    """Show all services."""
    return _page(request)


@needs(Permission.MANAGE_KEYS)
@sensitive_post_parameters("secret")
@never_cache
@require_POST
@acts_for_itself
def put(request: TenantRequest, service: str) -> HttpResponse:
    """Take a key and try it out at once."""
    what = _known(service)
    form = KeyForm(service, request.POST)
    if not form.is_valid():
        return _page(request, status=422, **{f"{service}_key": form})
    with acting_for(request.tenant):
        changing.put(request.tenant, service, form.cleaned_data["secret"], by=request.user)
    messages.success(request, f"The key of {what.label} is kept. It is used from now on.")
    _tell(request, what, *_try(request, service))
    return _back(service)


@needs(Permission.MANAGE_KEYS)
@require_POST
@acts_for_itself
def test(request: TenantRequest, service: str) -> HttpResponse:
    """Try the key; answer with the service as it now stands."""
    what = _known(service)
    tone, said = _try(request, service)
    if request.htmx:
        card = cards.one(request.tenant, service)
        context = {"card": card, "may_manage": True, "answer": said, "answer_tone": tone}
        return render(request, "keys/_card.html", context)
    _tell(request, what, tone, said)
    return _back(service)


@needs(Permission.MANAGE_KEYS)
@require_POST
def remove(request: TenantRequest, service: str) -> HttpResponse:
    """Fall back to the installation's key."""
    what = _known(service)
    if changing.remove(request.tenant, service, by=request.user):
        now = keys.standing(request.tenant, service)
        messages.success(request, f"The key of {what.label} is removed. {_instead(now)}")
    else:
        messages.info(request, f"There was no key of {what.label} any more.")
    return _back(service)


@needs(Permission.MANAGE_KEYS)
@require_POST
def limit(request: TenantRequest, service: str) -> HttpResponse:
    """Set what may be spent in a month."""
    what = _known(service)
    form = BudgetForm(service, request.POST)
    if not form.is_valid():
        return _page(request, status=422, **{f"{service}_budget": form})
    if changing.limit(request.tenant, service, form.cleaned_data["budget"], by=request.user):
        messages.success(request, f"The budget of {what.label} is saved.")
    return _back(service)


def _page(request: TenantRequest, status: int = 200, **bound: Any) -> HttpResponse:
    context = {
        "cards": cards.every(request.tenant, **bound),
        "may_manage": may(request.membership, Permission.MANAGE_KEYS),
        "section": "keys",
    }
    return render(request, "keys/page.html", context, status=status)


def _try(request: TenantRequest, service: str) -> tuple[str, str]:
    """Give how good the answer is, and its words."""
    try:
        now = keys.test(request.tenant, service, by=request.user)
    except keys.NotTested as refusal:
        return "info", str(refusal)
    return ("good" if now.went_well else "warn"), now.said


def _tell(request: TenantRequest, what: What, tone: str, said: str) -> None:
    say = {"good": messages.success, "warn": messages.warning}.get(tone, messages.info)
    say(request, f"{what.label}: {said}")


def _known(service: str) -> What:
    if service not in EVERY:
        raise Http404
    return EVERY[service]


def _instead(now: keys.Standing) -> str:
    if now.has_key:
        return "From now on the installation’s is used."
    return now.said


def _back(service: str) -> HttpResponse:
    return redirect(f"{reverse('keys:page')}#key-{service}")
