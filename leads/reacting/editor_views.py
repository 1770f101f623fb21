"""Writing a rule: first which leads are meant, by the filters of the list; then what is done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from crm import ids
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.filters import filters as reading
from leads.filters import querystring, writing
from leads.filters.form import FilterForm
from leads.models import Reaction
from leads.reacting import deeds, forms, rules, shown
from leads.reacting.forms import RuleForm
from leads.reacting.views import MANAGE, found

# What the buttons of the form say.
WHEN, ON, OFF = "when", "on", "off"
NO_FILTER = "Say which leads it is for: without a filter it would act on every one."
GONE = "A filter makes no sense any more: {gone}. Take it away or choose another one."
ANOTHER = "rule"


@needs(Permission.ADMINISTER, to=MANAGE)
@require_GET
def when(request: TenantRequest) -> HttpResponse:
    """Choose the leads that are meant; what else the form says goes along in the address."""
    form = FilterForm(request.GET, membership=request.membership)
    wanted = form.wanted
    ident = ids.read(request.GET.get(ANOTHER, ""))
    page = reverse("leads:rule", args=[ident]) if ident else reverse("leads:rule_new")
    begun = "" if any(map(_is_the_form_s, request.GET)) else "&rule_name="
    context = {
        "form": form,
        "filters_active": bool(wanted),
        "preview": shown.preview(wanted, request.membership),
        "next_url": f"{page}?{form.query}{begun}",
        "section": "leads",
    }
    return render(request, "reacting/when.html", context)


@needs(Permission.ADMINISTER, to=MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: TenantRequest) -> HttpResponse:
    """Write a rule."""
    given = request.GET
    if request.method != "POST" and not any(map(_is_the_form_s, given)):
        return redirect(f"{reverse('leads:rule_when')}?{given.urlencode()}")
    return _written(request, None)


@needs(Permission.ADMINISTER, to=MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TenantRequest, rule_id: UUID) -> HttpResponse:
    """Write a rule anew."""
    return _written(request, found(request, rule_id))


def _is_ours(name: str) -> bool:
    return name.startswith(forms.PREFIX) or reading.is_one(name)


def _written(request: TenantRequest, rule: Reaction | None) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, rule)
    asked = FilterForm(request.POST, membership=request.membership)
    then = request.POST.get("then", "")[:20]
    if then == WHEN:
        return redirect(_when_url(asked, request.POST, rule))
    form = RuleForm(request.POST, tenant=request.tenant)
    # Whoever asks only what it would do saves nothing.
    if then not in (ON, OFF):
        return _page(request, rule, asked, form)
    said = _refusal(asked)
    if form.is_valid() and not said:
        written = rules.Written(
            form.cleaned_data["rule_name"],
            writing.write(asked.filters),
            form.cleaned_data["rule_does"],
            form.given(),
        )
        is_for_new = form.cleaned_data["rule_new"]
        try:
            kept = rules.save(
                rule, written, is_on=then == ON, is_for_new=is_for_new, by=request.membership
            )
        except rules.Refused as refused:
            said = str(refused)
        else:
            how = "is at work" if kept.is_on else "is saved, and switched off"
            messages.success(request, f"“{kept.name}” {how}.")
            return redirect("leads:rules")
    return _page(request, rule, asked, form, said=said, status=422)


def _refusal(asked: FilterForm) -> str:
    if gone := asked.filters.left_out:
        return GONE.format(gone="; ".join(map(str, gone)))
    return "" if asked.wanted else NO_FILTER


def _shown(request: TenantRequest, rule: Reaction | None) -> HttpResponse:
    data: QueryDict = request.GET
    if rule is not None and not any(map(_is_ours, data)):
        data = _kept(rule)
    asked = FilterForm(data, membership=request.membership)
    # By what the address fills in, without a word about what is missing yet.
    many = ("rule_people", "rule_tell")
    initial: dict[str, Any] = {
        name: data.getlist(name) if name in many else data[name]
        for name in RuleForm.base_fields
        if name in data
    }
    if "rule_does" not in data:
        initial["rule_new"] = True
    return _page(request, rule, asked, RuleForm(initial=initial, tenant=request.tenant), data)


def _kept(rule: Reaction) -> QueryDict:
    filled = [*querystring.pairs(rule.wanted), *forms.pairs(rule.name, rule.does, rule.given)]
    # One that stood still from the first has not left them alone yet.
    if rule.is_for_new or not rule.is_on:
        filled.append(("rule_new", "on"))
    return QueryDict(querystring.write(filled))


def _when_url(asked: FilterForm, sent: QueryDict, rule: Reaction | None) -> str:
    kept = [(name, each) for name, each in querystring.pairs(sent) if _is_the_form_s(name)]
    if rule is not None:
        kept.append((ANOTHER, str(rule.pk)))
    return f"{reverse('leads:rule_when')}?{querystring.write([*asked.pairs(asked.filters), *kept])}"


def _is_the_form_s(name: str) -> bool:
    return name in RuleForm.base_fields


def _page(
    request: TenantRequest,
    rule: Reaction | None,
    asked: FilterForm,
    form: RuleForm,
    data: QueryDict | None = None,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    filled = form if form.is_bound else RuleForm(data, tenant=request.tenant)
    does = None
    if filled.is_valid():
        does = deeds.DEEDS[filled.cleaned_data["rule_does"]](filled.given())
    context: dict[str, Any] = {
        "rule": rule,
        "form": form,
        "kept": asked.pairs(asked.filters),
        "when": shown.when(asked),
        "left_out": _refusal(asked) if not said else "",
        "said": said,
        "preview": shown.preview(asked.wanted, request.membership, rule=rule, does=does),
        "section": "leads",
    }
    return render(request, "reacting/edit.html", context, status=status)
