"""The rules, what each has done, and switching them off or throwing them away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.filters import querystring
from leads.models import Reaction, ReactionDeed
from leads.reacting import examples, rules, shown
from leads.undo import undo

SHOWN = 100
# What reads after “you may not”.
MANAGE = "look at rules that act by themselves or change them"


def found(request: TenantRequest, rule_id: UUID) -> Reaction:
    """Give a rule of the company; raises Http404."""
    rule: Reaction = get_object_or_404(rules.of(request.tenant), pk=rule_id)
    return rule


@needs(Permission.ADMINISTER, to=MANAGE)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List the rules, or examples to begin with."""
    rows = shown.rows(rules.of(request.tenant)[: rules.MOST], request.membership)
    context = {
        "rows": rows,
        "examples": [] if rows else examples.of(request.membership),
        "section": "leads",
    }
    return render(request, "reacting/list.html", context)


@needs(Permission.ADMINISTER, to=MANAGE)
@require_GET
def did(request: TenantRequest, rule_id: UUID) -> HttpResponse:
    """Say what a rule has done, each time with the way back."""
    rule = found(request, rule_id)
    rows = ReactionDeed.of(request.tenant).filter(reaction=rule)
    latest = rows.select_related("batch__by", "batch__undone_by").order_by("-at", "-pk")
    deeds = list(latest[: SHOWN + 1])
    busy = undo.under_way(request.membership)
    context = {
        "rule": rule,
        "shown": shown.rows([rule], request.membership)[0],
        "deeds": [
            (deed, deed.batch and not undo.why_not(deed.batch, request.membership, busy))
            for deed in deeds[:SHOWN]
        ],
        "has_more": len(deeds) > SHOWN,
        "most": SHOWN,
        "section": "leads",
    }
    return render(request, "reacting/did.html", context)


@needs(Permission.ADMINISTER, to=MANAGE)
@require_POST
def off(request: TenantRequest, rule_id: UUID) -> HttpResponse:
    """Have a rule do nothing more."""
    rule = found(request, rule_id)
    rules.switch_off(rule, by=request.membership)
    messages.success(request, f"“{rule.name}” is switched off. What it did stands.")
    return redirect("leads:rules")


@needs(Permission.ADMINISTER, to=MANAGE)
@require_POST
def delete(request: TenantRequest, rule_id: UUID) -> HttpResponse:
    """Throw a rule away."""
    rule = found(request, rule_id)
    rules.delete(rule, by=request.membership)
    messages.info(request, f"“{rule.name}” is deleted. What it did stands.")
    return redirect("leads:rules")


@needs(Permission.SEE_LEADS)
@require_GET
def meant_leads(request: TenantRequest, rule_id: UUID) -> HttpResponse:
    """Lead on to the leads that a rule means, as far as the reader sees them."""
    rule = found(request, rule_id)
    query = querystring.write(querystring.pairs(rule.wanted))
    return redirect(f"{reverse('leads:list')}?{query}")
