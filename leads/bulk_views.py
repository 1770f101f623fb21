"""What is done to the leads that somebody has ticked in the list: asked, done, and followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from crm import ids
from crm.exporting import download
from crm.look import formats
from crm.pipeline.models import Stage
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from crm.work import reasons
from crm.work.models import State
from leads import asking, bulk, bulk_acts, counting, tags, undo
from leads.bulk_acts import ACTS, Act, ActRefused
from leads.forms import FilterForm
from leads.models import Bulk

NONE = "Tick at least one lead first."
NOT_TWO = "Tick exactly two leads to merge them."
# The control of each act, by the name that the act knows it by.
CONTROLS = {"owner": "to_owner", "stage": "to_stage", "reason": "reason", "tag": "to_tag"}


@dataclass(frozen=True)
class Chosen:
    """The leads that are ticked; or all that match, and then `idents` does not matter."""

    idents: list[UUID]
    is_all: bool
    query: str

    @property
    def back(self) -> str:
        """The list as it was."""
        return f"{reverse('leads:list')}?{self.query}" if self.query else reverse("leads:list")


def _chosen(request: TenantRequest) -> Chosen:
    found = (ids.read(each) for each in request.POST.getlist("lead"))
    idents = list(dict.fromkeys(each for each in found if each is not None))
    query = QueryDict(request.POST.get("query", "").encode()).urlencode()
    return Chosen(idents, bool(request.POST.get("all")), query)


def _filters(request: TenantRequest, chosen: Chosen) -> FilterForm:
    return FilterForm(QueryDict(chosen.query), membership=request.membership)


@needs(Permission.WORK_LEADS)
@require_POST
def act(request: TenantRequest) -> HttpResponse:
    """Ask what an act needs to know, or do it."""
    chosen = _chosen(request)
    verb = request.POST.get("do") or request.POST.get("ask", "")
    if not chosen.idents and not chosen.is_all:
        return _say(request, chosen, NONE)
    if verb == "export":
        return _export(request, chosen)
    if verb == "merge":
        return _merge(request, chosen)
    if verb not in ACTS:
        return _say(request, chosen, "Choose what to do with them.")
    wanted = ACTS[verb](_given(request.POST))
    if not bulk_acts.allowed(wanted, request.membership):
        raise PermissionDenied(f"You may not {verb} leads. Ask an owner or manager to do it.")
    if "do" not in request.POST:
        return _ask(request, chosen, wanted)
    try:
        wanted.check(request.tenant)
    except ActRefused as refusal:
        return _ask(request, chosen, wanted, str(refusal))
    return _do(request, chosen, wanted)


def _given(sent: Mapping[str, str]) -> dict[str, str]:
    return {
        name: sent[control].strip()[: asking.LONGEST_REASON]
        for name, control in CONTROLS.items()
        if control in sent
    }


def _do(request: TenantRequest, chosen: Chosen, wanted: Act) -> HttpResponse:
    by = request.membership
    if chosen.is_all or len(chosen.idents) > bulk.AT_ONCE:
        idents = None if chosen.is_all else chosen.idents
        filters = _filters(request, chosen).wanted
        row = bulk.begin(wanted, by, idents=idents, wanted=filters)
        return _go(request, reverse("leads:bulk_one", args=[row.pk]))
    batch, outcome = bulk.do(wanted, chosen.idents, by)
    if outcome.done:
        said = f"{wanted.did(outcome.done, request.tenant)}.{left_alone(outcome.skipped)}"
        # The toast offers the way back.
        offer = f"undo:{batch.pk}" if batch is not None and batch.many else ""
        messages.success(request, said, extra_tags=offer)
    else:
        messages.warning(request, f"Nothing was changed.{left_alone(outcome.skipped)}")
    return _go(request, chosen.back)


def left_alone(skipped: Mapping[str, int]) -> str:
    """Say how many leads were left alone, and why."""
    why = "; ".join(f"{many:,} {reason}" for reason, many in skipped.items() if many)
    return f" Left alone: {why}." if why else ""


def _go(request: TenantRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)


def _say(request: TenantRequest, chosen: Chosen, said: str) -> HttpResponse:
    """Say why nothing was done, beside the list."""
    if request.htmx:
        return render(request, "leads/_bulk_ask.html", {"refusal": said}, status=422)
    messages.error(request, said)
    return redirect(chosen.back)


def _export(request: TenantRequest, chosen: Chosen) -> HttpResponse:
    if not download.may_be_given(request.membership):
        raise PermissionDenied("You may look at this, but not export it.")
    query = chosen.query
    if not chosen.is_all:
        query = urlencode({"lead": [str(each) for each in chosen.idents]}, doseq=True)
    return _go(request, f"{reverse('leads:export')}?{query}&what=leads&as=csv")


def _merge(request: TenantRequest, chosen: Chosen) -> HttpResponse:
    if chosen.is_all or len(chosen.idents) != 2:
        return _say(request, chosen, NOT_TWO)
    one, other = chosen.idents
    query = urlencode({"one": one, "other": other})
    return _go(request, f"{reverse('leads:merge')}?{query}")


def _ask(request: TenantRequest, chosen: Chosen, wanted: Act, refusal: str = "") -> HttpResponse:
    tenant = request.tenant
    many = bulk_acts.named(len(chosen.idents))
    if chosen.is_all:
        label = counting.label(request.membership, _filters(request, chosen).wanted)
        many = "the 1 lead that matches" if label == "1" else f"all {label} leads that match"
    context = {
        "verb": wanted.verb,
        "many": many,
        "chosen": chosen,
        "refusal": refusal,
        "given": wanted.given,
        "section": "leads",
    }
    if wanted.verb == "assign":
        context["people"] = bulk_acts.workers(tenant)
    elif wanted.verb == "move":
        stages = Stage.of(tenant).select_related("pipeline")
        context["stages"] = stages.order_by("pipeline__position", "position", "id")
        context["reasons"] = asking.REASONS
    elif wanted.verb in ("tag", "untag"):
        context["tags"] = tags.of(tenant)
    page = "leads/_bulk_ask.html" if request.htmx else "leads/bulk_ask.html"
    return render(request, page, context, status=422 if refusal else 200)


def _load(request: TenantRequest, bulk_id: UUID) -> Bulk:
    """Load an act of the person's own; a manager's eyes are on all of them."""
    rows = Bulk.of(request.tenant).select_related("batch__by", "tenant")
    if not may(request.membership, Permission.ADMINISTER):
        rows = rows.filter(batch__by=request.user)
    return get_object_or_404(rows, pk=bulk_id)


@needs(Permission.SEE_LEADS)
@require_GET
def one(request: TenantRequest, bulk_id: UUID) -> HttpResponse:
    """Show how far it has come, and what was left alone."""
    row = _load(request, bulk_id)
    page = "leads/_bulk.html" if request.htmx else "leads/bulk.html"
    return render(request, page, _context(row, request.membership) | {"section": "leads"})


def _context(row: Bulk, by: Membership) -> dict[str, object]:
    wanted = ACTS[row.verb](row.given)
    left = bulk.seconds_left(row)
    live = row.state in (State.READY, State.LEASED, State.WAITING)
    query = urlencode(row.wanted, doseq=True)
    return {
        "bulk": row,
        "title": wanted.does(bulk_acts.named(row.total) if row.total else "leads", row.tenant),
        "did": wanted.did(row.done, row.tenant),
        "processed": bulk.processed(row),
        "left": formats.roughly(left) if left is not None else "",
        "skipped": [(many, why) for why, many in row.skipped.items() if many],
        "is_live": live,
        "may_undo": not live and bool(row.batch.many) and not undo.why_not(row.batch, by),
        "is_dead": row.state == State.DEAD,
        "why": reasons.plain(row) if row.state == State.DEAD else "",
        "back": f"{reverse('leads:list')}?{query}" if query else reverse("leads:list"),
    }


@needs(Permission.WORK_LEADS)
@require_POST
def stop(request: TenantRequest, bulk_id: UUID) -> HttpResponse:
    """Do no more of it."""
    row = _load(request, bulk_id)
    if bulk.stop(row):
        done = ACTS[row.verb](row.given).did(row.done, row.tenant)
        messages.info(request, f"Stopped. {done} until then.")
    return redirect("leads:bulk_one", bulk_id=row.pk)
